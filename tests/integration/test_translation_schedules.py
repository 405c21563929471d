"""A translated page goes live no earlier than its source, and ends no later, whatever becomes of the source's dates."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.models import TranslationSchedule
from regions.models import CountryPage, NewsPage
from tests.factories import SiteTree
from tests.integration.reviewing import person, step, texts_of
from tests.integration.translating import Desk, client_for, desk_open, is_refused, messages_of

pytestmark = [pytest.mark.once, pytest.mark.django_db]

START = timezone.now().replace(microsecond=0)


def after(days: float) -> datetime:
    return START + timedelta(days=days)


class Clock:
    """Lets days pass, and has the scheduler run as often as it would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch

    def pass_to(self, days: float) -> None:
        self.patch.setattr(timezone, "now", lambda: after(days))
        for _minute in range(2):
            call_command("publish_scheduled", verbosity=0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def source_make(site_tree: SiteTree, **dates: Any) -> NewsPage:
    """A French draft with dates."""
    news = site_tree.news("Accord", live=False)
    return date(news, **dates)


def date(news: NewsPage, *, publish: bool = False, **dates: Any) -> NewsPage:
    """Save a draft with other dates, as its editor does; and publish or schedule it."""
    news = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    news.go_live_at, news.expire_at = dates.get("go_live_at"), dates.get("expire_at")
    revision = news.save_revision()
    if publish:
        revision.publish()
    return NewsPage.objects.get(pk=news.pk)


def translated(source: Any, user: Any) -> Desk:
    """A complete Arabic translation that its editor has published."""
    desk = desk_open(client_for(user), source, "ar")
    desk.translate_all("ع ")
    desk.publish()
    return desk


def live(*pages: Page) -> list[bool]:
    return [Page.objects.get(pk=page.pk).live for page in pages]


# --- Going live ------------------------------------------------------------------------------------------------------
def test_a_source_that_is_put_off_puts_off_its_translation(site_tree: SiteTree, admin: Any, clock: Clock) -> None:
    source = source_make(site_tree, go_live_at=after(3))
    page = translated(source, admin).target
    assert page.scheduled_revision.approved_go_live_at == after(3)
    # A draft that waits for its own approval: nothing tells of it.
    date(source, go_live_at=after(10))
    clock.pass_to(4)
    assert live(source, page) == [False, False]
    assert NewsPage.objects.get(pk=page.pk).scheduled_revision.approved_go_live_at == after(10)
    date(source, go_live_at=after(10), publish=True)
    clock.pass_to(11)
    assert live(source, page) == [True, True]


def test_a_source_that_is_brought_forward_brings_its_translation(site_tree: SiteTree, admin: Any, clock: Clock) -> None:
    source = date(source_make(site_tree), go_live_at=after(3), publish=True)
    page = translated(source, admin).target
    date(source, go_live_at=after(1), publish=True)
    scheduled = NewsPage.objects.get(pk=page.pk).scheduled_revision
    assert (scheduled.approved_go_live_at, scheduled.as_object().go_live_at) == (after(1), after(1))
    clock.pass_to(0.5)
    assert live(source, page) == [False, False]
    clock.pass_to(1.1)
    assert live(source, page) == [True, True]


def test_a_source_that_is_published_at_once_takes_its_translation_along(
    site_tree: SiteTree, admin: Any, clock: Clock
) -> None:
    source = date(source_make(site_tree), go_live_at=after(3), publish=True)
    page = translated(source, admin).target
    date(source, publish=True)
    clock.pass_to(0.1)
    assert live(source, page) == [True, True]
    assert NewsPage.objects.get(pk=page.pk).go_live_at is None


def test_a_schedule_that_is_cancelled_holds_its_translation(site_tree: SiteTree, admin: Any, clock: Clock) -> None:
    source = date(source_make(site_tree), go_live_at=after(3), publish=True)
    page = translated(source, admin).target
    revision = source.scheduled_revision
    client_for(admin).post(reverse("wagtailadmin_pages:revisions_unschedule", args=[source.pk, revision.pk]))
    clock.pass_to(4)
    assert live(source, page) == [False, False]
    date(source, publish=True)
    clock.pass_to(5)
    assert live(source, page) == [True, True]


def test_a_source_without_a_date_is_waited_for(site_tree: SiteTree, admin: Any, clock: Clock) -> None:
    source = source_make(site_tree)
    desk = desk_open(client_for(admin), source, "ar")
    desk.translate({"Accord": "اتفاق"})
    response = desk.publish()
    assert any("goes live when its source does" in text for text in messages_of(response))
    clock.pass_to(1)
    assert live(source, desk.target) == [False, False]
    date(source, publish=True)
    clock.pass_to(2)
    assert live(source, desk.target) == [True, True]


def test_what_is_approved_waits_for_its_source(site_tree: SiteTree, admin: Any, clock: Clock) -> None:
    source = source_make(site_tree)
    desk = desk_open(client_for(admin), source, "ar")
    desk.translate({"Accord": "اتفاق"})
    step(person("translator"), desk, "submit")
    response = step(person("reviewer"), desk, "approve")
    assert texts_of(response) == ["Approved. It goes live when its source does."]
    assert live(desk.target) == [False]
    date(source, publish=True)
    clock.pass_to(1)
    assert live(desk.target) == [True]


def test_a_source_that_was_public_once_is_not_waited_for(site_tree: SiteTree, admin: Any) -> None:
    source = site_tree.news("Accord")
    source.save_revision().publish()
    desk = desk_open(client_for(admin), source, "ar")
    NewsPage.objects.get(pk=source.pk).unpublish()
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    assert live(source, desk.target) == [False, True]


@pytest.mark.parametrize("days", [None, 3])
@pytest.mark.parametrize("way", ["page", "selection"])
def test_a_source_that_is_deleted_before_it_was_public_takes_no_translation_live(
    site_tree: SiteTree, admin: Any, clock: Clock, days: int | None, way: str
) -> None:
    source = source_make(site_tree)
    if days:
        date(source, go_live_at=after(days), publish=True)
    page: Any = translated(source, admin).target
    assert page.scheduled_revision
    if way == "page":
        client_for(admin).post(reverse("wagtailadmin_pages:delete", args=[source.pk]))
    else:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        client_for(admin).post(f"{url}?id={source.pk}")
    assert not NewsPage.objects.filter(pk=source.pk).exists()
    clock.pass_to(4)
    assert live(page) == [False]
    page = NewsPage.objects.get(pk=page.pk)
    # Its editors may still publish what was translated.
    assert (page.scheduled_revision, page.get_latest_revision_as_object().title) == (None, "ع Accord")


def test_a_deleted_source_that_was_public_leaves_the_date_of_its_translation(
    site_tree: SiteTree, admin: Any, clock: Clock
) -> None:
    source = site_tree.news("Accord")
    desk = desk_open(client_for(admin), source, "ar")
    TranslationSchedule.objects.create(translation=desk.record, go_live_at=after(2))
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    NewsPage.objects.get(pk=source.pk).delete()
    clock.pass_to(1)
    assert live(desk.target) == [False]
    clock.pass_to(3)
    assert live(desk.target) == [True]


# --- Ending ----------------------------------------------------------------------------------------------------------
def test_a_translation_ends_with_its_source(site_tree: SiteTree, admin: Any, clock: Clock) -> None:
    source = date(source_make(site_tree), expire_at=after(5), publish=True)
    page = translated(source, admin).target
    assert (page.live, page.expire_at) == (True, after(5))
    date(source, publish=True)
    assert NewsPage.objects.get(pk=page.pk).expire_at is None
    date(source, expire_at=after(2), publish=True)
    assert NewsPage.objects.get(pk=page.pk).expire_at == after(2)
    clock.pass_to(3)
    assert live(source, page) == [False, False]
    # It is prolonged: the translation comes back when it is published again, not past its source's end.
    date(source, expire_at=after(9), publish=True)
    page = NewsPage.objects.get(pk=page.pk)
    page.get_latest_revision().publish()
    assert live(source, page) == [True, True]
    assert NewsPage.objects.get(pk=page.pk).expire_at == after(9)


def test_what_a_page_had_before_its_translation_stays(site_tree: SiteTree, admin: Any) -> None:
    arabic = site_tree.country["ar", "MX"]
    CountryPage.objects.filter(pk=arabic.pk).update(expire_at=after(7))
    desk = translated(site_tree.country["fr", "MX"], admin)
    assert (desk.target.live, desk.target.expire_at) == (True, after(7))
    assert TranslationSchedule.objects.get().expire_at == after(7)


# --- The language's own dates --------------------------------------------------------------------------------------
def url_of(desk: Desk) -> str:
    return reverse("translation_review:schedule", args=[desk.record.pk])


def said(moment: datetime | None) -> str:
    """As a person types it."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def minute(days: float) -> datetime:
    return after(days).replace(second=0)


def test_an_editor_of_the_language_sets_later_dates(site_tree: SiteTree, clock: Clock) -> None:
    source = date(source_make(site_tree), go_live_at=after(3), expire_at=after(30), publish=True)
    chief = get_user_model().objects.create_superuser("chief")
    editor = client_for(person("editor"))
    desk = translated(source, chief)
    response = editor.post(url_of(desk), {"go_live_at": said(minute(4)), "expire_at": said(minute(20))}, follow=True)
    assert "The schedule is saved." in " ".join(messages_of(response))
    assert url_of(desk) in editor.get(desk.edit_url).content.decode()
    page = desk.target
    assert page.scheduled_revision.approved_go_live_at == minute(4)
    # The source's own dates still bound them.
    date(source, go_live_at=after(6), expire_at=after(15), publish=True)
    assert desk.target.scheduled_revision.approved_go_live_at == after(6)
    clock.pass_to(5)
    assert live(source, page) == [False, False]
    clock.pass_to(7)
    assert live(source, page) == [True, True]
    assert desk.target.expire_at == after(15)
    # Taken away, the source's hold.
    date(source, publish=True)
    assert desk.target.expire_at == minute(20)
    chief_client = client_for(chief)
    chief_client.post(url_of(desk), {"go_live_at": "", "expire_at": ""})
    assert not TranslationSchedule.objects.exists()
    assert desk.target.expire_at is None


@pytest.mark.parametrize(
    ("start", "end", "name", "problem"),
    [
        (2, None, "go_live_at", "Its source goes live on"),
        (4, 4, "expire_at", "It would end before it goes live."),
        (None, -1, "expire_at", "This date has passed."),
        (None, 31, "expire_at", "Its source ends on"),
    ],
)
def test_dates_outside_those_of_the_source_are_refused(
    site_tree: SiteTree, admin: Any, start: float | None, end: float | None, name: str, problem: str
) -> None:
    source = date(source_make(site_tree), go_live_at=after(3), expire_at=after(30), publish=True)
    desk = desk_open(client_for(admin), source, "ar")
    moments = (None if days is None else after(days) for days in (start, end))
    dates = dict(zip(("go_live_at", "expire_at"), map(said, moments), strict=True))
    response = desk.client.post(url_of(desk), dates)
    [text] = response.context["form"].errors[name]
    assert text.startswith(problem)
    assert list(response.context["form"].errors) == [name]
    assert not TranslationSchedule.objects.exists()


def test_only_those_who_publish_in_the_language_schedule(site_tree: SiteTree, admin: Any) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    for user in (person("translator"), person("reviewer"), person("editor", "es")):
        client = client_for(user)
        assert is_refused(client.get(url_of(desk)))
        assert is_refused(client.post(url_of(desk), {"expire_at": said(after(2))}))
    assert "Schedule…" not in client_for(person("translator", name="another")).get(desk.edit_url).content.decode()
    assert not TranslationSchedule.objects.exists()
