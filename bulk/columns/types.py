"""What can be imported and exported, column by column."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from bulk.columns import relation_rows, rows
from bulk.columns.column import (
    AnyColumn,
    Column,
    RecordType,
    choice,
    day,
    number,
    precise_day,
    reference,
    text,
)
from missions.models import MissionIndexPage, MissionPage, OrganisationIndexPage, OrganisationPage
from missions.models.choices import MissionDirection, MissionKind, MissionStatus, OrganisationKind, Standing
from relations.models import AgreementIndexPage, AgreementPage, EventIndexPage, EventPage
from relations.models.choices import AgreementField, AgreementKind, EventKind, VisitDirection


def _shared(model: type[models.Model]) -> tuple[AnyColumn, ...]:
    """What every type has: the key, the name, two or three sentences."""
    key = Column(
        name="key",
        label=gettext_lazy("stable key"),
        fields=("record_key",),
        read=lambda cell, _lookups: (cell,),
        write=lambda page, _lookups: page.record_key,
        cleared=("",),
    )
    return (key, text(model, "title"), text(model, "introduction"))


MISSIONS = RecordType(
    name="missions",
    label=gettext_lazy("Missions"),
    model=MissionPage,
    index=MissionIndexPage,
    columns=(
        *_shared(MissionPage),
        choice(MissionPage, "direction", MissionDirection),
        choice(MissionPage, "kind", MissionKind),
        reference(MissionPage, "host_country", "countries"),
        reference(MissionPage, "sending_country", "countries"),
        reference(MissionPage, "sending_organisation", "organisations"),
        text(MissionPage, "city"),
        choice(MissionPage, "status", MissionStatus),
        precise_day(MissionPage, "status_since", "status_precision"),
        day(MissionPage, "status_until"),
        text(MissionPage, "address", is_text=False),
        text(MissionPage, "address_text"),
        text(MissionPage, "district"),
        number(MissionPage, "latitude", float),
        number(MissionPage, "longitude", float),
        text(MissionPage, "time_zone", is_text=False),
        text(MissionPage, "working_languages", is_text=False),
        rows.STATUS_HISTORY,
        rows.ACCREDITATIONS,
        rows.CONTACTS,
        rows.SERVICES,
        rows.OPENING_HOURS,
        rows.CLOSURES,
        rows.APPOINTMENTS,
    ),
)
ORGANISATIONS = RecordType(
    name="organisations",
    label=gettext_lazy("Organisations"),
    model=OrganisationPage,
    index=OrganisationIndexPage,
    columns=(
        *_shared(OrganisationPage),
        text(OrganisationPage, "acronym"),
        text(OrganisationPage, "formal_name"),
        choice(OrganisationPage, "kind", OrganisationKind),
        text(OrganisationPage, "seat_city"),
        reference(OrganisationPage, "seat_country", "countries"),
        text(OrganisationPage, "website", is_text=False),
        day(OrganisationPage, "founded_on"),
        choice(OrganisationPage, "standing", Standing),
        day(OrganisationPage, "standing_since"),
        rows.MEMBERS,
    ),
)
AGREEMENTS = RecordType(
    name="agreements",
    label=gettext_lazy("Agreements"),
    model=AgreementPage,
    index=AgreementIndexPage,
    columns=(
        *_shared(AgreementPage),
        choice(AgreementPage, "kind", AgreementKind),
        choice(AgreementPage, "field", AgreementField),
        text(AgreementPage, "place"),
        relation_rows.PARTIES,
        relation_rows.STAGES,
        relation_rows.LINKS,
    ),
)
EVENTS = RecordType(
    name="events",
    label=gettext_lazy("Events"),
    model=EventPage,
    index=EventIndexPage,
    columns=(
        *_shared(EventPage),
        choice(EventPage, "kind", EventKind),
        choice(EventPage, "direction", VisitDirection),
        number(EventPage, "number", int),
        precise_day(EventPage, "starts_on", "starts_precision"),
        precise_day(EventPage, "ends_on", "ends_precision"),
        text(EventPage, "place"),
        reference(EventPage, "agreement", "agreements"),
        relation_rows.COUNTRIES,
        relation_rows.CONTINENTS,
        relation_rows.ORGANISATIONS,
        relation_rows.PARTICIPANTS,
        relation_rows.SOURCES,
    ),
)

RECORD_TYPES: dict[str, RecordType] = {each.name: each for each in (MISSIONS, ORGANISATIONS, AGREEMENTS, EVENTS)}
NAMES: list[tuple[str, Any]] = [(each.name, each.label) for each in RECORD_TYPES.values()]
