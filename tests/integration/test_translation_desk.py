"""The desk of a locale: what it shows, what it counts, and what its bulk actions do."""

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from regions.services.access import translators_group_name
from tests.integration.fresh_pages import at
from tests.integration.translating import Desk, client_for, desk_open, editor_make, messages_of, translator_make
from translations.models import DeskJob, TranslationAssignment
from translations.services.jobs import JobProgress, job_run
from translations.services.states import states_count_all

pytestmark = pytest.mark.django_db


def desk_url(code: str, **query) -> str:
    return reverse("translation_desk:desk", args=[code], query=query)


def shown(client: Client, code: str, **query) -> list[tuple[str, str]]:
    """The rows of a desk: title and status."""
    response = client.get(desk_url(code, **query))
    assert response.status_code == 200
    return [(page.title, page.desk_status) for page in response.context["object_list"]]


def counts(client: Client, code: str) -> dict[str, int]:
    rows = client.get(desk_url(code)).context["desk_counts"]
    return {row["status"]: row["pages"] for row in rows if row["pages"]}


def act(client: Client, code: str, action: str, pages=(), **fields):
    url = reverse("translation_desk:action", args=[code])
    return client.post(url, {"action": action, "pages": [page.pk for page in pages], **fields}, follow=True)


@pytest.fixture
def news(site_tree, admin):
    """Three items: one untouched, one half translated into Arabic, one complete and not published."""
    client = client_for(admin)
    items = [
        site_tree.news("Alliance", introduction="Signé hier", countries=["MX"]),
        site_tree.news("Visite", introduction="Reçue hier", countries=["SN"]),
        site_tree.news("Sommet"),
    ]
    desk = desk_open(client, items[1], "ar")
    desk.put(desk.strings()[0]["editUrl"], "زيارة")
    desk_open(client, items[2], "ar").translate({"Sommet": "قمة"})
    call_command("count_translations", verbosity=0)
    return items


def test_the_title_of_an_untouched_page_leads_to_the_form_with_the_language_chosen(site_tree, news):
    client = client_for(translator_make("ar"))
    start = f"{reverse('wagtail_localize:submit_page_translation', args=[news[0].pk])}?select_locale=ar"
    assert f'href="{start}"' in client.get(desk_url("ar", q="alliance")).content.decode()
    assert client.get(start).context["form"].initial == {"locales": [site_tree.locale["ar"]]}


def test_rows_and_counts(site_tree, news):
    client = client_for(translator_make("ar"))
    rows = [row for row in shown(client, "ar") if row[0] in ("Alliance", "Visite", "Sommet")]
    assert sorted(rows) == [("Alliance", "unsubmitted"), ("Sommet", "ready"), ("Visite", "in_progress")]
    public = Page.objects.live().public().filter(locale=site_tree.locale["fr"], depth__gt=1, alias_of=None).count()
    # Homes, indexes, continents and countries stand in every language.
    assert counts(client, "ar") == {"unsubmitted": 1, "in_progress": 1, "ready": 1, "separate": public - 3}
    assert shown(client, "ar", status="ready") == [("Sommet", "ready")]
    assert sorted(shown(client, "ar", status=["ready", "in_progress"])) == [
        ("Sommet", "ready"),
        ("Visite", "in_progress"),
    ]
    assert shown(client, "ar", q="all xyz") == []
    assert shown(client, "ar", q="allianc") == shown(client, "ar", q="ALLIANCES") == [("Alliance", "unsubmitted")]
    html = client.get(desk_url("ar", q="visite")).content.decode()
    assert "زيارة" in html or "1 of 2" in html


def test_search_by_the_rules_of_both_languages(site_tree, news, admin):
    client = client_for(admin)
    Desk(client, Translation.objects.get(source__object_id=news[2].translation_key)).publish()
    arabic = news[2].get_translation(site_tree.locale["ar"])
    arabic.unpublish()
    assert (arabic.title, arabic.live) == ("قمة", False)
    assert shown(client, "ar", q="القمه") == shown(client, "ar", q="قِمَّة") == [("Sommet", "ready")]
    assert shown(client, "es", q="القمه") == []
    act(client, "ar", "assign", everything="1", query="q=القمه", confirmed="1", priority="2")
    assert DeskJob.objects.get().parameters["pages"] == [news[2].pk]


def test_a_title_leads_to_the_form_with_the_language_chosen(site_tree, news):
    client = client_for(translator_make("ar"))
    html = client.get(desk_url("ar", q="Alliance")).content.decode()
    [address] = re.findall(r'href="(/admin/localize/submit/page/[^"]*)"', html)
    assert client.get(address).context["form"].initial["locales"] == [site_tree.locale["ar"]]


def test_filters(site_tree, news, admin):
    client = client_for(admin)
    american = {title for title, _status in shown(client, "ar", continent="019")}
    assert "Alliance" in american
    assert not american & {"Visite", "Sommet"}
    record = Translation.objects.get(source__object_id=news[1].translation_key)
    TranslationAssignment.objects.create(
        translation=record, assignee=admin, priority=3, due_on=datetime.date(2020, 1, 1)
    )
    people = {
        code: dict(client.get(desk_url(code)).context["filters"].form.fields["assignee"].choices)
        for code in ("ar", "es")
    }
    assert (str(admin.pk) in people["ar"], str(admin.pk) in people["es"]) == (True, False)
    for query in ({"assignee": "me"}, {"assignee": admin.pk}, {"priority": 3}, {"overdue": "yes"}):
        assert shown(client, "ar", **query) == [("Visite", "in_progress")], query
    assert "Visite" not in {title for title, _status in shown(client, "ar", assignee="nobody")}
    assert shown(client, "ar", published_from="2100-01-01") == []


def test_sorting(site_tree, news, admin):
    client = client_for(admin)
    site_tree.news("Élection")

    def titles(ordering: str, **query) -> list[str]:
        wanted = ("Alliance", "Visite", "Sommet", "Élection")
        return [title for title, _status in shown(client, "ar", ordering=ordering, **query) if title in wanted]

    assert titles("title") == ["Alliance", "Élection", "Sommet", "Visite"]
    assert titles("-title") == ["Visite", "Sommet", "Élection", "Alliance"]
    assert titles("-desk_words_left") == ["Visite", "Sommet", "Élection", "Alliance"]
    assert titles("desk_words_left", status=["ready", "in_progress"]) == ["Sommet", "Visite"]
    Page.objects.filter(pk=news[1].pk).update(last_published_at=at(-20_000))
    assert titles("last_published_at")[0] == "Visite"
    assert titles("path") == titles("-last_published_at")


def test_statuses_are_counted_as_they_are_listed(site_tree, news, admin):
    client = client_for(admin)
    client.get(desk_url("ar"))
    record = Translation.objects.get(source__object_id=news[1].translation_key)
    record.state.delete()
    site_tree.country["fr", "MX"].introduction = "Un chapeau"
    site_tree.country["fr", "MX"].save()
    stopped = desk_open(client, site_tree.news("Traité"), "ar").record
    Translation.objects.filter(pk=stopped.pk).update(enabled=False)
    site_tree.news("Privé", live=False)
    listed = [status for _title, status in shown(client, "ar")]
    found = counts(client, "ar")
    assert found == {status: listed.count(status) for status in set(listed)}
    assert set(found) == {"unsubmitted", "new", "ready", "separate"}
    for status, number in found.items():
        assert [each for _title, each in shown(client, "ar", status=status)] == [status] * number
    for status in ("outdated", "error", "in_review"):
        assert shown(client, "ar", status=status) == []


def test_what_was_never_published_stays_off_the_desk_until_it_is_translated(site_tree, admin):
    draft = site_tree.news("Brouillon", live=False)
    client = client_for(admin)
    assert shown(client, "ar", q="Brouillon") == []
    desk_open(client, draft, "ar")
    states_count_all()
    assert shown(client, "ar", q="Brouillon") == [("Brouillon", "new")]


def test_desk_belongs_to_those_who_work_in_its_language(site_tree, news):
    client = client_for(translator_make("es"))
    assert client.get(desk_url("es")).status_code == 200
    for url in (
        desk_url("ar"),
        desk_url("fr"),
        reverse("translation_desk:difference", args=[Translation.objects.first().pk]),
    ):
        assert client.get(url, follow=True).redirect_chain[-1] == (reverse("wagtailadmin_home"), 302)
    assert act(client, "ar", "submit", news).redirect_chain[-1] == (reverse("wagtailadmin_home"), 302)
    assert DeskJob.objects.count() == 0
    assert client.get(desk_url("xx"), follow=True).status_code == 404


def test_submitting_a_selection(site_tree, news, admin, django_capture_on_commit_callbacks):
    client = client_for(admin)
    response = act(client, "ar", "submit", news[:2])
    job = DeskJob.objects.get()
    assert response.redirect_chain[-1][0] == reverse("translation_desk:job", args=[job.pk])
    assert (job.state, job.parameters["pages"]) == ("waiting", [item.pk for item in news[:2]])
    job_run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert [(item["level"], item["title"], item["message"]) for item in job.report] == [
        ("success", "Alliance", "Submitted."),
        ("warning", "Visite", "Its translation is under way, or you may not start it."),
    ]
    assert Translation.objects.filter(source__object_id=news[0].translation_key, enabled=True).count() == 1
    html = client.get(reverse("translation_desk:job", args=[job.pk])).content.decode()
    assert "Submitted." in html
    assert "Done: 1. Left out: 1. Errors: 0." in html
    told = client.get(reverse("translation_desk:job_progress", args=[job.pk])).json()
    assert told == {"state": "done", "label": "Done", "done": 2, "total": 2, "count": "2 of 2", "is_over": True}
    job_run(job_id=job.pk)
    assert DeskJob.objects.get().done == 2


def test_everything_that_the_filters_show(site_tree, news, admin):
    client = client_for(admin)
    act(client, "ar", "submit", everything="1", query="q=Alliance&status=unsubmitted")
    assert DeskJob.objects.get().parameters["pages"] == [news[0].pk]
    response = act(client, "ar", "submit", everything="1", query="q=nothing")
    assert [message.strip() for message in messages_of(response)] == ["Choose the pages first."]
    assert DeskJob.objects.count() == 1


def test_progress_is_told_before_the_report(site_tree, news, admin, monkeypatch):
    """An export and an assignment tell of their pages when all are done; the bar moves page by page."""
    seen = []
    count = JobProgress.__call__

    def watched(self, *args):
        count(self, *args)
        seen.append((self.job.done, self.job.total, len(self.job.report)))

    client = client_for(admin)
    act(client, "ar", "export", news, confirmed="1", format="xliff21")
    act(client, "ar", "assign", news, confirmed="1", priority="2")
    monkeypatch.setattr(JobProgress, "__call__", watched)
    for job, total in zip(DeskJob.objects.order_by("pk"), (2, 3), strict=True):
        seen.clear()
        job_run(job_id=job.pk)
        assert seen == [(1, total, 0), (2, total, 0)]
        job.refresh_from_db()
        assert (job.done, job.total, len(job.report)) == (total, total, total)


def test_an_export_that_cannot_be_brought_in_again_says_so(site_tree, news, admin, settings):
    settings.DIWAN_EXCHANGE_LIMITS = {**settings.DIWAN_EXCHANGE_LIMITS, "archive_files": 1}
    act(client_for(admin), "ar", "export", news, confirmed="1", format="xliff21")
    job = DeskJob.objects.get()
    job_run(job_id=job.pk)
    job.refresh_from_db()
    assert [item["level"] for item in job.report] == ["warning", "success", "success"]
    assert job.report[0]["message"].startswith("The file is larger than what can be brought in again")
    assert (job.state, bool(job.result)) == ("done", True)


def test_thousands_of_pages_pass_the_form_of_an_action(site_tree, news, admin, settings):
    """More pages than a form may have fields: what the filters show is asked for again."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 8
    client = client_for(admin)
    asked = {"everything": "1", "query": "ordering=title"}
    html = act(client, "ar", "export", **asked).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    del fields["csrfmiddlewaretoken"]
    assert fields == {"confirmed": "1", "action": "export", **asked}
    act(client, "ar", fields.pop("action"), **fields, format="xliff21")
    assert len(DeskJob.objects.get().parameters["pages"]) == sum(counts(client, "ar").values()) > 8


def test_assigning_a_selection(site_tree, news, admin):
    translator = translator_make("ar")
    client = client_for(admin)
    form = act(client, "ar", "assign", news)
    assert form.context["form"].is_bound is False
    refused = act(client, "ar", "assign", news, confirmed="1")
    assert refused.context["form"].non_field_errors() == ["Say what to change."]
    act(client, "ar", "assign", news, confirmed="1", assignee=translator.pk, priority="2", due_on="2100-01-01")
    job = DeskJob.objects.get()
    job_run(job_id=job.pk)
    job.refresh_from_db()
    assert sorted((item["title"], item["message"]) for item in job.report) == [
        ("Alliance", "It has not been submitted yet."),
        ("Sommet", "Assigned."),
        ("Visite", "Assigned."),
    ]
    assignment = TranslationAssignment.objects.get(translation__source__object_id=news[1].translation_key)
    assert (assignment.assignee, assignment.priority, assignment.due_on) == (translator, 2, datetime.date(2100, 1, 1))


def test_the_form_that_assigns_is_for_those_who_may_and_names_the_people_of_the_language(site_tree, news):
    translator, other, editor = translator_make("ar"), translator_make("es"), editor_make("ar")
    client = client_for(editor)
    assert 'value="assign"' in client.get(desk_url("ar")).content.decode()
    form = act(client, "ar", "assign", news).context["form"]
    offered = {name: {pk for pk, _person in form.fields[name].choices if pk} for name in ("assignee", "reviewer")}
    assert {str(translator.pk), str(editor.pk)} <= offered["assignee"]
    assert str(editor.pk) in offered["reviewer"]
    assert str(translator.pk) not in offered["reviewer"]
    assert not {str(other.pk)} & (offered["assignee"] | offered["reviewer"])
    client = client_for(translator)
    assert 'value="assign"' not in client.get(desk_url("ar")).content.decode()
    assert act(client, "ar", "assign", news).redirect_chain[-1] == (reverse("wagtailadmin_home"), 302)


def test_a_translator_who_was_deleted_meanwhile_takes_nobodys_work_away(site_tree, news, admin):
    translator, leaving = translator_make("ar"), editor_make("ar")
    record = Translation.objects.get(source__object_id=news[1].translation_key)
    TranslationAssignment.objects.create(translation=record, assignee=translator)
    act(client_for(admin), "ar", "assign", news, confirmed="1", assignee=leaving.pk)
    leaving.delete()
    job = DeskJob.objects.get()
    job_run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.report[-1]["title"]) == ("failed", "The person that was chosen does not exist any more.")
    assert TranslationAssignment.objects.get().assignee == translator


def test_job_is_its_owners(site_tree, news, admin):
    act(client_for(admin), "ar", "submit", news[:1])
    job = DeskJob.objects.get()
    client = client_for(translator_make("ar"))
    for name in ("job", "job_progress", "job_result"):
        response = client.get(reverse(f"translation_desk:{name}", args=[job.pk]), follow=True)
        assert response.redirect_chain[-1] == (reverse("wagtailadmin_home"), 302)
    assert list(client.get(reverse("translation_desk:jobs")).context["jobs"]) == []


def test_job_that_fails_says_so_and_can_be_read(site_tree, news, admin, monkeypatch):
    def broken(**kwargs):
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setattr("home.localize.submission.translation_submit", broken)
    act(client_for(admin), "ar", "submit", news[:1])
    job = DeskJob.objects.get()
    job_run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "secret" not in str(job.report)
    assert job.report[-1]["message"] == ""
    assert job.report[-1]["title"] == "The job failed. The administrators' log says why."


def test_what_changed_word_by_word(site_tree, news, admin, django_capture_on_commit_callbacks):
    record = Translation.objects.get(source__object_id=news[1].translation_key)
    page = news[1].specific_class.objects.get(pk=news[1].pk)
    page.introduction = "Reçue <b>ce matin</b>"
    page.title = "Visite officielle"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    client = client_for(translator_make("ar"))
    assert shown(client, "ar", status="outdated") == [("Visite officielle", "outdated")]
    response = client.get(reverse("translation_desk:difference", args=[record.pk]))
    changed = {text.path: (text.before, text.now, text.translation) for text in response.context["changed"]}
    assert changed["title"] == ("Visite", "Visite officielle", "زيارة")
    html = response.content.decode()
    assert "Visite<ins> officielle</ins>" in html
    assert "<b>ce" not in html


def test_changes_of_a_page_that_was_deleted_are_no_page(site_tree, news, admin):
    client = client_for(admin)
    record, other = (Translation.objects.get(source__object_id=item.translation_key) for item in news[1:])
    record.get_target_instance().delete()
    news[2].delete()
    for each in (record, other):
        url = reverse("translation_desk:difference", args=[each.pk])
        assert client.get(url, follow=True).status_code == 404


def test_menu_shows_the_desks_of_the_user(site_tree):
    html = client_for(translator_make("ar")).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("translation_desk:desk", args=["ar"]) in html
    assert reverse("translation_desk:desk", args=["es"]) not in html
    editor = get_user_model().objects.create_user("editor", "e@example.org", "password")
    editor.groups.add(Group.objects.get(name="Editors"))
    assert "translations/into" not in client_for(editor).get(reverse("wagtailadmin_home")).content.decode()


def test_statements_do_not_grow_with_rows(site_tree, admin, django_assert_max_num_queries):
    client = client_for(admin)
    client.get(desk_url("ar"))
    for number in range(12):
        desk_open(client, site_tree.news(f"Alliance {number}"), "ar")
    states_count_all()
    with django_assert_max_num_queries(40) as few:
        shown(client, "ar", q="Alliance 11")
    with django_assert_max_num_queries(40) as many:
        assert len(shown(client, "ar", q="Alliance")) == 12
    assert len(many.captured_queries) == len(few.captured_queries)
    assert translators_group_name("ar")
    assert Locale.objects.count() == 3
