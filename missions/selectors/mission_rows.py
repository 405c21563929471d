"""What hangs on missions: hours, contacts, services, closures, people and accreditations, for many missions at once.

Rows of facts are asked for by the id of the source page; services and closures, which hold text, by translation key.
"""

from collections.abc import Collection, Sequence
from typing import Any

from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_queryset_visible
from home.selectors.prepared import ID, any_of, prepared
from home.selectors.record_rows import fact_rows, text_rows
from home.selectors.visibility import Gate
from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionOpening,
    MissionPage,
    MissionService,
    MissionStatusChange,
    PersonPage,
)

_APPOINTMENT = (
    "id",
    "person__translation_key",
    "post",
    "starts_on",
    "ends_on",
    "credentials_copy_on",
    "credentials_on",
)
_ACCREDITATION = ("country__translation_key", "organisation__translation_key", "starts_on", "ends_on")


def mission_hours(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """``weekday opens closes service`` of missions, through the week. One statement."""
    columns = ("weekday", "opens", "closes", "service")
    return fact_rows(MissionOpening, ids=ids, columns=columns, order=("weekday", "opens", "sort_order", "id"))


def mission_status_history(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """``status since precision`` of missions before the status of their page, the earliest first. One statement."""
    return fact_rows(MissionStatusChange, ids=ids, columns=("status", "since", "precision"))


def mission_contacts(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """``kind purpose value`` of missions, in the editors' order. One statement."""
    return fact_rows(MissionContact, ids=ids, columns=("kind", "purpose", "value"))


def mission_accreditations(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """Keys of countries and organisations, with ``starts_on ends_on``, in the editors' order. One statement."""
    return fact_rows(MissionAccreditation, ids=ids, columns=_ACCREDITATION)


def mission_appointments(*, ids: Collection[int], gate: Gate) -> dict[int, list[Row]]:
    """Who holds or held which post, in the editors' order; nobody whose own page is hidden. One statement."""
    source = locale_source()
    statement = prepared(
        ("mission_appointments", source, gate.shape),
        lambda: (
            MissionAppointment.objects.filter(
                any_of("page_id", "ids", ID),
                person__in=page_queryset_visible(PersonPage, gate=gate.shape).filter(locale_code=source).values("pk"),
            )
            .order_by("page_id", "sort_order", "id")
            .values("page_id", *_APPOINTMENT)
        ),
    )
    return statement.groups({**gate.values, "ids": ids})


def mission_services(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, list[Row]]:
    """``kind booking_url conditions locale_code`` of missions, in the editors' order. One statement."""
    facts = ("kind", "booking_url")
    return _texts(MissionService, keys=keys, facts=facts, texts=("conditions",), gate=gate, chain=chain)


def mission_closures(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, list[Row]]:
    """``starts_on ends_on kind reason locale_code`` of missions, earliest first; every row has both days.

    One statement.
    """
    facts = ("starts_on", "ends_on", "kind")
    found = _texts(MissionClosure, keys=keys, facts=facts, texts=("reason",), gate=gate, chain=chain)
    for rows in found.values():
        for row in rows:
            row["ends_on"] = row["ends_on"] or row["starts_on"]
        rows.sort(key=lambda row: (row["starts_on"], row["ends_on"]))
    return found


def _texts(model: Any, **what: Any) -> dict[Key, list[Row]]:
    return text_rows(model, of=MissionPage, **what)
