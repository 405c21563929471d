"""The register of agreements: its list, what hangs on each, and counts by facets."""

from datetime import date
from typing import Any

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from home.models import CustomDocument
from home.selectors.visibility import gate_open
from regions.models import CountryPage
from relations.models import AgreementPage, AgreementParty, AgreementStage
from relations.selectors.agreements import AgreementCriteria, agreement_queryset_shown
from relations.selectors.stages import agreement_stage_rows, status_of
from tests.asking import ask, codes_of, post
from tests.factories.records import record_make
from tests.factories.site import SiteTree
from tests.relations_world import RelationsWorld, relations_world_make

pytestmark = pytest.mark.django_db

TRADE, PROTOCOL = "Accord commercial avec le Mexique", "Protocole à l’accord commercial"
ASSOCIATION, TAXES = "Accord d’association", "Convention fiscale"


@pytest.fixture
def world(site_tree: SiteTree) -> RelationsWorld:
    return relations_world_make(site_tree)


def titles(arguments: str = "locale: FR") -> list[str]:
    found = ask(f"{{ agreements({arguments}) {{ totalCount nodes {{ title }} }} }}")["agreements"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["title"] for node in found["nodes"]]


def test_agreements_are_sorted_by_their_signature(world: RelationsWorld) -> None:
    assert titles() == [PROTOCOL, TRADE, ASSOCIATION, TAXES]
    assert titles("orderBy: DATE_ASC") == [TAXES, ASSOCIATION, TRADE, PROTOCOL]
    assert titles("locale: AR") == [PROTOCOL, "اتفاق تجاري مع المكسيك", ASSOCIATION, TAXES]
    assert titles("locale: AR, fallback: []") == ["اتفاق تجاري مع المكسيك"]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ("kind: [PROTOCOL, CONVENTION]", [PROTOCOL, TAXES]),
        ("field: [TRADE]", [PROTOCOL, TRADE]),
        ("field: []", []),
        ("status: [IN_FORCE]", [TRADE]),
        # In force in 2199 only.
        ("status: [SIGNED]", [PROTOCOL, ASSOCIATION]),
        ('country: ["BR"]', [PROTOCOL]),
        ('country: ["MX", "SN"]', [PROTOCOL, TRADE, TAXES]),
        ('organisation: ["caricom"]', [ASSOCIATION]),
        ('organisation: ["ONU"]', []),
        # Signed some day of 1999, and of May 1999.
        ('signedFrom: "1999-06-01", signedTo: "1999-12-31"', [ASSOCIATION]),
        ('signedFrom: "1999-05-31"', [PROTOCOL, TRADE, ASSOCIATION]),
        ('signedFrom: "2000-01-01"', [PROTOCOL]),
        ('signedFrom: "2010-06-02"', []),
        ('signedTo: "1999-05-01"', [TRADE, ASSOCIATION]),
        ('signedFrom: "1999-01-01", signedTo: "1999-12-31", kind: [AGREEMENT], field: [TRADE]', [TRADE]),
        ('text: "fiscale"', [TAXES]),
        ('text: ""', [PROTOCOL, TRADE, ASSOCIATION, TAXES]),
    ],
)
def test_conditions_narrow_the_list_and_its_facets(world: RelationsWorld, narrowed: str, expected: list[str]) -> None:
    assert titles(f"filter: {{{narrowed}}}") == expected
    query = f"{{ agreements(filter: {{{narrowed}}}) {{ facets {{ kind {{ count }} }} }} }}"
    counts = ask(query)["agreements"]["facets"]["kind"]
    assert sum(each["count"] for each in counts) == len(expected)


@pytest.mark.parametrize(
    "arguments",
    [
        'filter: {signedFrom: "2000-01-02", signedTo: "2000-01-01"}',
        'filter: {country: ["MEX"]}',
        f'filter: {{text: "{"a" * 201}"}}',
        f'filter: {{organisation: ["{"a" * 51}"]}}',
        'after: "x"',
        'before: "WyJEQVRFX0RFU0MiLCIyMDAwLTAxLTAxIiwwXQ"',
        "first: -1",
    ],
)
def test_what_cannot_be_answered_is_refused(world: RelationsWorld, arguments: str) -> None:
    assert codes_of(post({"query": f"{{ agreements({arguments}) {{ totalCount }} }}"})) == ["BAD_USER_INPUT"]


def test_parts_go_on_where_the_last_one_ended(world: RelationsWorld) -> None:
    found: list[str] = []
    after = ""
    while len(found) < 4:
        part = ask(f"{{ agreements(first: 1{after}) {{ nodes {{ title }} pageInfo {{ endCursor hasNextPage }} }} }}")
        found += [node["title"] for node in part["agreements"]["nodes"]]
        assert part["agreements"]["pageInfo"]["hasNextPage"] is (len(found) < 4)
        after = f', after: "{part["agreements"]["pageInfo"]["endCursor"]}"'
    assert found == [PROTOCOL, TRADE, ASSOCIATION, TAXES]
    last = ask("{ agreements(last: 2) { nodes { title } pageInfo { hasPreviousPage } } }")["agreements"]
    assert last == {"nodes": [{"title": ASSOCIATION}, {"title": TAXES}], "pageInfo": {"hasPreviousPage": True}}


FACETS = (
    "facets { kind { value count } field { value count } status { value count } "
    "year { value label count } country { value label count } }"
)


def test_facets_count_the_whole_list(world: RelationsWorld) -> None:
    found = ask(f"{{ agreements(locale: AR, first: 0) {{ {FACETS} }} }}")["agreements"]["facets"]
    assert found == {
        "kind": [
            {"value": "AGREEMENT", "count": 2},
            {"value": "CONVENTION", "count": 1},
            {"value": "PROTOCOL", "count": 1},
        ],
        "field": [
            {"value": "TRADE", "count": 2},
            {"value": "POLITICAL", "count": 1},
            {"value": "TAXATION", "count": 1},
        ],
        "status": [{"value": "SIGNED", "count": 2}, {"value": "IN_FORCE", "count": 1}],
        "year": [{"value": "2010", "label": "2010", "count": 1}, {"value": "1999", "label": "1999", "count": 2}],
        "country": [
            {"value": "MX", "label": "المكسيك", "count": 2},
            {"value": "BR", "label": "البرازيل", "count": 1},
            {"value": "SN", "label": "السنغال", "count": 1},
        ],
    }
    CountryPage.objects.filter(code="BR").update(live=False)
    hidden = ask("{ agreements { facets { country { value } } } }")["agreements"]["facets"]["country"]
    assert hidden == [{"value": "MX"}, {"value": "SN"}]


def test_each_place_has_its_agreements_and_their_facets(world: RelationsWorld) -> None:
    fields = (
        "agreements(first: 1) { totalCount nodes { title } pageInfo { hasNextPage } facets { field { value count } } }"
    )
    found = ask(f"{{ countries {{ nodes {{ code {fields} }} }} }}")["countries"]["nodes"]
    by_code = {node["code"]: node["agreements"] for node in found}
    assert by_code["MX"] == {
        "totalCount": 2,
        "nodes": [{"title": PROTOCOL}],
        "pageInfo": {"hasNextPage": True},
        "facets": {"field": [{"value": "TRADE", "count": 2}]},
    }
    assert by_code["SN"]["facets"] == {"field": [{"value": "TAXATION", "count": 1}]}
    assert by_code["AR"] == {
        "totalCount": 0,
        "nodes": [],
        "pageInfo": {"hasNextPage": False},
        "facets": {"field": []},
    }
    organisation = ask(f'{{ organisation(acronym: "CARICOM") {{ {fields} }} }}')["organisation"]["agreements"]
    assert (organisation["totalCount"], organisation["nodes"]) == (1, [{"title": ASSOCIATION}])


def test_instruments_are_linked_both_ways(world: RelationsWorld) -> None:
    links = "amends { title } amendedBy { title } replaces { title } replacedBy { title } implementedBy { title }"
    nodes = ask(f"{{ agreements {{ nodes {{ title {links} }} }} }}")["agreements"]["nodes"]
    empty: dict[str, list[Any]] = {
        name: [] for name in ("amends", "amendedBy", "replaces", "replacedBy", "implementedBy")
    }
    assert nodes[0] == {"title": PROTOCOL, **empty, "amends": [{"title": TRADE}]}
    assert nodes[1] == {"title": TRADE, **empty, "amendedBy": [{"title": PROTOCOL}]}
    AgreementPage.objects.filter(title=PROTOCOL).update(live=False)
    nodes = ask(f"{{ agreements {{ nodes {{ title {links} }} }} }}")["agreements"]["nodes"]
    assert nodes[0] == {"title": TRADE, **empty}


def test_a_text_whose_document_is_private_is_left_out(world: RelationsWorld) -> None:
    query = "{ agreements(filter: {field: [TRADE]}) { nodes { texts { language isAuthentic document { title } } } } }"
    shown = [
        {"language": "fr", "isAuthentic": True, "document": {"title": "Texte de l’accord"}},
        {"language": "es", "isAuthentic": False, "document": {"title": "Texte de l’accord"}},
    ]
    assert [node["texts"] for node in ask(query)["agreements"]["nodes"]] == [[], shown]
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    CustomDocument.objects.update(collection=private)
    assert [node["texts"] for node in ask(query)["agreements"]["nodes"]] == [[], []]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ([], None),
        ([("negotiated", date(2000, 1, 1))], "negotiated"),
        ([("signed", date(2000, 1, 1)), ("ratified", date(2001, 1, 1))], "ratified"),
        # Applied for the time being, and ratified later.
        ([("signed", date(2000, 1, 1)), ("in_force", date(2000, 2, 1)), ("ratified", date(2001, 1, 1))], "in_force"),
        ([("in_force", date(2000, 2, 1)), ("published", date(2001, 1, 1)), ("amended", date(2002, 1, 1))], "in_force"),
        ([("in_force", date(2000, 1, 1)), ("suspended", date(2001, 1, 1))], "suspended"),
        ([("suspended", date(2001, 1, 1)), ("in_force", date(2002, 1, 1))], "in_force"),
        ([("in_force", date(2002, 1, 1)), ("terminated", date(2001, 1, 1))], "terminated"),
        ([("signed", date(2000, 1, 1)), ("in_force", date(2199, 1, 1))], "signed"),
        ([("signed", date(2199, 1, 1))], None),
        ([("published", date(2000, 1, 1))], "published"),
    ],
)
def test_where_an_agreement_stands_follows_from_its_stages(
    site_tree: SiteTree, given: list[Any], status: str | None
) -> None:
    """In the database and of rows alike."""
    today = date(2026, 1, 1)
    page = record_make(
        AgreementPage,
        home=site_tree.home["fr"],
        title="Accord",
        field="trade",
        rows={"parties": [AgreementParty(country=site_tree.country["fr", "MX"])]},
    )
    # Some of them no form would take: the answer is one all the same.
    AgreementStage.objects.bulk_create(AgreementStage(page=page, kind=kind, date=day) for kind, day in given)
    gate = gate_open(host=("testserver", 80))
    shown = agreement_queryset_shown(gate=gate, chain=["fr"], criteria=AgreementCriteria())
    assert shown.count() == 1
    rows = agreement_stage_rows(ids=[page.pk]).get(page.pk, [])
    assert status_of(rows, today=today) == status
    expected = "null" if status is None else status.upper()
    answer = ask("{ agreements { nodes { agreementStatus } facets { status { value } } } }")["agreements"]
    assert answer["nodes"] == [{"agreementStatus": None if status is None else expected}]
    assert answer["facets"]["status"] == ([] if status is None else [{"value": expected}])
