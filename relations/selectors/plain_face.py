"""What the plain HTML pages show of events and agreements."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Locale, Page

from home.models import CustomDocument
from home.selectors.media import document_rows_public
from home.selectors.record_face import (
    ShownRecord,
    record_list_of_locale,
    records_by_ids,
    records_of_sources,
    rows_in_language,
)
from home.selectors.today import today_of
from home.selectors.visibility import Gate
from missions.models import OrganisationPage, PersonPage
from regions.models import ContinentPage, CountryPage
from regions.selectors.plain_face import (
    continent_list_shown_by_id,
    country_list_shown_by_id,
    news_list_shown_by_id,
)
from relations.models import (
    AgreementLink,
    AgreementPage,
    AgreementParty,
    AgreementStage,
    EventContinentLink,
    EventCountryLink,
    EventOrganisationLink,
    EventPage,
    EventParticipant,
)
from relations.selectors.stages import status_subquery

# How much of a timeline or of a register stands on the page of a place.
LIST_LIMIT = 20


def event_list(*, locale: Locale, gate: Gate) -> QuerySet[Any]:
    """Source pages of all events, newest first."""
    return record_list_of_locale(model=EventPage, locale=locale, gate=gate).order_by("-starts_on", "-pk")


def agreement_list(*, locale: Locale, gate: Gate) -> QuerySet[Any]:
    """Source pages of the register, the last signed first; what is not signed yet comes before."""
    signed = AgreementStage.objects.filter(page=OuterRef("pk"), kind="signed").order_by("date")
    queryset = record_list_of_locale(model=AgreementPage, locale=locale, gate=gate).annotate(
        signed_on=Subquery(signed.values("date")[:1]),
        signed_precision=Subquery(signed.values("precision")[:1]),
        status=status_subquery(today=today_of(gate)),
    )
    return queryset.order_by(F("signed_on").desc(nulls_first=True), "-pk")


def agreements_shown(*, sources: Iterable[Any], locale: Locale, gate: Gate) -> list[dict[str, Any]]:
    """``{"record", "stage"}`` of rows of ``agreement_list``: ``stage`` names where each stands today."""
    names = dict(AgreementStage._meta.get_field("kind").flatchoices)
    shown = records_of_sources(sources=sources, locale=locale, gate=gate)
    return [{"record": record, "stage": names.get(record.facts.status, "")} for record in shown]


def timeline_of_country(*, page: CountryPage, gate: Gate) -> list[ShownRecord]:
    """The latest events that name the country."""
    links = EventCountryLink.objects.filter(country__translation_key=page.translation_key)
    return _timeline(links, page=page, gate=gate)


def timeline_of_continent(*, page: ContinentPage, gate: Gate) -> list[ShownRecord]:
    """The latest events of the continent: those that name it, or a country on it."""
    own = EventContinentLink.objects.filter(continent__translation_key=page.translation_key)
    members = CountryPage.objects.child_of(page).values("translation_key")
    of_countries = EventCountryLink.objects.filter(country__translation_key__in=members)
    return _timeline(own, of_countries, page=page, gate=gate)


def timeline_of_organisation(*, page: OrganisationPage, gate: Gate) -> list[ShownRecord]:
    """The latest events that name the organisation."""
    links = EventOrganisationLink.objects.filter(organisation__translation_key=page.translation_key)
    return _timeline(links, page=page, gate=gate)


def timeline_of_person(*, page: PersonPage, gate: Gate) -> list[ShownRecord]:
    """The latest events that the person took part in."""
    rows = EventParticipant.objects.filter(person__translation_key=page.translation_key)
    return _timeline(rows, page=page, gate=gate)


def _timeline(*links: QuerySet[Any], page: Page, gate: Gate) -> list[ShownRecord]:
    named = Q(pk__in=[])
    for rows in links:
        named |= Q(pk__in=rows.values("page_id"))
    sources = event_list(locale=page.locale, gate=gate).filter(named)[:LIST_LIMIT]
    return records_of_sources(sources=sources, locale=page.locale, gate=gate)


def agreements_of_country(*, page: CountryPage, gate: Gate) -> list[dict[str, Any]]:
    """The agreements that the country is a party to, the last signed first."""
    return _agreements(AgreementParty.objects.filter(country__translation_key=page.translation_key), page, gate)


def agreements_of_organisation(*, page: OrganisationPage, gate: Gate) -> list[dict[str, Any]]:
    """The agreements that the organisation is a party to, the last signed first."""
    return _agreements(AgreementParty.objects.filter(organisation__translation_key=page.translation_key), page, gate)


def _agreements(parties: QuerySet[Any], page: Page, gate: Gate) -> list[dict[str, Any]]:
    listed = agreement_list(locale=page.locale, gate=gate).filter(pk__in=parties.values("page_id"))[:LIST_LIMIT]
    return agreements_shown(sources=listed, locale=page.locale, gate=gate)


def event_face(*, event: EventPage, facts: EventPage, gate: Gate) -> dict[str, Any]:
    """Everything about one event, in a number of statements that does not depend on its rows."""
    locale = event.locale
    participants = rows_in_language(own=event.participants.all(), facts=facts.participants.all())
    links = [row.country_id for row in facts.country_links.all()]
    organisation_links = [row.organisation_id for row in facts.organisation_links.all()]
    countries = country_list_shown_by_id(
        ids=[*links, *(row.country_id for row, _text in participants)], locale=locale, gate=gate
    )
    organisations = records_by_ids(
        model=OrganisationPage,
        ids=[*organisation_links, *(row.organisation_id for row, _text in participants)],
        locale=locale,
        gate=gate,
    )
    people = records_by_ids(
        model=PersonPage, ids=[row.person_id for row, _text in participants], locale=locale, gate=gate
    )
    continent_ids = [row.continent_id for row in facts.continent_links.all()]
    continents = continent_list_shown_by_id(ids=continent_ids, locale=locale, gate=gate)
    agreements = records_by_ids(model=AgreementPage, ids=[facts.agreement_id], locale=locale, gate=gate)
    news_ids = [row.news_id for row in facts.news_links.all()]
    return {
        "countries": [countries[pk] for pk in links if pk in countries],
        "continents": [continents[pk] for pk in continent_ids if pk in continents],
        "organisations": [organisations[pk] for pk in organisation_links if pk in organisations],
        "participants": [
            {
                "person": people.get(row.person_id or 0),
                "name": text.name or row.name,
                "capacity": text.capacity or row.capacity,
                "country": countries.get(row.country_id or 0),
                "organisation": organisations.get(row.organisation_id or 0),
            }
            for row, text in participants
            # Somebody whose entry is hidden is not named.
            if row.person_id in people or text.name or row.name
        ],
        "agreement": agreements.get(facts.agreement_id or 0),
        "news": news_list_shown_by_id(ids=news_ids, locale=locale, gate=gate),
        "documents": _documents(row.document for row in facts.documents.select_related("document")),
        "sources": list(facts.sources.all()),
    }


def agreement_face(*, agreement: AgreementPage, facts: AgreementPage, gate: Gate) -> dict[str, Any]:
    """Everything about one agreement, in a number of statements that does not depend on its rows."""
    locale = agreement.locale
    parties = list(facts.parties.all())
    countries = country_list_shown_by_id(ids=[row.country_id for row in parties], locale=locale, gate=gate)
    organisations = records_by_ids(
        model=OrganisationPage, ids=[row.organisation_id for row in parties], locale=locale, gate=gate
    )
    links = list(facts.links.all())
    back = list(AgreementLink.objects.filter(agreement__translation_key=facts.translation_key))
    others = records_by_ids(
        model=AgreementPage,
        ids=[*(row.agreement_id for row in links), *(row.page_id for row in back)],
        locale=locale,
        gate=gate,
    )
    events = event_list(locale=locale, gate=gate).filter(agreement__translation_key=facts.translation_key)
    texts = list(facts.texts.select_related("document"))
    public = {document.pk for document in _documents(row.document for row in texts)}
    return {
        "parties": [
            {"country": countries.get(row.country_id or 0), "organisation": organisations.get(row.organisation_id or 0)}
            for row in parties
            if row.country_id in countries or row.organisation_id in organisations
        ],
        "stages": sorted(facts.stages.all(), key=lambda row: (row.date, row.sort_order or 0)),
        "texts": [row for row in texts if row.document_id in public],
        "links": [
            {"kind": row.get_kind_display(), "record": others[row.agreement_id]}
            for row in links
            if row.agreement_id in others
        ],
        "linked_from": [
            {"kind": row.get_kind_display(), "record": others[row.page_id]} for row in back if row.page_id in others
        ],
        "events": records_of_sources(sources=events[:LIST_LIMIT], locale=locale, gate=gate),
        "news": news_list_shown_by_id(ids=[row.news_id for row in facts.news_links.all()], locale=locale, gate=gate),
    }


def _documents(documents: Iterable[CustomDocument]) -> list[CustomDocument]:
    found = list(documents)
    public = document_rows_public(ids=[document.pk for document in found]) if found else {}
    return [document for document in found if document.pk in public]
