"""Which missions are open at a moment, told by the database: ``missions.schedules`` says the same of one mission.

A moment is another day and another hour in each time zone. Python, which has the IANA database, works them out for the
zones that missions stand in, and the statement looks up those of each row.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    TextField,
    TimeField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from home.selectors.locales import locale_source
from home.selectors.prepared import prepared, slot
from missions.models import MissionClosure, MissionOpening, MissionPage, MissionService
from missions.models.choices import MissionStatus
from missions.schedules import MIDNIGHT_ENDS_BEFORE, zone_of

_TEXT: TextField[str, str] = TextField()
_DAYS, _WEEKDAYS, _TIMES = "clock_days", "clock_weekdays", "clock_times"
_ASLEEP = (MissionStatus.SUSPENDED.value, MissionStatus.CLOSED.value)


class _OfZone(Func):
    """What a JSON object in the parameter ``name`` has under the name of a time zone."""

    def __init__(self, zone: Any, name: str, output_field: Any) -> None:
        super().__init__(zone, output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, *_words: Any, **_more: Any) -> tuple[str, list[Any]]:
        zone, params = compiler.compile(self.source_expressions[0])
        return f"json_extract(%s, '$.\"' || {zone} || '\"')", [slot(self.name, _TEXT), *params]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        zone, params = compiler.compile(self.source_expressions[0])
        kind = self.output_field.db_type(connection)
        return f"(%s::jsonb ->> {zone})::{kind}", [slot(self.name, _TEXT), *params]


def time_zones_used() -> list[str]:
    """The time zones that missions stand in. One statement."""
    statement = prepared(
        "mission_time_zones",
        lambda: (
            MissionPage.objects.filter(locale_code=locale_source())
            .exclude(time_zone="")
            .order_by()
            .values("time_zone")
            .distinct()
        ),
    )
    return [name for (name,) in statement.tuples({})]


def clock_values(moment: datetime, zones: Iterable[str]) -> dict[str, str]:
    """The values of the parameters of ``is_open`` for a moment."""
    known = ((name, zone_of(name)) for name in zones)
    local = {name: moment.astimezone(zone) for name, zone in known if zone is not None}
    return {
        _DAYS: orjson.dumps({name: at.date().isoformat() for name, at in local.items()}).decode(),
        _WEEKDAYS: orjson.dumps({name: at.isoweekday() for name, at in local.items()}).decode(),
        _TIMES: orjson.dumps({name: at.time().isoformat() for name, at in local.items()}).decode(),
    }


def status_of_day(day: Any) -> Case:
    """The status of source pages that holds on a day, a parameter: what ``missions.schedules.status_on`` says."""
    return Case(
        When(status_since__gt=day, status=MissionStatus.OPEN, then=Value(MissionStatus.CLOSED.value)),
        When(status_since__gt=day, then=Value(MissionStatus.OPEN.value)),
        When(status_until__lt=day, then=Value(MissionStatus.OPEN.value)),
        default=F("status"),
        output_field=CharField(),
    )


def is_open(service: str | None) -> Q:
    """The condition on source pages that a mission, or a service of it, is open at the moment of ``clock_values``."""
    day = _OfZone(F("time_zone"), _DAYS, DateField())
    begun = Q(status_since__isnull=True) | Q(status_since__lte=day)
    at_work = Q(status=MissionStatus.RELOCATED) | Q(begun, status=MissionStatus.OPEN)
    # A closure that is announced leaves it at work until then, and a suspension is over after its last day.
    at_work |= Q(status__in=_ASLEEP, status_since__gt=day) | Q(begun, status_until__lt=day)
    zone = OuterRef("time_zone")
    of_row = _OfZone(zone, _DAYS, DateField())
    closed = MissionClosure.objects.alias(last=Coalesce("ends_on", "starts_on")).filter(
        page_id=OuterRef("pk"), starts_on__lte=of_row, last__gte=of_row
    )
    every = MissionOpening.objects.filter(page_id=OuterRef("pk"))
    own = every.filter(service=service or "")
    if service is None:
        hours = Q(Exists(_now(own))) | Q(~Exists(own), Exists(_now(every)))
    else:
        offered = MissionService.objects.filter(page_id=OuterRef("pk"), kind=service)
        hours = Q(Exists(offered)) & (Q(Exists(_now(own))) | Q(~Exists(own), Exists(_now(every.filter(service="")))))
    return at_work & hours & ~Q(Exists(closed))


def _now(rows: Any) -> Any:
    zone = OuterRef("time_zone")
    at = _OfZone(zone, _TIMES, TimeField())
    return rows.filter(
        Q(closes__gt=at) | Q(closes__lt=MIDNIGHT_ENDS_BEFORE),
        weekday=_OfZone(zone, _WEEKDAYS, IntegerField()),
        opens__lte=at,
    )
