"""Columns of missions and organisations that hold many things: contacts, hours … Each says how one is written."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulk.columns.column import RowsColumn, choice_read
from bulk.columns.either import either_read, either_write
from bulk.columns.grammar import (
    CellError,
    dated_join,
    dated_split,
    day_read,
    day_read_precise,
    day_write_precise,
    hours_read,
    hours_write,
    items_join,
    items_split,
    parts_join,
    parts_split,
    period_read,
    period_write,
)
from bulk.selectors.lookups import Lookups
from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionOpening,
    MissionService,
    MissionStatusChange,
    OrganisationMember,
)
from missions.models.choices import (
    ClosureKind,
    ContactKind,
    ContactPurpose,
    MissionStatus,
    PostKind,
    ServiceKind,
    Standing,
)

PERSON_SIGN = "@"
EITHER = ("country_id", "organisation_id")


def rows_column(
    *,
    name: str,
    label: Any,
    model: type[models.Model],
    read: Callable[[str, Lookups], Any],
    write: Callable[[Any, Lookups], str],
    match: tuple[str, ...],
    facts: tuple[str, ...],
    relation: str = "",
    texts: tuple[str, ...] = (),
) -> RowsColumn:
    """A column of things that ``read`` and ``write`` one by one."""
    return RowsColumn(
        name=name,
        label=label,
        relation=relation or name,
        model=model,
        read=lambda cell, lookups: [read(item, lookups) for item in items_split(cell)],
        write=lambda rows, lookups: items_join(write(row, lookups) for row in rows),
        match=match,
        facts=facts,
        texts=texts,
    )


def item_parts(item: str, most: int) -> list[str]:
    """The parts of a thing, filled up with empty ones. Raise CellError for more than ``most``."""
    parts = parts_split(item)
    if len(parts) > most:
        raise CellError(
            _("“%(text)s” has more than %(limit)d parts; write \\; for a semicolon in a text.")
            % {"text": item[:60], "limit": most}
        )
    return [*parts, *[""] * (most - len(parts))]


def _accreditation_read(item: str, lookups: Lookups) -> MissionAccreditation:
    name, dates = dated_split(item)
    starts_on, ends_on = period_read(dates)
    return MissionAccreditation(starts_on=starts_on, ends_on=ends_on, **either_read(name, lookups))


def item_dated(item: str, example: str) -> tuple[str, date, str]:
    """What stands before the ``@``, the date after it and its precision. Raise CellError where there is none."""
    name, day = dated_split(item)
    if not day:
        message = _("“%(text)s” has no date; write for example: %(example)s")
        raise CellError(message % {"text": item[:60], "example": example})
    return name, *day_read_precise(day)


def _status_read(item: str, _lookups: Lookups) -> MissionStatusChange:
    status, since, precision = item_dated(item, "closed@2012-07")
    return MissionStatusChange(status=choice_read(MissionStatus, status), since=since, precision=precision)


def _contact_read(item: str, _lookups: Lookups) -> MissionContact:
    kind, colon, value = item.partition(":")
    if not colon:
        message = _("“%(text)s” is not understood; write for example: phone:+52 55 1234 5678")
        raise CellError(message % {"text": item[:60]})
    kind, _slash, purpose = kind.partition("/")
    return MissionContact(
        kind=choice_read(ContactKind, kind),
        purpose=choice_read(ContactPurpose, purpose) if purpose.strip() else ContactPurpose.GENERAL.value,
        value=value.strip(),
    )


def _contact_write(row: MissionContact, _lookups: Lookups) -> str:
    purpose = "" if row.purpose == ContactPurpose.GENERAL else f"/{row.purpose}"
    return f"{row.kind}{purpose}:{row.value}"


def _service_read(item: str, _lookups: Lookups) -> MissionService:
    kind, conditions, booking_url = item_parts(item, 3)
    return MissionService(kind=choice_read(ServiceKind, kind), conditions=conditions, booking_url=booking_url)


def _closure_read(item: str, _lookups: Lookups) -> MissionClosure:
    days, reason, kind = item_parts(item, 3)
    starts_on, ends_on = period_read(days)
    if starts_on is None:
        raise CellError(_("“%(text)s” has no first day.") % {"text": item[:60]})
    return MissionClosure(
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        kind=choice_read(ClosureKind, kind) if kind else ClosureKind.PUBLIC_HOLIDAY.value,
    )


def _closure_write(row: MissionClosure, _lookups: Lookups) -> str:
    kind = "" if row.kind == ClosureKind.PUBLIC_HOLIDAY else row.kind
    days = period_write(row.starts_on, row.ends_on) if row.ends_on else row.starts_on.isoformat()
    return parts_join(days, row.reason, kind)


def _appointment_read(item: str, lookups: Lookups) -> MissionAppointment:
    post, person, period, copy_on, presented_on = item_parts(item, 5)
    starts_on, ends_on = period_read(period)
    return MissionAppointment(
        post=choice_read(PostKind, post),
        person_id=lookups.people.get(person.removeprefix(PERSON_SIGN)),
        starts_on=starts_on,
        ends_on=ends_on,
        credentials_copy_on=day_read(copy_on) if copy_on else None,
        credentials_on=day_read(presented_on) if presented_on else None,
    )


def _appointment_write(row: MissionAppointment, lookups: Lookups) -> str:
    return parts_join(
        row.post,
        PERSON_SIGN + lookups.people.code(row.person_id),
        period_write(row.starts_on, row.ends_on),
        day_write_precise(row.credentials_copy_on, "day"),
        day_write_precise(row.credentials_on, "day"),
    )


def _openings_read(cell: str, _lookups: Lookups) -> list[MissionOpening]:
    return [
        MissionOpening(
            service=choice_read(ServiceKind, service) if service else "", weekday=day, opens=opens, closes=closes
        )
        for service, day, opens, closes in hours_read(cell)
    ]


def _openings_write(rows: Sequence[MissionOpening], _lookups: Lookups) -> str:
    return hours_write((row.service, row.weekday, row.opens, row.closes) for row in rows)


def _member_read(item: str, lookups: Lookups) -> OrganisationMember:
    head, standing = item_parts(item, 2)
    name, dates = dated_split(head)
    starts_on, ends_on = period_read(dates)
    return OrganisationMember(
        country_id=lookups.countries.get(name),
        starts_on=starts_on,
        ends_on=ends_on,
        standing=choice_read(Standing, standing) if standing else Standing.MEMBER.value,
    )


def _member_write(row: OrganisationMember, lookups: Lookups) -> str:
    head = dated_join(lookups.countries.code(row.country_id), period_write(row.starts_on, row.ends_on))
    return parts_join(head, "" if row.standing == Standing.MEMBER else row.standing)


_PERIOD = ("starts_on", "ends_on")

ACCREDITATIONS = rows_column(
    name="accreditations",
    label=gettext_lazy("Also accredited to"),
    model=MissionAccreditation,
    read=_accreditation_read,
    write=lambda row, lookups: dated_join(either_write(row, lookups), period_write(row.starts_on, row.ends_on)),
    match=(),
    facts=(*EITHER, *_PERIOD),
)
STATUS_HISTORY = rows_column(
    name="status_history",
    label=gettext_lazy("Earlier statuses"),
    model=MissionStatusChange,
    read=_status_read,
    write=lambda row, _lookups: dated_join(row.status, day_write_precise(row.since, row.precision)),
    match=(),
    facts=("status", "since", "precision"),
)
CONTACTS = rows_column(
    name="contacts",
    label=gettext_lazy("Telephones, addresses and links"),
    model=MissionContact,
    read=_contact_read,
    write=_contact_write,
    match=(),
    facts=("kind", "purpose", "value"),
)
SERVICES = rows_column(
    name="services",
    label=gettext_lazy("Services"),
    model=MissionService,
    read=_service_read,
    write=lambda row, _lookups: parts_join(row.kind, row.conditions, row.booking_url),
    match=("kind",),
    facts=("booking_url",),
    texts=("conditions",),
)
OPENING_HOURS = RowsColumn(
    name="opening_hours",
    label=gettext_lazy("Opening hours"),
    relation="opening_hours",
    model=MissionOpening,
    read=_openings_read,
    write=_openings_write,
    match=(),
    facts=("service", "weekday", "opens", "closes"),
)
CLOSURES = rows_column(
    name="closures",
    label=gettext_lazy("Holidays and closures"),
    model=MissionClosure,
    read=_closure_read,
    write=_closure_write,
    match=("starts_on",),
    facts=("ends_on", "kind"),
    texts=("reason",),
)
APPOINTMENTS = rows_column(
    name="appointments",
    label=gettext_lazy("Head of mission and staff"),
    model=MissionAppointment,
    read=_appointment_read,
    write=_appointment_write,
    match=(),
    facts=("post", "person_id", *_PERIOD, "credentials_copy_on", "credentials_on"),
)
MEMBERS = rows_column(
    name="members",
    label=gettext_lazy("Members"),
    model=OrganisationMember,
    read=_member_read,
    write=_member_write,
    match=(),
    facts=("country_id", "standing", *_PERIOD),
)
