"""Translate, review, publish: as translator, reviewer and editor of one language see it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail import hooks
from wagtail.models import TaskState, WorkflowState
from wagtail_localize.models import StringTranslation

from regions.models import NewsPage
from regions.services.access import MODERATORS, translators_group_name
from tests.integration.reviewing import person, step, texts_of
from tests.integration.translating import Desk, client_for, desk_open, is_refused
from translations.models import TranslationAssignment
from translations.services.reviews import PROBLEMS_HOOK

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def desk(site_tree) -> Desk:
    """A complete Arabic translation, not yet submitted, at its translator's desk."""
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    desk.translate({"Accord": "اتفاق"})
    return desk


@pytest.fixture
def translator(desk):
    return get_user_model().objects.get(username="translator-ar")


def buttons(user, desk) -> set[str]:
    """What the translation editor offers: steps of the bar, and wagtail-localize's own publishing."""
    html = client_for(user).get(desk.edit_url).content.decode()
    names = ("submit", "approve", "reject", "withdraw", "assign")
    found = {name for name in names if reverse(f"translation_review:{name}", args=[desk.record.pk]) in html}
    props = Desk(client=client_for(user), record=desk.record).props()
    return found | ({"publish"} if props["perms"]["canPublish"] else set())


def test_from_translation_to_publication(desk, translator) -> None:
    reviewer = person("reviewer")
    assert buttons(translator, desk) == {"submit"}
    assert texts_of(step(translator, desk, "submit")) == ["Submitted for review. The reviewers have been told."]
    assert not desk.target.live
    assert desk.target.get_latest_revision_as_object().title == "اتفاق"
    assert buttons(translator, desk) == {"withdraw"}
    assert buttons(reviewer, desk) == {"approve", "reject", "withdraw"}
    assert texts_of(step(reviewer, desk, "approve")) == ["Approved and published."]
    page = desk.target
    assert (page.live, page.title) == (True, "اتفاق")
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert buttons(translator, desk) == {"submit"}


def test_changes_are_requested_and_made(desk, translator) -> None:
    reviewer = person("reviewer")
    step(translator, desk, "submit")
    segment = desk.strings()[0]
    assert desk.put(segment["editUrl"], "نص").status_code == 403
    assert texts_of(step(reviewer, desk, "reject")) == ["It was not given back: Say what is to be changed."]
    assert desk.target.workflow_in_progress
    step(reviewer, desk, "reject", comment="Le terme officiel est اتفاقية.")
    html = client_for(translator).get(desk.edit_url).content.decode()
    assert "Le terme officiel est اتفاقية." in html
    assert desk.put(segment["editUrl"], "اتفاقية").status_code == 200
    step(translator, desk, "submit")
    assert desk.target.workflow_in_progress
    assert [state.status for state in TaskState.objects.order_by("pk")] == ["rejected", "in_progress"]
    step(reviewer, desk, "approve")
    assert desk.target.title == "اتفاقية"


def test_what_a_reviewer_corrects_during_the_review_is_published(desk, translator) -> None:
    step(translator, desk, "submit")
    reviewer = person("reviewer")
    Desk(client=client_for(reviewer), record=desk.record).translate({"Accord": "الاتفاق"})
    step(reviewer, desk, "approve")
    assert desk.target.title == "الاتفاق"


def test_an_incomplete_translation_is_neither_submitted_nor_approved(desk, translator) -> None:
    step(translator, desk, "submit")
    StringTranslation.objects.all().delete()
    reviewer = person("reviewer")
    refused = texts_of(step(reviewer, desk, "approve"))
    assert refused == ["It was not approved, and nothing was published: 1 segment is not translated"]
    assert desk.target.workflow_in_progress
    assert not desk.target.live
    step(translator, desk, "withdraw")
    assert not desk.target.workflow_in_progress
    refused = texts_of(step(translator, desk, "submit"))
    assert refused == ["It was not submitted for review: 1 segment is not translated"]
    assert not desk.target.workflow_in_progress


def test_whoever_translated_or_submitted_does_not_approve(desk, translator, admin) -> None:
    """Even as a member of the reviewers' group, and at Wagtail's own address too."""
    step(translator, desk, "submit")
    translator.groups.add(Group.objects.get(name="Reviewers (العربية)"))
    state = desk.target.current_workflow_task_state
    own = reverse("wagtailadmin_pages:workflow_action", args=[desk.target.pk, "approve", state.pk])
    assert is_refused(step(translator, desk, "approve"))
    assert is_refused(client_for(translator).post(own, follow=True))
    reviewer = person("reviewer")
    TranslationAssignment.objects.create(translation=desk.record, assignee=reviewer)
    assert is_refused(step(reviewer, desk, "approve"))
    assert reviewer_dashboard(reviewer) == 0
    assert not desk.target.live
    step(admin, desk, "approve")
    assert desk.target.live


def reviewer_dashboard(user) -> int:
    """How many pages await the user's review on her dashboard."""
    return TaskState.objects.reviewable_by(user).count()


def test_a_task_of_another_page_is_not_approved_in_its_place(desk, translator, site_tree) -> None:
    """Wagtail takes page and task from the address without asking whether they belong together."""
    other = desk_open(client_for(person("translator", name="second")), site_tree.news("Visite"), "ar")
    other.translate({"Visite": "زيارة"})
    reviewer = person("reviewer")
    step(get_user_model().objects.get(username="second"), other, "submit")
    TranslationAssignment.objects.create(translation=desk.record, assignee=reviewer)
    step(translator, desk, "submit")
    task = desk.target.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[other.target.pk, "approve", task.pk])
    assert client_for(reviewer).post(url, follow=True).status_code == 404
    assert not desk.target.live


def test_a_named_reviewer_leaves_out_the_other_reviewers_but_not_the_editors(desk, translator) -> None:
    named, other, editor = person("reviewer", name="named"), person("reviewer"), person("editor")
    TranslationAssignment.objects.create(translation=desk.record, reviewer=named)
    step(translator, desk, "submit")
    assert [reviewer_dashboard(user) for user in (named, other, editor)] == [1, 0, 1]
    assert is_refused(step(other, desk, "approve"))
    assert buttons(other, desk) == set()
    assert "approve" in buttons(named, desk)
    step(editor, desk, "approve")
    assert desk.target.live


def test_a_page_under_review_is_not_turned_into_an_alias(desk, translator) -> None:
    """Its review would go on, and an approval would publish the translation into the alias."""
    step(translator, desk, "submit")
    editor = client_for(person("editor"))
    url = reverse("wagtail_localize:convert_to_alias", args=[desk.target.pk])
    assert is_refused(editor.post(url))
    assert (desk.target.alias_of_id, desk.target.workflow_in_progress) == (None, True)
    step(translator, desk, "withdraw")
    assert not is_refused(editor.post(url))
    assert NewsPage.objects.get(pk=desk.target.pk).alias_of_id is not None


def test_editors_of_the_language_publish_without_review(desk) -> None:
    editor = person("editor")
    assert buttons(editor, desk) == {"submit", "publish", "assign"}
    Desk(client=client_for(editor), record=desk.record).publish()
    assert desk.target.live


def test_who_may_not_publish_is_not_offered_to_turn_the_page_into_an_alias(desk, translator) -> None:
    offered = {
        kind: bool(Desk(client_for(user), desk.record).props()["links"]["convertToAliasUrl"])
        for kind, user in {"translator": translator, "editor": person("editor")}.items()
    }
    assert offered == {"translator": False, "editor": True}


@pytest.mark.parametrize("role", ["translator", "reviewer"])
def test_nobody_else_publishes_at_any_other_address(desk, translator, role) -> None:
    user = translator if role == "translator" else person(role)
    client = client_for(user)
    page = desk.target
    client.post(desk.edit_url, {"action": "publish"})
    update = reverse("wagtail_localize:update_translations", args=[desk.record.source_id])
    client.post(update, {"publish_translations": "on"})
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}", {})
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    client.post(desk.edit_url, {"action-publish": "1"})
    client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    assert not NewsPage.objects.get(pk=page.pk).live


def test_the_review_is_a_wagtail_workflow(desk, translator) -> None:
    """Its dashboard, its modal and its own addresses lead through it too."""
    step(translator, desk, "submit")
    reviewer = person("reviewer")
    client = client_for(reviewer)
    state = desk.target.current_workflow_task_state

    def url(action):
        return reverse("wagtailadmin_pages:workflow_action", args=[desk.target.pk, action, state.pk])

    assert url("approve") in client.get(reverse("wagtailadmin_home")).content.decode()
    modal = client.get(url("reject"), headers={"x-requested-with": "XMLHttpRequest"})
    assert modal.json()["step"] == "action"
    done = client.post(url("reject"), {"comment": "Non"}, headers={"x-requested-with": "XMLHttpRequest"})
    assert done.json() == {"step": "success", "redirect": desk.edit_url}
    assert desk.target.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    step(translator, desk, "submit")
    state = desk.target.current_workflow_task_state
    client.post(url("approve"))
    assert desk.target.live


def test_whoever_knows_of_a_problem_can_hold_a_translation_back(desk, translator) -> None:
    def problems(record, user):
        return [f"{record.target_locale.language_code}: {user}"]

    with hooks.register_temporarily(PROBLEMS_HOOK, problems):
        assert texts_of(step(translator, desk, "submit")) == ["It was not submitted for review: ar: translator-ar"]
    assert not desk.target.workflow_in_progress


def test_twice_or_out_of_turn(desk, translator) -> None:
    reviewer = person("reviewer")
    for name in ("approve", "reject"):
        assert "It is not under review." in texts_of(step(reviewer, desk, name, comment="Non"))[0]
    assert "It is not under review." in texts_of(step(translator, desk, "withdraw"))[0]
    step(translator, desk, "submit")
    assert texts_of(step(reviewer, desk, "submit")) == ["It was not submitted for review: It is under review already."]
    assert is_refused(step(translator, desk, "approve"))
    assert WorkflowState.objects.count() == 1
    assert client_for(translator).get(reverse("translation_review:submit", args=[desk.record.pk])).status_code == 405
    unknown = reverse("translation_review:submit", args=[10**9])
    assert client_for(translator).post(unknown, follow=True).status_code == 404
    desk.target.delete()
    assert step(translator, desk, "submit").status_code == 404


def test_another_language_is_out_of_reach(desk, translator) -> None:
    """Neither its translators nor its reviewers and editors take a step here."""
    step(translator, desk, "submit")
    before = list(WorkflowState.objects.values()), list(TaskState.objects.values())
    for role in ("translator", "reviewer", "editor"):
        stranger = person(role, "es")
        for name in ("submit", "approve", "reject", "withdraw"):
            response = step(stranger, desk, name, comment="No")
            assert is_refused(response) or "under review already" in texts_of(response)[0], (role, name)
        assert is_refused(client_for(stranger).get(reverse("translation_review:assign", args=[desk.record.pk])))
    assert (list(WorkflowState.objects.values()), list(TaskState.objects.values())) == before


def test_whoever_has_left_the_language_withdraws_nothing(desk, translator) -> None:
    step(translator, desk, "submit")
    translator.groups.set([Group.objects.get(name=translators_group_name("es"))])
    assert is_refused(step(translator, desk, "withdraw"))
    assert desk.target.workflow_in_progress


def test_news_of_the_source_language_keeps_its_moderation(site_tree) -> None:
    assert site_tree.news("Visite").get_workflow().name == "Modération des actualités"
    assert site_tree.news("زيارة", locale="ar").get_workflow().name == "Traduction (العربية)"
    assert site_tree.country["es", "MX"].get_workflow().name == "Traduction (español)"


def test_a_page_written_in_arabic_passes_the_same_review(site_tree) -> None:
    """The ordinary editor submits it, and the approval of somebody without the right to publish publishes it."""
    page = site_tree.news("زيارة", locale="ar", live=False)
    page.save_revision()
    state = page.get_workflow().start(page, person("translator"))
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id])
    client_for(person("reviewer")).post(url)
    page.refresh_from_db()
    assert page.live


def test_a_moderator_approves_news_of_the_source_language_as_ever(site_tree) -> None:
    page = site_tree.news("Visite", live=False)
    page.save_revision()
    state = page.get_workflow().start(page, get_user_model().objects.create_user("editor"))
    moderator = get_user_model().objects.create_user("moderator")
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id])
    client_for(moderator).post(url)
    page.refresh_from_db()
    assert page.live
