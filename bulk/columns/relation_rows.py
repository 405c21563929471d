"""Columns of agreements and events that hold many things: parties, stages … Each says how one is written."""

from django.utils.translation import gettext_lazy

from bulk.columns.column import choice_read
from bulk.columns.either import either_read, either_write
from bulk.columns.grammar import dated_join, day_write_precise, parts_join
from bulk.columns.rows import EITHER, PERSON_SIGN, item_dated, item_parts, rows_column
from bulk.selectors.lookups import Lookups
from relations.models import (
    AgreementLink,
    AgreementParty,
    AgreementStage,
    EventContinentLink,
    EventCountryLink,
    EventOrganisationLink,
    EventParticipant,
    EventSource,
)
from relations.models.choices import AgreementLinkKind, AgreementStageKind


def _stage_read(item: str, _lookups: Lookups) -> AgreementStage:
    head, reference = item_parts(item, 2)
    kind, day, precision = item_dated(head, "signed@1999-05-31")
    return AgreementStage(
        kind=choice_read(AgreementStageKind, kind), date=day, precision=precision, reference=reference
    )


def _stage_write(row: AgreementStage, _lookups: Lookups) -> str:
    return parts_join(dated_join(row.kind, day_write_precise(row.date, row.precision)), row.reference)


def _link_read(item: str, lookups: Lookups) -> AgreementLink:
    kind, key = item_parts(item, 2)
    # A number below zero stands for an instrument that the same table makes (``bulk.services.instruments``).
    return AgreementLink(kind=choice_read(AgreementLinkKind, kind), agreement_id=lookups.agreements.get(key))


def _participant_read(item: str, lookups: Lookups) -> EventParticipant:
    name, capacity, party = item_parts(item, 3)
    row = EventParticipant(capacity=capacity, **(either_read(party, lookups) if party else {}))
    if name.startswith(PERSON_SIGN):
        row.person_id = lookups.people.get(name.removeprefix(PERSON_SIGN))
    else:
        row.name = name
    return row


def _participant_write(row: EventParticipant, lookups: Lookups) -> str:
    name = PERSON_SIGN + lookups.people.code(row.person_id) if row.person_id else row.name
    return parts_join(name, row.capacity, either_write(row, lookups))


def _source_read(item: str, _lookups: Lookups) -> EventSource:
    label, url = item_parts(item, 2)
    return EventSource(label=label, url=url)


PARTIES = rows_column(
    name="parties",
    label=gettext_lazy("Parties besides us"),
    model=AgreementParty,
    read=lambda item, lookups: AgreementParty(**either_read(item, lookups)),
    write=either_write,
    match=(),
    facts=EITHER,
)
STAGES = rows_column(
    name="stages",
    label=gettext_lazy("Stages"),
    model=AgreementStage,
    read=_stage_read,
    write=_stage_write,
    match=(),
    facts=("kind", "date", "precision", "reference"),
)
LINKS = rows_column(
    name="links",
    label=gettext_lazy("Other instruments"),
    model=AgreementLink,
    read=_link_read,
    write=lambda row, lookups: parts_join(row.kind, lookups.agreements.code(row.agreement_id)),
    match=(),
    facts=("kind", "agreement_id"),
)
COUNTRIES = rows_column(
    name="countries",
    label=gettext_lazy("Countries"),
    relation="country_links",
    model=EventCountryLink,
    read=lambda item, lookups: EventCountryLink(country_id=lookups.countries.get(item)),
    write=lambda row, lookups: lookups.countries.code(row.country_id),
    match=(),
    facts=("country_id",),
)
CONTINENTS = rows_column(
    name="continents",
    label=gettext_lazy("Continents"),
    relation="continent_links",
    model=EventContinentLink,
    read=lambda item, lookups: EventContinentLink(continent_id=lookups.continents.get(item)),
    write=lambda row, lookups: lookups.continents.code(row.continent_id),
    match=(),
    facts=("continent_id",),
)
ORGANISATIONS = rows_column(
    name="organisations",
    label=gettext_lazy("Organisations"),
    relation="organisation_links",
    model=EventOrganisationLink,
    read=lambda item, lookups: EventOrganisationLink(organisation_id=lookups.organisations.get(item)),
    write=lambda row, lookups: lookups.organisations.code(row.organisation_id),
    match=(),
    facts=("organisation_id",),
)
PARTICIPANTS = rows_column(
    name="participants",
    label=gettext_lazy("Who took part"),
    model=EventParticipant,
    read=_participant_read,
    write=_participant_write,
    match=(),
    facts=("person_id", *EITHER),
    texts=("name", "capacity"),
)
SOURCES = rows_column(
    name="sources",
    label=gettext_lazy("Sources"),
    model=EventSource,
    read=_source_read,
    write=lambda row, _lookups: parts_join(row.label, row.url),
    match=(),
    facts=("label", "url"),
)
