"""Opening hours across time zones and the days on which clocks are set: the database and Python say what a plain
reading of the rules says, and distances are those on a sphere."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import atan2, cos, radians, sin, sqrt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missions.models import MissionClosure, MissionOpening, MissionPage, MissionService
from missions.schedules import Hours, Schedule
from tests.asking import ask
from tests.factories.missions import mission_make
from tests.factories.site import SiteTree

# Where clocks are set in either hemisphere, at midnight, by half an hour, never; and where an offset is odd.
ZONES = (
    "Europe/Paris", "America/Mexico_City", "America/Santiago", "Africa/Casablanca", "Australia/Lord_Howe",
    "Asia/Beirut", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns", "UTC",
)  # fmt: skip
# Moments around which clocks of these are set, and the turn of a year.
NEAR = (
    datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 9, 6, 4, tzinfo=UTC), datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC),
    datetime(2026, 2, 15, 3, tzinfo=UTC), datetime(2026, 3, 22, 2, tzinfo=UTC),
)  # fmt: skip
SERVICES = ("visas", "passports")
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]

Row = tuple[str, int, time, time]


@st.composite
def hours_rows(draw: Any) -> Row:
    opens = draw(st.sampled_from(HALF_HOURS))
    later = [each for each in HALF_HOURS if each > opens]
    closes = draw(st.sampled_from([*later, time(0)]))
    return draw(st.sampled_from(["", "", *SERVICES])), draw(st.integers(1, 7)), opens, closes


moments = st.builds(
    lambda near, minutes, seconds: near + timedelta(minutes=minutes, seconds=seconds),
    st.sampled_from(NEAR), st.integers(-3 * 24 * 60, 3 * 24 * 60), st.sampled_from([0, 0, 0, 1, 59]),
)  # fmt: skip
closures = st.lists(
    st.builds(
        lambda near, back, length: (near.date() + timedelta(days=back), near.date() + timedelta(days=back + length)),
        st.sampled_from(NEAR), st.integers(-3, 3), st.integers(0, 2),
    ),
    max_size=2,
)  # fmt: skip
days = st.one_of(st.none(), st.sampled_from([near.date() for near in NEAR]))


@st.composite
def drawn_statuses(draw: Any) -> tuple[str, date | None, date | None]:
    """A status, its first day, and the last one of a suspension."""
    status, since = draw(st.sampled_from(["open", "open", "relocated", "closed", "suspended", "suspended"])), draw(days)
    until = draw(days) if status == "suspended" else None
    return status, since, None if until and since and until < since else until


statuses = drawn_statuses()
worlds = st.fixed_dictionaries(
    {
        "time_zone": st.sampled_from(ZONES),
        "status": statuses,
        "hours": st.lists(hours_rows(), max_size=8),
        "closures": closures,
        "services": st.sets(st.sampled_from(SERVICES)),
    }
)
services = st.sampled_from([None, *SERVICES])


def oracle(world: dict[str, Any], moment: datetime, service: str | None) -> bool:
    """The rules, one after the other."""
    local = moment.astimezone(ZoneInfo(world["time_zone"]))
    status, since, until = world["status"]
    if until is not None and local.date() > until:
        status, since = "open", None
    if status in ("closed", "suspended") and (since is None or local.date() >= since):
        return False
    if status == "open" and since is not None and local.date() < since:
        return False
    if any(first <= local.date() <= last for first, last in world["closures"]):
        return False
    if service is not None and service not in world["services"]:
        return False
    of_mission = [row for row in world["hours"] if row[0] == ""]
    if service is not None:
        counted = [row for row in world["hours"] if row[0] == service] or of_mission
    else:
        counted = of_mission or world["hours"]
    minute = local.hour * 60 + local.minute
    for _service, weekday, opens, closes in counted:
        end = closes.hour * 60 + closes.minute or 24 * 60
        if weekday == local.isoweekday() and opens.hour * 60 + opens.minute <= minute < end:
            return True
    return False


def schedule_of(world: dict[str, Any]) -> Schedule:
    return Schedule(
        time_zone=world["time_zone"],
        status=world["status"][0],
        status_since=world["status"][1],
        hours=tuple(Hours(weekday, opens, closes, service) for service, weekday, opens, closes in world["hours"]),
        closures=tuple(world["closures"]),
        services=frozenset(world["services"]),
        status_until=world["status"][2],
    )


@pytest.mark.once
@settings(max_examples=400, deadline=None)
@given(world=worlds, moment=moments, service=services)
def test_a_schedule_says_what_the_rules_say(world: dict[str, Any], moment: datetime, service: str | None) -> None:
    assert bool(schedule_of(world).is_open(moment, service)) is oracle(world, moment, service)


def minutes_after(moment: datetime, days: int) -> Iterator[datetime]:
    start = moment.replace(second=0, microsecond=0)
    return (start + timedelta(minutes=minutes) for minutes in range(1, days * 24 * 60))


def in_utc(schedule: Schedule, after: datetime, service: str | None = None) -> datetime | None:
    """The next opening in UTC: Python takes an hour that comes twice for equal to nothing in another zone."""
    opening = schedule.next_opening(after, service)
    return None if opening is None else opening.astimezone(UTC)


@pytest.mark.once
@settings(max_examples=60, deadline=None)
@given(world=worlds, moment=moments, service=services)
def test_the_next_opening_is_the_first_minute_that_is_open_after_one_that_is_not(
    world: dict[str, Any], moment: datetime, service: str | None
) -> None:
    days = 9
    was_open = oracle(world, moment, service)
    expected = None
    for minute in minutes_after(moment, days):
        is_open = oracle(world, minute, service)
        if is_open and not was_open:
            expected = minute
            break
        was_open = is_open
    schedule = schedule_of(world)
    found = in_utc(schedule, moment, service)
    if expected is None:
        assert found is None or found >= moment.replace(second=0) + timedelta(days=days) - timedelta(minutes=1)
    else:
        assert found == expected
        local = schedule.next_opening(moment, service)
        assert local is not None
        assert local.utcoffset() == expected.astimezone(ZoneInfo(world["time_zone"])).utcoffset()


@pytest.mark.once
@settings(max_examples=60, deadline=None)
@given(world=worlds, moment=moments, service=services)
def test_an_answer_holds_until_the_moment_that_is_said(
    world: dict[str, Any], moment: datetime, service: str | None
) -> None:
    schedule = schedule_of(world)
    until = schedule.holds_until(moment, service)
    assert until is not None
    assert moment < until <= moment + timedelta(hours=49)
    now = schedule.is_open(moment, service)
    last = until - timedelta(microseconds=1)
    for minute in minutes_after(moment, 3):
        if minute < until:
            assert schedule.is_open(minute, service) is now
    assert schedule.is_open(last, service) is now


def asked(moment: datetime, service: str | None) -> dict[str, Any]:
    """What the endpoint says: by the filter, and of the mission itself."""
    kind = f", service: {service.upper()}" if service else ""
    at = moment.isoformat()
    query = f"""{{
      found: missions(filter: {{openAt: "{at}"{kind}}}) {{ totalCount nodes {{ title }} }}
      missions {{ nodes {{ isOpen(at: "{at}"{kind}) }} }}
    }}"""
    return ask(query)


@pytest.mark.django_db
def test_the_database_and_the_field_say_what_the_rules_say(site_tree: SiteTree) -> None:
    page = mission_make(site_tree, "Ambassade")

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(world=worlds, moment=moments, service=services)
    def told(world: dict[str, Any], moment: datetime, service: str | None) -> None:
        status, since, until = world["status"]
        MissionPage.objects.filter(pk=page.pk).update(
            time_zone=world["time_zone"], status=status, status_since=since, status_until=until
        )
        for model in (MissionOpening, MissionClosure, MissionService):
            model.objects.filter(page=page).delete()
        MissionOpening.objects.bulk_create(
            MissionOpening(page=page, service=kind, weekday=day, opens=opens, closes=closes)
            for kind, day, opens, closes in world["hours"]
        )
        MissionClosure.objects.bulk_create(
            # Half of the single days are written without their last.
            MissionClosure(page=page, locale=page.locale, starts_on=first, ends_on=None if first == last else last)
            for first, last in world["closures"]
        )
        MissionService.objects.bulk_create(
            MissionService(page=page, locale=page.locale, kind=kind) for kind in sorted(world["services"])
        )
        data = asked(moment, service)
        is_open = oracle(world, moment, service)
        assert data["found"]["totalCount"] == len(data["found"]["nodes"]) == int(is_open)
        assert bool(data["missions"]["nodes"][0]["isOpen"]) is is_open

    told()


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By vectors, which have no trouble anywhere on the globe."""

    def vector(latitude: float, longitude: float) -> tuple[float, float, float]:
        north, east = radians(latitude), radians(longitude)
        return cos(north) * cos(east), cos(north) * sin(east), sin(north)

    (a, b, c), (d, e, f) = vector(*one), vector(*other)
    across = sqrt((b * f - c * e) ** 2 + (c * d - a * f) ** 2 + (a * e - b * d) ** 2)
    return 6371.0088 * atan2(across, a * d + b * e + c * f)


places = st.tuples(
    st.one_of(st.sampled_from([-90.0, 90.0, 0.0, 89.99]), st.floats(-90, 90)),
    st.one_of(st.sampled_from([-180.0, 180.0, 0.0, 179.99]), st.floats(-180, 180)),
)


@pytest.mark.django_db
def test_near_is_within_the_radius_on_a_sphere(site_tree: SiteTree) -> None:
    page = mission_make(site_tree, "Ambassade")

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(place=places, mission=places, share=st.sampled_from([0.5, 0.99, 0.9999, 1.0001, 1.01, 2.0]))
    def told(place: tuple[float, float], mission: tuple[float, float], share: float) -> None:
        MissionPage.objects.filter(pk=page.pk).update(latitude=mission[0], longitude=mission[1])
        distance = kilometres(place, mission)
        radius = max(distance * share, 0.01)
        # What the last digits decide is nobody's to say.
        expected = distance <= radius
        if abs(distance - radius) < 0.001:
            return
        query = "query ($near: MissionNear!) { missions(filter: {near: $near}) { edges { distanceKm } } }"
        near = {"latitude": place[0], "longitude": place[1], "radiusKm": radius}
        edges = ask(query, {"near": near})["missions"]["edges"]
        assert len(edges) == int(expected)
        if expected:
            assert edges[0]["distanceKm"] == pytest.approx(distance, abs=0.002)

    told()


@pytest.mark.once
def test_hours_that_a_clock_leaves_out_and_those_that_it_has_twice() -> None:
    """In Paris 02:00 to 03:00 is left out on 29 March 2026, and comes twice on 25 October."""
    spring = Schedule("Europe/Paris", "open", None, (Hours(7, time(2, 30), time(4)),), (), frozenset())
    assert in_utc(spring, datetime(2026, 3, 29, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    autumn = Schedule("Europe/Paris", "open", None, (Hours(7, time(2), time(2, 30)),), (), frozenset())
    first = in_utc(autumn, datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert in_utc(autumn, datetime(2026, 10, 25, 0, tzinfo=UTC)) == datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert in_utc(autumn, datetime(2026, 10, 25, 1, tzinfo=UTC)) == datetime(2026, 11, 1, 1, tzinfo=UTC)
    # A night that goes on past midnight opens once.
    night = (Hours(1, time(22), time(0)), Hours(2, time(0), time(2)))
    through = Schedule("UTC", "open", None, night, ((date(2026, 12, 7), date(2026, 12, 7)),), frozenset())
    assert in_utc(through, datetime(2026, 11, 30, 12, tzinfo=UTC)) == datetime(2026, 11, 30, 22, tzinfo=UTC)
    # Monday 7 December is closed, so it opens at midnight.
    assert in_utc(through, datetime(2026, 12, 1, 12, tzinfo=UTC)) == datetime(2026, 12, 8, tzinfo=UTC)


@pytest.mark.once
@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd"])
def test_hours_by_no_clock_are_not_known(name: str) -> None:
    schedule = Schedule(name, "open", None, (Hours(1, time(9), time(10)),), (), frozenset())
    moment = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    assert [schedule.is_open(moment), schedule.next_opening(moment), schedule.holds_until(moment)] == [None] * 3
