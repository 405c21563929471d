"""When a mission is open: hours by the clock of its place, its closures, and whether it is at work at all.

Hours are those of a wall clock. A moment becomes a day and an hour of the place and is compared with them; so an hour
that comes twice, when clocks are set back, is open twice, and one that is left out is open for nobody. The database
answers the same by ``missions.selectors.clocks``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from missions.models.choices import MissionStatus

# Hours that end earlier than this end with the day: 00:00 is written for midnight.
MIDNIGHT_ENDS_BEFORE = time(0, 1)
# How far ahead an opening is looked for.
HORIZON = timedelta(days=370)

_AT_WORK = (MissionStatus.OPEN.value, MissionStatus.RELOCATED.value)
_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of a name of the IANA database; None for no name, and for one that it does not have."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True)
class StatusOfDay:
    """The status that a mission has on a day, from when to when, and the one that follows.

    ``since`` and ``until`` are its first and last day, None where they are not known. ``precision`` says how much of
    ``since`` is: ``day``, ``month`` or ``year``.
    """

    status: str
    since: date | None = None
    precision: str = "day"
    until: date | None = None
    following: "StatusOfDay | None" = None


def status_changes(
    *, status: str, since: date | None, precision: str = "day", until: date | None
) -> tuple[StatusOfDay, ...]:
    """The statuses that the page of a mission tells of, in order: its own, and that a suspension which ends is over."""
    if until is None:
        return (StatusOfDay(status, since, precision),)
    reopened = StatusOfDay(MissionStatus.OPEN.value, until + _DAY)
    return StatusOfDay(status, since, precision, until, reopened), reopened


def status_of_day(
    *, status: str, since: date | None, precision: str = "day", until: date | None, day: date
) -> StatusOfDay:
    """The status of a mission on a day, told by that of its page: one that begins later is announced.

    Until then a mission is open, and one that is to open is closed. After the last day of a suspension it is open.
    """
    own, *later = status_changes(status=status, since=since, precision=precision, until=until)
    if since is not None and day < since:
        before = MissionStatus.CLOSED if status == MissionStatus.OPEN else MissionStatus.OPEN
        return StatusOfDay(before.value, until=since - _DAY, following=own)
    return later[0] if later and until is not None and until < day else own


def status_on(*, status: str, since: date | None, until: date | None, day: date) -> str:
    """The status that holds on a day. ``missions.selectors.clocks.status_of_day`` says the same in SQL."""
    return status_of_day(status=status, since=since, until=until, day=day).status


def is_at_work(*, status: str, since: date | None, until: date | None, day: date) -> bool:
    """Whether a mission works on a day at all, by the status that holds then."""
    return status_on(status=status, since=since, until=until, day=day) in _AT_WORK


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day of the week (1 is Monday); ``service`` is empty for those of the mission."""

    weekday: int
    opens: time
    closes: time
    service: str = ""

    def has(self, at: time) -> bool:
        """Whether they are open at an hour of their day."""
        return self.opens <= at and (at < self.closes or self.closes < MIDNIGHT_ENDS_BEFORE)


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that decides when a mission is open. ``closures`` are first and last days."""

    time_zone: str
    status: str
    status_since: date | None
    hours: tuple[Hours, ...]
    closures: tuple[tuple[date, date], ...]
    services: frozenset[str]
    status_until: date | None = None

    def hours_of(self, service: str | None) -> tuple[Hours, ...]:
        """The hours that count for a service, or without one for the mission.

        A service has its own, or else those of the mission; a mission that has none is open when a service is.
        """
        own = tuple(each for each in self.hours if each.service == (service or ""))
        if own:
            return own
        return tuple(each for each in self.hours if service is None or not each.service)

    def is_at_work(self, day: date) -> bool:
        """Whether it works on a day at all."""
        return is_at_work(status=self.status, since=self.status_since, until=self.status_until, day=day)

    def is_open(self, moment: datetime, service: str | None = None) -> bool | None:
        """Whether it is open at a moment; None where its hours are not known.

        Never for a service that it does not offer.
        """
        if service is not None and service not in self.services:
            return False
        zone = zone_of(self.time_zone)
        if zone is None:
            return None
        local = moment.astimezone(zone)
        if not self.is_at_work(local.date()):
            return False
        hours = self.hours_of(service)
        return self._is_open(hours, local) if hours else None

    def _is_open(self, hours: tuple[Hours, ...], local: datetime) -> bool:
        day, at, weekday = local.date(), local.time(), local.isoweekday()
        return (
            any(each.weekday == weekday and each.has(at) for each in hours)
            and not any(first <= day <= last for first, last in self.closures)
            and self.is_at_work(day)
        )

    def next_opening(self, after: datetime, service: str | None = None) -> datetime | None:
        """The first moment later than ``after`` at which it opens, by its clock; None where none is near.

        Hours that go on from one row to the next open once.
        """
        zone = zone_of(self.time_zone)
        hours = self.hours_of(service)
        if zone is None or not hours or (service is not None and service not in self.services):
            return None
        start = after.astimezone(UTC)
        for day in self._days(hours, after.astimezone(zone).date()):
            begin, end = _midnights(day, zone)
            for moment in sorted(_changes(hours, zone, max(start, begin - _MOMENT), end)):
                local, before = moment.astimezone(zone), (moment - _MOMENT).astimezone(zone)
                if self._is_open(hours, local) and not self._is_open(hours, before):
                    return local
        return None

    def _days(self, hours: tuple[Hours, ...], today: date) -> Iterator[date]:
        """The days from ``today`` to the horizon on which it may open, the first week of which as a rule has one."""
        hours = tuple(each for each in hours if each.opens < each.closes or each.closes < MIDNIGHT_ENDS_BEFORE)
        weekdays = {each.weekday for each in hours}
        is_never_shut = _fill_the_week(hours)
        # A suspension that ends is passed over as a closure is.
        closures = sorted(self.closures)
        if self.status_until is not None and self.status not in _AT_WORK:
            closures = sorted([*closures, (self.status_since or date.min, self.status_until)])
        day: date | None = today
        while weekdays and (day := self._first_day_at_work(closures, day, today + HORIZON)) is not None:
            if day.isoweekday() in weekdays:
                yield day
            if is_never_shut:
                # Then it opens after closures alone.
                day = next((first for first, _last in closures if first > day), None)
            else:
                day += _DAY

    def _first_day_at_work(self, closures: list[tuple[date, date]], day: date | None, last: date) -> date | None:
        """The first day from ``day`` to ``last`` on which it works and is not closed; ``closures`` are in order."""
        if day is None:
            return None
        if self.status == MissionStatus.OPEN and self.status_since is not None:
            day = max(day, self.status_since)
        for first, end in closures:
            if first <= day <= end:
                if end >= last:
                    return None
                day = end + _DAY
        return day if day <= last and self.is_at_work(day) else None

    def holds_until(self, moment: datetime, service: str | None = None) -> datetime | None:
        """A moment until which ``is_open`` stays what it is; None where no clock changes it."""
        zone = zone_of(self.time_zone)
        if zone is None:
            return None
        start = moment.astimezone(UTC)
        # A day of the calendar is over after 25 hours at most, where clocks are set back by one.
        return min(_changes(self.hours_of(service), zone, start, start + 2 * _DAY), default=None)


def _midnights(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The moments between which a day of a place lies, also where its clocks are set at midnight."""
    begin, end = (
        [datetime.combine(each, time.min, tzinfo=zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
        for each in (day, day + _DAY)
    )
    return min(begin), max(end)


def _fill_the_week(hours: tuple[Hours, ...]) -> bool:
    """Whether there is no moment of the week outside the hours."""
    for weekday in range(1, 8):
        reached, is_full = time.min, False
        for each in sorted((each for each in hours if each.weekday == weekday), key=lambda each: each.opens):
            if each.opens > reached:
                break
            is_full = is_full or each.closes < MIDNIGHT_ENDS_BEFORE
            reached = max(reached, each.closes)
        if not is_full:
            return False
    return True


def _changes(hours: tuple[Hours, ...], zone: tzinfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every moment after ``start``, to ``end``, at which the hours, the day or the clocks may change."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    for number in range((last.date() - first.date()).days + 1):
        day = first.date() + timedelta(days=number)
        edges = {time.min}
        for each in hours:
            if each.weekday == day.isoweekday():
                edges |= {each.opens, each.closes}
        for edge in edges:
            for fold in (0, 1):
                moment = datetime.combine(day, edge, tzinfo=zone).replace(fold=fold).astimezone(UTC)
                if start < moment <= end:
                    yield moment
    if first.utcoffset() != last.utcoffset():
        yield _clocks_set(zone, start, end)


def _clocks_set(zone: tzinfo, start: datetime, end: datetime) -> datetime:
    """The moment between two at which the clocks of a place were set."""
    offset = start.astimezone(zone).utcoffset()
    seconds = int((end - start).total_seconds())
    low, high = 0, seconds + 1
    # Clocks are set at full seconds.
    begin = start.replace(microsecond=0)
    while high - low > 1:
        middle = (low + high) // 2
        if (begin + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return begin + timedelta(seconds=high)
