"""The timeline: events and steps of agreements in one order, at the root and on every place."""

from datetime import date
from typing import Any

import pytest

from regions.models import CountryPage
from relations.models import AgreementPage, EventCountryLink, EventPage
from tests.asking import ask, codes_of, post
from tests.factories.records import record_make
from tests.factories.site import SiteTree
from tests.relations_world import RelationsWorld, relations_world_make

pytestmark = pytest.mark.django_db

FUTURE = ("2199-01-01", "AGREEMENT_IN_FORCE")
WITHDRAWN = ("2013-01-01", "RECOGNITION_WITHDRAWN")
PROTOCOL = ("2010-06-01", "AGREEMENT_SIGNED")
SUMMIT = ("2005-05-10", "SUMMIT")
TOUR = ("2004-11-01", "VISIT")
IN_FORCE = ("2001-01-15", "AGREEMENT_IN_FORCE")
TRADE = ("1999-05-01", "AGREEMENT_SIGNED")
ASSOCIATION = ("1999-01-01", "AGREEMENT_SIGNED")
ALL = [FUTURE, WITHDRAWN, PROTOCOL, SUMMIT, TOUR, IN_FORCE, TRADE, ASSOCIATION]


@pytest.fixture
def world(site_tree: SiteTree) -> RelationsWorld:
    return relations_world_make(site_tree)


def entries(arguments: str = "locale: FR") -> list[tuple[str, str]]:
    found = ask(f"{{ timeline({arguments}) {{ totalCount nodes {{ date kind }} }} }}")["timeline"]
    if "first" not in arguments and "last" not in arguments:
        assert found["totalCount"] == len(found["nodes"])
    return [(node["date"], node["kind"]) for node in found["nodes"]]


def test_events_and_steps_of_agreements_stand_in_one_order(world: RelationsWorld) -> None:
    assert entries() == ALL
    assert entries("orderBy: DATE_ASC") == ALL[::-1]
    assert entries("locale: AR") == ALL
    # Of the two that are translated.
    assert entries("locale: AR, fallback: []") == [TOUR, IN_FORCE, TRADE]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ("kind: [SUMMIT, AGREEMENT_SIGNED]", [PROTOCOL, SUMMIT, TRADE, ASSOCIATION]),
        ("kind: [VISIT]", [TOUR]),
        ("kind: []", []),
        ("direction: [OUTGOING]", [TOUR]),
        ("direction: [INCOMING]", []),
        ('country: ["MX"]', [PROTOCOL, TOUR, IN_FORCE, TRADE]),
        ('country: ["mx", "JM"]', [WITHDRAWN, PROTOCOL, TOUR, IN_FORCE, TRADE]),
        ('country: ["ZZ"]', []),
        ('continent: ["019"]', [WITHDRAWN, PROTOCOL, SUMMIT, TOUR, IN_FORCE, TRADE]),
        ('continent: ["002"]', []),
        ('organisation: ["onu"]', [SUMMIT]),
        ('organisation: ["CARICOM"]', [FUTURE, ASSOCIATION]),
        ('organisation: ["ONU"], country: ["BR"]', [SUMMIT]),
        ('organisation: ["ONU"], country: ["MX"]', []),
        ('text: "tournée"', [TOUR]),
        ('text: "accord commercial"', [PROTOCOL, IN_FORCE, TRADE]),
        ('text: " "', ALL),
        # What lasted, or is known to the year alone, is within every day of it.
        ('dateFrom: "2004-12-15", dateTo: "2004-12-20"', [TOUR]),
        ('dateFrom: "2013-08-01", dateTo: "2013-08-01"', [WITHDRAWN]),
        ('dateFrom: "2005-05-11", dateTo: "2005-05-11"', [SUMMIT]),
        ('dateFrom: "2005-05-12", dateTo: "2010-05-31"', []),
        ('dateTo: "1999-05-31"', [TRADE, ASSOCIATION]),
        ('dateFrom: "2010-06-01"', [FUTURE, WITHDRAWN, PROTOCOL]),
    ],
)
def test_conditions_narrow_it(world: RelationsWorld, narrowed: str, expected: list[Any]) -> None:
    assert entries(f"filter: {{{narrowed}}}") == expected


def test_people_narrow_it_by_their_ids(world: RelationsWorld) -> None:
    people = ask("{ people { nodes { id title } } }")["people"]["nodes"]
    ids = {node["title"]: node["id"] for node in people}
    assert entries(f'filter: {{person: ["{ids["Amina Alaoui"]}"]}}') == [TOUR]
    assert entries(f'filter: {{person: ["{ids["Omar Benali"]}"]}}') == []
    world.person["minister"].unpublish()
    assert entries(f'filter: {{person: ["{ids["Amina Alaoui"]}"]}}') == []


@pytest.mark.parametrize("order", ["DATE_DESC", "DATE_ASC"])
def test_parts_go_on_where_the_last_one_ended_in_both_directions(
    site_tree: SiteTree, world: RelationsWorld, order: str
) -> None:
    # Three events and a signature on one day.
    for number in range(3):
        record_make(
            EventPage,
            home=site_tree.home["fr"],
            title=f"Sommet {number}",
            kind="summit",
            starts_on=date(2010, 6, 1),
            rows={"country_links": [EventCountryLink(country=site_tree.country["fr", "US"])]},
        )
    fields = "edges { cursor node { title kind } } pageInfo { hasNextPage hasPreviousPage }"
    whole = ask(f"{{ timeline(orderBy: {order}) {{ {fields} }} }}")["timeline"]["edges"]
    assert len(whole) == 11
    for size in (1, 2, 4):
        forwards: list[Any] = []
        after = ""
        while len(forwards) < 11:
            found = ask(f"{{ timeline(orderBy: {order}, first: {size}{after}) {{ {fields} }} }}")["timeline"]
            forwards += found["edges"]
            assert found["pageInfo"]["hasNextPage"] is (len(forwards) < 11)
            after = f', after: "{found["edges"][-1]["cursor"]}"'
        assert forwards == whole
        backwards: list[Any] = []
        before = ""
        while len(backwards) < 11:
            found = ask(f"{{ timeline(orderBy: {order}, last: {size}{before}) {{ {fields} }} }}")["timeline"]
            backwards = found["edges"] + backwards
            assert found["pageInfo"]["hasPreviousPage"] is (len(backwards) < 11)
            before = f', before: "{found["edges"][0]["cursor"]}"'
        assert backwards == whole


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ('after: "x"', ["BAD_USER_INPUT"]),
        # A cursor of the other order, and those whose parts nothing has.
        ('after: "WyJEQVRFX0FTQyIsIjIwMDAtMDEtMDEiLDAsMV0"', ["BAD_USER_INPUT"]),
        ('after: "WyJEQVRFX0RFU0MiLCIyMDAwLTAxLTAxIiw3LDFd"', ["BAD_USER_INPUT"]),
        ('after: "WyJEQVRFX0RFU0MiLCIyMDAwLTEzLTAxIiwwLDFd"', ["BAD_USER_INPUT"]),
        ('filter: {dateFrom: "2005-01-02", dateTo: "2005-01-01"}', ["BAD_USER_INPUT"]),
        ('filter: {country: ["MEX"]}', ["BAD_USER_INPUT"]),
        ('filter: {continent: ["19"]}', ["BAD_USER_INPUT"]),
        ('filter: {organisation: [""]}', ["BAD_USER_INPUT"]),
        ('filter: {person: ["x"]}', ["BAD_USER_INPUT"]),
        ("first: 1, last: 1", ["BAD_USER_INPUT"]),
    ],
)
def test_what_cannot_be_answered_is_refused(world: RelationsWorld, arguments: str, codes: list[str]) -> None:
    assert codes_of(post({"query": f"{{ timeline({arguments}) {{ totalCount }} }}"})) == codes


def test_an_id_of_something_else_is_no_person(world: RelationsWorld) -> None:
    country = ask('{ country(code: "MX") { id } }')["country"]["id"]
    query = f'{{ timeline(filter: {{person: ["{country}"]}}) {{ totalCount }} }}'
    assert codes_of(post({"query": query})) == ["BAD_USER_INPUT"]


def of_places(
    root: str, arguments: str = "first: 100", fields: str = "totalCount nodes { date kind }"
) -> dict[str, Any]:
    found = ask(f"{{ {root} {{ nodes {{ title timeline({arguments}) {{ {fields} }} }} }} }}")
    return {node["title"]: node["timeline"] for node in found[root]["nodes"]}


def test_each_place_has_what_is_about_it(world: RelationsWorld) -> None:
    def told(found: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
        assert all(part["totalCount"] == len(part["nodes"]) for part in found.values())
        return {
            title: [(node["date"], node["kind"]) for node in part["nodes"]]
            for title, part in found.items()
            if part["nodes"]
        }

    assert told(of_places("countries")) == {
        "Brésil": [PROTOCOL, SUMMIT, TOUR],
        "Jamaïque": [WITHDRAWN],
        "Mexique": [PROTOCOL, TOUR, IN_FORCE, TRADE],
    }
    assert told(of_places("continents")) == {"Amérique": [WITHDRAWN, PROTOCOL, SUMMIT, TOUR, IN_FORCE, TRADE]}
    assert told(of_places("organisations")) == {
        "Communauté caribéenne": [FUTURE, ASSOCIATION],
        "Organisation des Nations unies": [SUMMIT],
    }
    only = of_places("countries", "filter: {kind: [VISIT]}, orderBy: DATE_ASC")
    assert told(only) == {"Brésil": [TOUR], "Mexique": [TOUR]}


def test_parts_of_many_places_are_cut_alike(world: RelationsWorld) -> None:
    fields = "nodes { date } edges { cursor } pageInfo { hasNextPage hasPreviousPage }"
    first = of_places("countries", "first: 2", fields)
    assert [node["date"] for node in first["Mexique"]["nodes"]] == [PROTOCOL[0], TOUR[0]]
    assert [first[name]["pageInfo"]["hasNextPage"] for name in ("Mexique", "Brésil", "Jamaïque")] == [True, True, False]
    after = first["Mexique"]["edges"][-1]["cursor"]
    second = of_places("countries", f'first: 2, after: "{after}"', fields)
    assert [node["date"] for node in second["Mexique"]["nodes"]] == [IN_FORCE[0], TRADE[0]]
    last = of_places("countries", "last: 1", fields)
    assert [node["date"] for node in last["Mexique"]["nodes"]] == [TRADE[0]]
    assert last["Mexique"]["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True}


def test_what_is_hidden_stands_nowhere(world: RelationsWorld) -> None:
    EventPage.objects.filter(title="Sommet de Brasilia").update(live=False)
    AgreementPage.objects.filter(title="Accord commercial avec le Mexique").update(live=False)
    left = [FUTURE, WITHDRAWN, PROTOCOL, TOUR, ASSOCIATION]
    assert entries() == left
    # The French page of the agreement has its facts: without it there is nothing in Arabic either.
    assert entries("locale: AR") == left
    assert of_places("organisations")["Organisation des Nations unies"]["totalCount"] == 0
    CountryPage.objects.filter(code="JM").update(live=False)
    assert entries('filter: {country: ["JM"]}') == []
    assert entries() == left
    countries = ask("{ timeline { nodes { kind event { countries { nodes { code } } } } } }")["timeline"]["nodes"]
    assert countries[1] == {"kind": "RECOGNITION_WITHDRAWN", "event": {"countries": {"nodes": []}}}


def test_days_are_in_words_of_the_reader(world: RelationsWorld) -> None:
    def labels(locale: str) -> list[str]:
        found = ask(
            f'{{ timeline(locale: {locale}, filter: {{country: "BR"}}) '
            "{ nodes { dateLabel event { dateLabel } } } }"
        )
        nodes = found["timeline"]["nodes"]
        assert all(node["event"] is None or node["event"]["dateLabel"] == node["dateLabel"] for node in nodes)
        return [node["dateLabel"].replace("\u2009", " ") for node in nodes]

    assert labels("FR") == ["1 juin 2010", "10–11 mai 2005", "novembre – décembre 2004"]
    assert labels("AR") == ["1 يونيو 2010", "10–11 مايو 2005", "نوفمبر – ديسمبر 2004"]
    assert labels("ES") == ["1 de junio de 2010", "10–11 de mayo de 2005", "noviembre–diciembre de 2004"]
