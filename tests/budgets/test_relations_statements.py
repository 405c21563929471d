"""The statements of organisations, people, timelines and agreements: the same for one of each and for many.

As in ``test_lists_and_relations``, three come before every answer, and the numbers are exact.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from missions.models import (
    MissionAppointment,
    MissionPage,
    NewsOrganisationLink,
    NewsPersonLink,
    OrganisationMember,
    OrganisationPage,
    PersonOffice,
    PersonPage,
)
from relations.models import (
    AgreementLink,
    AgreementNewsLink,
    AgreementPage,
    AgreementParty,
    AgreementStage,
    AgreementText,
    EventContinentLink,
    EventCountryLink,
    EventDocument,
    EventNewsLink,
    EventOrganisationLink,
    EventPage,
    EventParticipant,
    EventSource,
)
from tests.budgets.counting import statements
from tests.factories.content import DocumentFactory
from tests.factories.records import record_make
from tests.factories.site import SiteTree
from tests.relations_world import translated

pytestmark = pytest.mark.django_db

FRONT = 3
ENTRIES = "nodes { date dateLabel kind kindLabel title }"
# Name: the query, and its statements beyond the first three.
QUERIES: dict[str, tuple[str, int]] = {
    "organisations": ("{ organisations(locale: AR) { totalCount nodes { title acronym standingLabel } } }", 2),
    "organisations, narrowed": (
        '{ organisations(locale: AR, filter: {country: ["MX"], kind: [REGIONAL]}) { nodes { title } } }',
        2,
    ),
    "organisation": ('{ organisation(acronym: "ORG0", locale: AR) { title seatCity } }', 3),
    "organisation → members": (
        "{ organisations(locale: AR) { nodes { members { standingLabel isCurrent country { name } } } } }",
        4,
    ),
    "organisation → seat": ("{ organisations(locale: AR) { nodes { seatCountry { name } } } }", 3),
    "organisation → news": ("{ organisations(locale: AR) { nodes { news(first: 2) { nodes { title } } } } }", 3),
    "organisation → news, counted": ("{ organisations(locale: AR) { nodes { news { totalCount } } } }", 3),
    "organisation → agreements": (
        "{ organisations(locale: AR) { nodes { agreements(first: 2) { nodes { title } } } } }",
        4,
    ),
    # The entries, then facts and texts of events and of agreements.
    "organisation → timeline": (
        f"{{ organisations(locale: AR) {{ nodes {{ timeline(first: 2) {{ {ENTRIES} }} }} }} }}",
        7,
    ),
    "people": ("{ people(locale: AR) { totalCount nodes { title courtesyTitle } } }", 2),
    "people, narrowed": (
        '{ people(locale: AR, filter: {country: ["MX"], currentOffice: [MINISTER], text: "p"}) { nodes { title } } }',
        2,
    ),
    "person → offices": (
        "{ people(locale: AR) { nodes { offices { title locale country { name } organisation { title } } } } }",
        6,
    ),
    "person → posts": ("{ people(locale: AR) { nodes { posts { postLabel isCurrent mission { title } } } } }", 5),
    "person → country": ("{ people(locale: AR) { nodes { nationality { name } } } }", 3),
    # The items; whom they name, facts and texts; offices; posts, facts and texts of the missions.
    "news → people": (
        "{ news(locale: AR) { nodes { people { label isFormer person { title } post { post } } } } }",
        8,
    ),
    "news → organisations": ("{ news(locale: AR) { nodes { organisations { title } } } }", 4),
    "timeline": ("{ timeline(locale: AR) { nodes { date dateLabel kind kindLabel } } }", 1),
    "timeline, with titles": (f"{{ timeline(locale: AR) {{ {ENTRIES} }} }}", 5),
    "timeline, counted": ("{ timeline(locale: AR) { totalCount } }", 1),
    "timeline, narrowed": (
        '{ timeline(locale: AR, filter: {country: ["MX"], continent: ["019"], organisation: ["ORG0"], text: "visite", '
        'dateFrom: "2000-01-01", dateTo: "2030-01-01"}) { totalCount nodes { date } } }',
        2,
    ),
    "event → places": (
        "{ timeline(locale: AR) { nodes { event { countries { nodes { name } } organisations { title } } } } }",
        8,
    ),
    "event → continents": (
        "{ timeline(locale: AR) { nodes { event { continents { nodes { name } } } } } }",
        7,
    ),
    "event → participants": (
        "{ timeline(locale: AR) { nodes { event { participants { name capacity locale person { title } "
        "country { name } } } } } }",
        7,
    ),
    "event → agreement": ("{ timeline(locale: AR) { nodes { event { agreement { title } } } } }", 5),
    "event → news": ("{ timeline(locale: AR) { nodes { event { news { totalCount nodes { title } } } } } }", 5),
    "event → documents and sources": (
        "{ timeline(locale: AR) { nodes { event { documents { title } sources { label } } } } }",
        6,
    ),
    "country → timeline": (f"{{ countries(locale: AR) {{ nodes {{ timeline(first: 2) {{ {ENTRIES} }} }} }} }}", 6),
    "country → timeline, counted": ("{ countries(locale: AR) { nodes { timeline { totalCount } } } }", 2),
    "continent → timeline": (f"{{ continents(locale: AR) {{ nodes {{ timeline(first: 2) {{ {ENTRIES} }} }} }} }}", 6),
    "continent → timeline, counted": ("{ continents(locale: AR) { nodes { timeline { totalCount } } } }", 2),
    "agreements": ("{ agreements(locale: AR) { nodes { title place field agreementKind agreementKindLabel } } }", 2),
    "agreements, counted": ("{ agreements(locale: AR) { totalCount } }", 1),
    "agreements, by facets": (
        "{ agreements(locale: AR) { facets { kind { count } field { count } status { count } year { count } "
        "country { label count } } } }",
        2,
    ),
    "agreements, narrowed": (
        '{ agreements(locale: AR, filter: {country: ["MX"], status: [SIGNED], text: "accord", '
        'signedFrom: "2000-01-01"}) { totalCount nodes { title } facets { field { count } } } }',
        4,
    ),
    "agreement → parties": (
        "{ agreements(locale: AR) { nodes { parties { country { name } organisation { title } } } } }",
        6,
    ),
    "agreement → stages": (
        "{ agreements(locale: AR) { nodes { stages { dateLabel } agreementStatus signedOn } } }",
        3,
    ),
    "agreement → texts": ("{ agreements(locale: AR) { nodes { texts { language document { title } } } } }", 4),
    # One statement for what they do to others, one for the reverse; facts and texts of those.
    "agreement → instruments": (
        "{ agreements(locale: AR) { nodes { amends { title } replaces { title } implements { title } "
        "amendedBy { title } replacedBy { title } implementedBy { title } } } }",
        6,
    ),
    "agreement → events": ("{ agreements(locale: AR) { nodes { events { title } } } }", 5),
    "agreement → news": ("{ agreements(locale: AR) { nodes { news { totalCount nodes { title } } } } }", 4),
    "country → agreements": (
        "{ countries(locale: AR) { nodes { agreements(first: 2) { totalCount nodes { title } "
        "facets { field { count } } } } } }",
        5,
    ),
}  # fmt: skip


def fill(tree: SiteTree, number: int, *, start: int = 0) -> None:
    """One record of each sort for each number, with everything that may hang on it; one in two also in Arabic."""
    home, codes = tree.home["fr"], ("MX", "BR", "JM", "SN")
    for place in range(start, start + number):
        country = tree.country["fr", codes[place % len(codes)]]
        day = date(2010, 1, 1) + timedelta(days=place)
        organisation = record_make(
            OrganisationPage, home=home, title=f"Organisation {place}", acronym=f"ORG{place}", kind="regional",
            standing="member", founded_on=day, seat_city="Paris",
            seat_country=country, rows={"members": [OrganisationMember(country=tree.country["fr", "MX"])]},
        )  # fmt: skip
        person = record_make(
            PersonPage, home=home, title=f"Personne {place}", courtesy_title="Mme",
            nationality=tree.country["fr", "MX"],
            rows={
                "offices": [
                    PersonOffice(kind="minister", country=country),
                    PersonOffice(kind="secretary_general", organisation=organisation),
                ]
            },
        )  # fmt: skip
        record_make(
            MissionPage, home=home, title=f"Ambassade {place}", kind="embassy", host_country=country,
            rows={"appointments": [MissionAppointment(person=person, post="ambassador", starts_on=day)]},
        )  # fmt: skip
        news = tree.news(f"Visite {place}", date=day, countries=["MX"])
        NewsPersonLink.objects.create(page=news, person=person)
        NewsOrganisationLink.objects.create(page=news, organisation=organisation)
        document = DocumentFactory()
        other = AgreementPage.objects.filter(locale_code="fr").first()
        agreement = record_make(
            AgreementPage, home=home, title=f"Accord {place}", field="trade", place="Rabat",
            rows={
                "parties": [
                    AgreementParty(country=tree.country["fr", "MX"]), AgreementParty(organisation=organisation)
                ],
                "stages": [AgreementStage(kind="signed", date=day)],
                "texts": [AgreementText(language="fr", document=document)],
                "links": [
                    AgreementLink(kind=kind, agreement=other)
                    for kind in ("amends", "replaces", "implements") if other is not None
                ],
                "news_links": [AgreementNewsLink(news=news)],
            },
        )  # fmt: skip
        if other is None:
            # The first one of all has what the others have.
            AgreementLink.objects.create(page=agreement, kind="replaces", agreement=agreement)
        event = record_make(
            EventPage, home=home, title=f"Visite {place}", kind="visit", direction="incoming", starts_on=day,
            agreement=agreement,
            rows={
                "country_links": [EventCountryLink(country=tree.country["fr", "MX"])],
                "continent_links": [EventContinentLink(continent=tree.continent["fr", "002"])],
                "organisation_links": [EventOrganisationLink(organisation=organisation)],
                "participants": [EventParticipant(person=person, capacity="Ministre", country=country)],
                "news_links": [EventNewsLink(news=news)],
                "documents": [EventDocument(document=document)],
                "sources": [EventSource(label="Archives")],
            },
        )  # fmt: skip
        if place % 2:
            translated(event, tree, "ar", title=f"زيارة {place}")
            translated(agreement, tree, "ar", title=f"اتفاق {place}")


def counted() -> dict[str, int]:
    return {name: statements(query)[0] - FRONT for name, (query, _budget) in QUERIES.items()}


def empty_fields(value: Any, path: str = "") -> set[str]:
    """The fields that are empty on every object of an answer."""
    filled: dict[str, bool] = {}

    def walk(each: Any, where: str) -> None:
        if isinstance(each, dict):
            filled[where] = True
            for key, inner in each.items():
                walk(inner, f"{where}.{key}")
        elif isinstance(each, list):
            filled[where] = filled.get(where, False) or bool(each)
            for inner in each:
                walk(inner, where)
        else:
            filled[where] = filled.get(where, False) or each not in (None, "")

    walk(value, path)
    return {where for where, is_filled in filled.items() if not is_filled}


def test_statements_do_not_grow_with_records(site_tree: SiteTree) -> None:
    budgets = {name: budget for name, (_query, budget) in QUERIES.items()}
    fill(site_tree, 1)
    assert counted() == budgets
    fill(site_tree, 6, start=1)
    assert counted() == budgets
    # Each says something: nothing that was asked for is empty everywhere, but for booleans.
    empty = {name: empty_fields(statements(query)[1]) for name, (query, _budget) in QUERIES.items()}
    assert {name: found for name, found in empty.items() if found} == {}
