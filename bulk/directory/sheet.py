"""Missions as a sheet that a person prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from bulk.selectors.directory import Entry, Filters
from home.selectors.locales import locale_direction
from missions.models.choices import (
    ClosureKind,
    ContactKind,
    ContactPurpose,
    MissionKind,
    PostKind,
    ServiceKind,
    Weekday,
)
from missions.statuses import status_said

_LINKS = {"website": "", "facebook": "", "instagram": "", "linkedin": "", "x": "", "youtube": "", "email": "mailto:"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A mission with everything in words."""

    entry: Entry
    kind: str
    status: str
    head_post: str
    contacts: list[dict[str, str]]
    services: list[dict[str, str]]
    hours: list[dict[str, Any]]
    closures: list[dict[str, Any]]


def sheet_context(entries: Sequence[Entry], *, locale: str, filters: Filters, today: date) -> dict[str, Any]:
    """What the template needs."""
    alone = entries[0].title if len(entries) == 1 else ""
    in_country = entries[0].country if filters.country and entries else ""
    return {
        "missions": [_printed(entry, today) for entry in entries],
        "locale": locale,
        "direction": locale_direction(locale),
        "today": today,
        "heading": alone or in_country,
    }


def _printed(entry: Entry, today: date) -> Printed:
    return Printed(
        entry=entry,
        kind=str(MissionKind(entry.kind).label),
        status=status_said(entry.now),
        head_post=str(PostKind(entry.head_post).label) if entry.head_post else "",
        contacts=[
            {
                "kind": str(ContactKind(kind).label),
                "purpose": "" if purpose == ContactPurpose.GENERAL else str(ContactPurpose(purpose).label),
                "value": value,
                "url": f"{_LINKS[kind]}{value}" if kind in _LINKS else "",
            }
            for kind, purpose, value in entry.contacts
        ],
        services=[
            {
                "name": str(ServiceKind(service.kind).label),
                "conditions": service.conditions,
                "booking_url": service.booking_url,
            }
            for service in entry.services
        ],
        hours=[
            {
                "service": str(ServiceKind(service).label) if service else "",
                "days": [
                    {
                        "name": str(Weekday(day).label),
                        "times": ", ".join(
                            f"{row.opens:%H:%M}–{row.closes:%H:%M}".replace("–00:00", "–24:00") for row in of_day
                        ),
                    }
                    for day, of_day in groupby(rows, key=lambda row: row.weekday)
                ],
            }
            for service, rows in groupby(entry.openings, key=lambda row: row.service)
        ],
        closures=[
            {
                "starts_on": closure.starts_on,
                "ends_on": closure.ends_on if closure.ends_on != closure.starts_on else None,
                "reason": closure.reason or str(ClosureKind(closure.kind).label),
            }
            for closure in entry.closures
            if closure.ends_on >= today
        ],
    )
