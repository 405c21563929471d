"""No way of publishing in the admin lets an incomplete news item out, and each says what is missing."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from regions.models import NewsPage
from tests.factories.small_site import SmallSite, group_make, small_site_make, user_make

pytestmark = pytest.mark.django_db

MISSING = "date: Ce champ ne peut pas être vide."


@pytest.fixture
def tree(db) -> SmallSite:
    return small_site_make()


@pytest.fixture
def editor(client, tree):
    client.force_login(user_make("chief", superuser=True))
    return client


def draft_make(tree: SmallSite, title: str = "Sans date", **fields) -> NewsPage:
    """A draft without a date, as the form saves one, with its revision."""
    news = tree.news(title, live=False, **{"date": None, **fields})
    news.save_revision(clean=False)
    return news


def news_data(tree: SmallSite, **changes) -> dict:
    data = {
        "title": "Sans date",
        "slug": "sans-date",
        "kind": tree.kind["fr"]["communique"].pk,
        "date": "",
        "introduction": "",
        "image": "",
        "image_alt": "",
        "image_credit": "",
        "body": streamfield([]),
        "country_links": inline_formset([]),
        "continent_links": inline_formset([]),
        **{name: inline_formset([]) for name in ("person_links", "organisation_links")},
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        **changes,
    }
    return nested_form_data(data)


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def review_setup(tree: SmallSite, *, groups=()) -> Workflow:
    """French news go through one approval by ``groups``."""
    workflow, task = Workflow.objects.create(name="Revue"), GroupApprovalTask.objects.create(name="Validation")
    task.groups.set(groups)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=tree.index["fr"])
    return workflow


def test_draft_without_date_is_saved(editor, tree) -> None:
    url = reverse("wagtailadmin_pages:add", args=["regions", "newspage", tree.index["fr"].pk])
    assert editor.post(url, news_data(tree)).status_code == 302
    news = NewsPage.objects.get(slug="sans-date")
    assert (news.live, news.date, news.kind.slug) == (False, None, "communique")


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_form_asks_for_the_date(editor, tree, action) -> None:
    review_setup(tree)
    news = draft_make(tree)
    response = editor.post(
        reverse("wagtailadmin_pages:edit", args=[news.pk]), {**news_data(tree, slug=news.slug), action: "1"}
    )
    assert response.status_code == 200
    assert response.context["form"].errors == {"date": ["Champ requis."]}
    news.refresh_from_db()
    assert (news.live, news.workflow_in_progress) == (False, False)


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_kind_is_never_empty(editor, tree, action) -> None:
    url = reverse("wagtailadmin_pages:add", args=["regions", "newspage", tree.index["fr"].pk])
    response = editor.post(url, {**news_data(tree, kind="", date="2026-01-01"), action: "1"})
    assert response.status_code == 200
    assert response.context["form"].errors == {"kind": ["Champ requis."]}


def test_publishing_a_selection_is_refused_whole(editor, tree) -> None:
    complete = tree.news("Complet", live=False)
    complete.save_revision()
    incomplete = draft_make(tree)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    target = reverse("news:index")
    response = editor.post(f"{url}?id={complete.pk}&id={incomplete.pk}&next={target}", follow=True)
    assert response.redirect_chain == [(target, 302)]
    assert f"<bdi>Sans date</bdi> — {MISSING}" in messages_of(response)
    assert NewsPage.objects.live().count() == 0
    response = editor.post(f"{url}?id={complete.pk}&next={target}", follow=True)
    assert [news.title for news in NewsPage.objects.live()] == ["Complet"]


def test_publishing_what_stands_below_a_selection_is_refused_whole(editor, tree) -> None:
    draft_make(tree)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = editor.post(
        f"{url}?id={tree.index['fr'].pk}&next={reverse('news:index')}", {"include_descendants": "on"}, follow=True
    )
    assert MISSING in messages_of(response)
    assert not NewsPage.objects.live().exists()


def test_approving_an_incomplete_version_is_refused(client, tree) -> None:
    moderators = group_make(
        "Relecture", pages=[tree.index["fr"]], permissions=("change_page", "publish_page", "add_page")
    )
    moderator = user_make("moderator", groups=(moderators,))
    news = tree.news("Sans date", live=False)
    news.save_revision()
    state = review_setup(tree, groups=[moderators]).start(news, moderator)
    news.date = None
    news.save_revision(clean=False)
    client.force_login(moderator)
    url = reverse("wagtailadmin_pages:workflow_action", args=[news.pk, "approve", state.current_task_state.pk])
    response = client.post(url, {"comment": ""}, follow=True)
    assert response.status_code == 200
    assert MISSING in messages_of(response)
    news.refresh_from_db()
    state.refresh_from_db()
    assert (news.live, state.status) == (False, "in_progress")
    answer = client.post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert answer == {"step": "success", "redirect": reverse("wagtailadmin_pages:edit", args=[news.pk])}

    news.date = datetime.date(2026, 1, 1)
    news.save_revision()
    assert client.post(url, {"comment": ""}).status_code == 302
    news.refresh_from_db()
    assert news.live


def test_incomplete_version_is_never_scheduled(tree) -> None:
    later = timezone.now() + datetime.timedelta(days=1)
    news = draft_make(tree, go_live_at=later)
    with pytest.raises(ValidationError) as refused:
        news.get_latest_revision().publish()
    assert refused.value.message_dict == {"date": ["Ce champ ne peut pas être vide."]}
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_scheduling_by_selection_is_refused_and_what_is_due_goes_live(editor, tree) -> None:
    later = timezone.now() + datetime.timedelta(days=1)
    incomplete = draft_make(tree, go_live_at=later)
    complete = tree.news("Prévu", live=False, go_live_at=later)
    complete.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    target = reverse("news:index")
    response = editor.post(f"{url}?id={incomplete.pk}&next={target}", follow=True)
    assert MISSING in messages_of(response)
    editor.post(f"{url}?id={complete.pk}&next={target}")
    due = Revision.objects.get(approved_go_live_at__isnull=False)
    due.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    due.content["go_live_at"] = due.approved_go_live_at.isoformat()
    due.save()
    call_command("publish_scheduled")
    assert [news.title for news in NewsPage.objects.live()] == ["Prévu"]
