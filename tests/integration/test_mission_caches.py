"""How long answers about missions may be kept, and by which changes they are purged."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from api.cache.tags import page_tag
from api.cdn.changes import change_tags
from home.selectors.keys import key_of
from home.selectors.page_states import page_states
from home.selectors.visibility import Gate
from home.services.content_changes import ContentChanges
from missions.models import MissionClosure, MissionPage
from tests.factories.missions import Missions, missions_make
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db
MINISTRY = ZoneInfo("Africa/Casablanca")


@pytest.fixture
def missions(site_tree: SiteTree) -> Missions:
    return missions_make(site_tree)


@pytest.fixture(autouse=True)
def _seconds(settings: Any) -> None:
    settings.DIWAN_RESPONSE_CACHE = {"cdn_seconds": 10_000_000, "enabled": False}


def answer(query: str) -> Any:
    response = Client().get("/graphql/", {"query": query})
    assert "errors" not in response.json(), response.json()
    return response


def seconds(query: str) -> int | None:
    """How long the answer may be kept; None where the clock says nothing of it."""
    left = int(answer(query)["Cache-Control"].rpartition("s-maxage=")[2])
    return None if left == 10_000_000 else left


def tags(query: str) -> list[str]:
    found: list[str] = answer(query)["Surrogate-Key"].split(" ")
    return found


def midnight() -> int:
    """Seconds until the ministry's day is over."""
    now = timezone.now()
    tomorrow = now.astimezone(MINISTRY).date() + timedelta(days=1)
    return int((datetime.combine(tomorrow, time.min, tzinfo=MINISTRY) - now).total_seconds())


def lists(fields: str, arguments: str = "") -> str:
    return f"{{ missions{arguments} {{ nodes {{ {fields} }} }} }}"


@pytest.mark.parametrize(
    "query",
    [
        lists("title missionStatus openingHours { opens } services { kind } closures { startsOn }"),
        lists("title", '(filter: {openAt: "2026-12-01T15:30:00Z"})'),
        lists("title", "(filter: {near: {latitude: 0, longitude: 0, radiusKm: 1}}, orderBy: DISTANCE_ASC)"),
        lists('isOpen(at: "2026-12-01T15:30:00Z")'),
        lists('nextOpening(after: "2026-12-01T15:30:00Z")'),
    ],
)
def test_what_the_clock_does_not_change_is_kept_as_ever(missions: Missions, query: str) -> None:
    assert seconds(query) is None


@pytest.mark.parametrize(
    "field", ["missionStatus", "statusUntil", "announcedStatus { from }", "statusHistory { since }"]
)
def test_what_is_said_of_a_suspension_that_ends_is_kept_until_it_does(missions: Missions, field: str) -> None:
    pages, today = MissionPage.objects.filter(pk=missions.embassy.pk), timezone.localdate()
    query = lists(field, '(filter: {country: "MX", resident: true})')
    pages.update(status="suspended", status_since=date(2024, 1, 1), status_until=today)
    assert seconds(lists(field)) == pytest.approx(midnight(), abs=2)
    pages.update(status_until=today - timedelta(days=1))
    assert seconds(lists(field)) is None
    # What lists are narrowed to hangs on the day in any case.
    assert seconds(query) == pytest.approx(midnight(), abs=2)


@pytest.mark.parametrize(
    "query",
    [
        lists("head { post }"),
        lists("staff { post }"),
        lists("accreditations { startsOn }"),
        lists("title", '(filter: {country: "MX"})'),
        lists("title", '(filter: {organisation: "ONU"})'),
        '{ country(code: "SN") { missions { totalCount } } }',
        '{ missionFor(country: "MX") { isResident } }',
        '{ missionFor(country: "SN") { isResident } }',
    ],
)
def test_what_hangs_on_the_day_is_kept_until_the_ministrys_day_is_over(missions: Missions, query: str) -> None:
    before = midnight()
    left = seconds(query)
    assert left is not None
    assert midnight() - 1 <= left <= before


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment that gates see; the bound of the answer is what ``lasts_until`` was told."""
    moments = [datetime(2026, 12, 1, 16, tzinfo=UTC)]
    monkeypatch.setattr("home.selectors.visibility.timezone.now", lambda: moments[0])
    return moments


@pytest.mark.parametrize(
    ("moment", "fields", "expected"),
    [
        # A Tuesday: it is open until 12:30 in Mexico City, which is six hours behind UTC.
        ("2026-12-01T16:00", "isOpen", "2026-12-01T18:30"),
        ("2026-12-01T12:00", "isOpen", "2026-12-01T15:00"),
        ("2026-12-01T12:00", "nextOpening", "2026-12-01T15:00"),
        ("2026-12-01T16:00", "nextOpening", "2026-12-02T15:00"),
        # Closed from noon on: the day of the place is over at 6:00 UTC.
        ("2026-12-02T20:00", "isOpen", "2026-12-03T06:00"),
        ("2026-12-01T21:00", "isOpen(service: VISAS)", "2026-12-02T06:00"),
        ("2026-12-01T16:00", 'isOpen(at: "2026-12-01T16:00:00Z")', None),
    ],
)
def test_what_is_open_now_is_kept_until_that_may_change(
    missions: Missions,
    now: list[datetime],
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    fields: str,
    expected: str | None,
) -> None:
    now[0] = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    told: list[datetime] = []
    monkeypatch.setattr(Gate, "lasts_until", lambda _gate, until: told.append(until))
    answer(lists(fields, '(filter: {text: ""}, first: 1)'))
    wanted = [] if expected is None else [datetime.fromisoformat(expected).replace(tzinfo=UTC)]
    assert sorted(set(told)) == wanted


def test_the_earliest_of_all_bounds_counts(missions: Missions) -> None:
    gate = Gate.__new__(Gate)
    gate.boundary, gate._until = None, None
    assert gate.expires is None
    for day in (3, 2, 5):
        gate.lasts_until(datetime(2026, 12, day, tzinfo=UTC))
    assert gate.expires == datetime(2026, 12, 2, tzinfo=UTC)
    gate.boundary = datetime(2026, 12, 1, tzinfo=UTC)
    assert gate.expires == datetime(2026, 12, 1, tzinfo=UTC)


def test_answers_name_what_they_were_made_of(missions: Missions, site_tree: SiteTree) -> None:
    embassy, mexico, ambassador = (
        page_tag(key_of(page.translation_key))
        for page in (missions.embassy, site_tree.country["fr", "MX"], missions.ambassador)
    )
    found = tags(lists("title head { person { title } } hostCountry { name }", '(filter: {country: "MX"})'))
    assert found == ["diwan", *sorted([embassy, mexico, ambassador]), "t-Mission"]
    assert tags('{ missions(filter: {text: "nothing"}) { totalCount } }') == ["diwan", "t-Mission"]
    assert tags('{ country(code: "MX") { missions { nodes { title } } } }') == sorted(
        ["diwan", embassy, mexico, "t-Mission"]
    )
    senegal = page_tag(key_of(site_tree.country["fr", "SN"].translation_key))
    assert tags('{ missionFor(country: "SN") { isResident } }') == ["diwan", senegal, "t-Mission"]


def purged(*pages: Any) -> list[str]:
    return change_tags(ContentChanges(pages={**page_states(ids=[page.pk for page in pages])}))


def test_changes_of_whom_lists_hang_on_purge_them(missions: Missions, site_tree: SiteTree) -> None:
    for page in (
        missions.embassy,
        missions.ambassador,
        missions.united_nations,
        site_tree.country["fr", "MX"],
    ):
        found = purged(page)
        assert "t-Mission" in found
        assert page_tag(key_of(page.translation_key)) in found


def test_rows_of_a_mission_purge_the_mission(missions: Missions) -> None:
    from home.services.content_changes import _rules

    rules = _rules()
    for name in ("opening", "closure", "service", "contact", "appointment", "accreditation"):
        assert (rules[f"missions_mission{name}"].kind, rules[f"missions_mission{name}"].column) == ("pages", "page_id")
    assert rules[MissionPage._meta.db_table].kind == rules[MissionClosure._meta.db_table].kind


def test_a_person_who_comes_to_be_shown_purges_the_missions_that_name_them(
    missions: Missions, site_tree: SiteTree
) -> None:
    """An answer that left the person out has no tag of theirs."""
    pk = missions.ambassador.pk
    before = page_states(ids=[pk])
    missions.ambassador.unpublish()
    hidden = page_states(ids=[pk])
    assert page_tag(key_of(missions.embassy.translation_key)) in change_tags(ContentChanges(pages={**before}))
    missions.ambassador.save_revision().publish()
    assert page_tag(key_of(missions.embassy.translation_key)) in change_tags(ContentChanges(pages={**hidden}))


def test_ends_and_beginnings_are_the_ministrys(missions: Missions, now: list[datetime]) -> None:
    """At half past eleven in the evening of the ministry, the day of UTC may be another."""
    from missions.models import MissionAppointment

    MissionAppointment.objects.filter(post="ambassador").update(ends_on=date(2026, 12, 1))
    offset = datetime(2026, 12, 1, 12, tzinfo=MINISTRY).utcoffset()
    assert offset is not None
    for local, expected in (("2026-12-01T23:59:59", "AMBASSADOR"), ("2026-12-02T00:00:00", "CONSUL")):
        now[0] = (datetime.fromisoformat(local) - offset).replace(tzinfo=UTC)
        found = answer(lists("title head { post }", "(filter: {kind: EMBASSY, direction: ABROAD})")).json()
        assert found["data"]["missions"]["nodes"][0]["head"] == {"post": expected}
