"""Submitting a subtree is a job of the desk: the request starts it, its report says what became of each page."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from home.models import StandardPage
from tests.factories import StandardPageFactory
from tests.integration.translating import client_for, messages_of, submit, submit_url_of, translator_make
from translations.models import DeskJob

pytestmark = pytest.mark.django_db


@pytest.fixture
def top(site_tree):
    top = StandardPageFactory(parent=site_tree.home["fr"], title="Un")
    middle = StandardPageFactory(parent=top, title="Deux")
    StandardPageFactory(parent=middle, title="Trois")
    StandardPageFactory(parent=top, title="Brouillon", live=False)
    return Page.objects.get(pk=top.pk).specific


def test_the_request_only_asks_for_it(site_tree, admin, top, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as later:
        response = client_for(admin).post(
            submit_url_of(top), {"locales": [site_tree.locale["ar"].pk], "include_subtree": "on"}
        )
    assert response.status_code == 302
    job = DeskJob.objects.get()
    assert (job.kind, job.state, job.owner, job.locale) == ("submit", "waiting", admin, site_tree.locale["ar"])
    assert job.parameters == {"pages": [page.pk for page in top.get_descendants().order_by("path")]}
    assert StandardPage.objects.filter(locale=site_tree.locale["ar"]).count() == 1
    assert any("desk_job_task" in repr(callback) or "enqueue" in repr(callback) for callback in later)


def test_one_job_for_each_language_and_a_report_of_each_page(site_tree, admin, top, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = submit(client_for(admin), top, "ar", "es", include_subtree="on")
    assert any("in the background" in text for text in messages_of(response))
    jobs = list(DeskJob.objects.order_by("locale_id"))
    assert [job.state for job in jobs] == ["done", "done"]
    for job in jobs:
        assert (job.total, job.done) == (3, 3)
        assert [(item["level"], item["title"], item["message"]) for item in job.report] == [
            ("success", "Deux", "Submitted."),
            ("success", "Trois", "Submitted."),
            ("success", "Brouillon", "Submitted."),
        ]
        made = StandardPage.objects.get(title="Trois", locale=job.locale)
        assert job.report[1]["url"] == f"/admin/pages/{made.pk}/edit/"


def test_what_may_not_be_started_is_told_and_the_rest_goes_on(site_tree, top, django_capture_on_commit_callbacks):
    translator = translator_make("ar")
    with django_capture_on_commit_callbacks(execute=True):
        submit(client_for(translator), top, "ar", include_subtree="on")
    levels = {item["title"]: item["level"] for item in DeskJob.objects.get().report}
    assert levels == {"Deux": "success", "Trois": "success", "Brouillon": "warning"}
    assert not StandardPage.objects.filter(title="Brouillon", locale=site_tree.locale["ar"]).exists()


def test_a_page_that_cannot_be_written_does_not_stop_the_others(
    site_tree, admin, top, monkeypatch, django_capture_on_commit_callbacks
):
    minimal_clean = StandardPage.minimal_clean

    def refuse(self):
        if self.title == "Trois":
            raise ValidationError({"title": "No."})
        minimal_clean(self)

    monkeypatch.setattr(StandardPage, "minimal_clean", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        submit(client_for(admin), top, "ar", include_subtree="on")
    job = DeskJob.objects.get()
    assert job.state == "done"
    assert [(item["level"], item["message"]) for item in job.report] == [
        ("success", "Submitted."),
        ("error", "No."),
        ("success", "Submitted."),
    ]
    assert list(Page.find_problems()) == [[], [], [], [], []]
