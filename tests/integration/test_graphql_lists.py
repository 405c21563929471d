"""Connections: pages of lists, cursors, filters and orders."""

from datetime import date, timedelta
from typing import Any

import pytest

from regions.models import CountryPage
from tests.asking import ask, codes_of, post
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

FIELDS = """
    nodes { title } edges { cursor node { title } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
"""


def titles(connection: dict[str, Any]) -> list[str]:
    nodes = [node["title"] for node in connection["nodes"]]
    assert [edge["node"]["title"] for edge in connection["edges"]] == nodes
    info = connection["pageInfo"]
    ends = (connection["edges"][0]["cursor"], connection["edges"][-1]["cursor"]) if nodes else (None, None)
    assert (info["startCursor"], info["endCursor"]) == ends
    return nodes


def walk(field: str, arguments: str, *, size: int, backwards: bool) -> tuple[list[str], list[bool]]:
    """All titles, read page by page in one direction, and what each page said of further ones."""
    found: list[str] = []
    further: list[bool] = []
    count, cursor, end, more = (
        ("last", "before", "startCursor", "hasPreviousPage")
        if backwards
        else ("first", "after", "endCursor", "hasNextPage")
    )
    place: str | None = None
    while True:
        query = f"query ($place: String) {{ {field}({count}: {size}, {cursor}: $place{arguments}) {{ {FIELDS} }} }}"
        connection = ask(query, {"place": place})[field]
        page = titles(connection)
        found = page + found if backwards else found + page
        further.append(connection["pageInfo"][more])
        if not connection["pageInfo"][more]:
            return found, further
        place = connection["pageInfo"][end]


def make_news(tree: SiteTree, number: int, **fields: Any) -> None:
    """Items N0, N1 … of which every two share a day."""
    for place in range(number):
        tree.news(f"N{place}", date=date(2026, 1, 1) + timedelta(days=place // 2), **fields)


@pytest.mark.parametrize("order", ["DATE_DESC", "DATE_ASC"])
@pytest.mark.parametrize("backwards", [False, True])
def test_pages_of_news_join_without_gap_or_overlap(site_tree: SiteTree, order: str, backwards: bool) -> None:
    make_news(site_tree, 7, countries=["MX"])
    expected = [f"N{place}" for place in range(7)]
    if order == "DATE_DESC":
        expected.reverse()
    found, further = walk("news", f", orderBy: {order}", size=3, backwards=backwards)
    assert found == expected
    assert further == [True, True, False]


def test_pages_of_a_country_s_and_a_continent_s_news(site_tree: SiteTree) -> None:
    make_news(site_tree, 3, countries=["MX", "BR"], continents=["019"])
    query = """query ($country: String, $continent: String) {
      country(code: "MX") {
        news(first: 2, after: $country) { totalCount nodes { title } pageInfo { hasNextPage endCursor } }
      }
      continent(code: "019") {
        news(first: 2, after: $continent) { totalCount nodes { title } pageInfo { hasNextPage endCursor } }
        last: news(last: 1) { nodes { title } pageInfo { hasPreviousPage } }
      }
    }"""
    first = ask(query)
    for root in ("country", "continent"):
        assert first[root]["news"]["totalCount"] == 3
        assert first[root]["news"]["nodes"] == [{"title": "N2"}, {"title": "N1"}]
        assert first[root]["news"]["pageInfo"]["hasNextPage"] is True
    assert first["continent"]["last"] == {"nodes": [{"title": "N0"}], "pageInfo": {"hasPreviousPage": True}}
    cursors = {root: first[root]["news"]["pageInfo"]["endCursor"] for root in ("country", "continent")}
    second = ask(query, cursors)
    for root in ("country", "continent"):
        assert second[root]["news"]["nodes"] == [{"title": "N0"}]
        assert second[root]["news"]["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize("backwards", [False, True])
def test_pages_of_countries_join_in_the_reader_s_order(site_tree: SiteTree, backwards: bool) -> None:
    french = ["Argentine", "Brésil", "Cuba", "États-Unis", "Jamaïque", "Maroc", "Mexique", "Sénégal"]
    found, further = walk("countries", "", size=3, backwards=backwards)
    assert found == french
    assert further == [True, True, False]
    assert walk("countries", ", orderBy: NAME_DESC", size=3, backwards=backwards)[0] == french[::-1]


def test_other_orders_of_countries(site_tree: SiteTree) -> None:
    query = "{ a: countries(orderBy: CODE_ASC) { nodes { code } } d: countries(orderBy: CODE_DESC) { nodes { code } } }"
    answer = ask(query)
    codes = ["AR", "BR", "CU", "JM", "MA", "MX", "SN", "US"]
    assert [node["code"] for node in answer["a"]["nodes"]] == codes
    assert [node["code"] for node in answer["d"]["nodes"]] == codes[::-1]
    arabic = ask("{ countries(locale: AR) { nodes { name } } }")["countries"]["nodes"]
    assert [node["name"] for node in arabic][:2] == ["الأرجنتين", "البرازيل"]


def test_a_list_without_arguments_has_twenty_and_zero_has_none(site_tree: SiteTree) -> None:
    make_news(site_tree, 21)
    answer = ask(f"{{ news {{ {FIELDS} }} none: news(first: 0) {{ {FIELDS} }} nothing: news(last: 0) {{ {FIELDS} }} }}")
    assert len(titles(answer["news"])) == 20
    assert answer["news"]["totalCount"] == 21
    assert answer["news"]["pageInfo"]["hasNextPage"] is True
    for name in ("none", "nothing"):
        assert titles(answer[name]) == []
        assert answer[name]["totalCount"] == 21


FILTERS: list[tuple[str, list[str]]] = [
    ("{}", ["D", "C", "B", "A"]),
    ('{kind: "visit"}', ["A"]),
    ('{kind: ["visit", "agreement"]}', ["B", "A"]),
    ('{kind: "nothing-like-it"}', []),
    ("{kind: []}", []),
    ('{country: "MX"}', ["B", "A"]),
    ('{country: ["mx", "SN"]}', ["C", "B", "A"]),
    ('{continent: "019"}', ["D", "B", "A"]),
    ('{continent: "002"}', ["C"]),
    ('{dateFrom: "2026-02-01"}', ["D", "C", "B"]),
    ('{dateTo: "2026-02-01"}', ["B", "A"]),
    ('{dateFrom: "2026-02-01", dateTo: "2026-02-01"}', ["B"]),
    ("{featured: true}", ["C"]),
    ("{featured: false}", ["D", "B", "A"]),
    ('{text: "sommet"}', ["B"]),
    ('{text: "sommet nulle"}', []),
    ('{text: "\\"*()"}', []),
    ('{text: ""}', ["D", "C", "B", "A"]),
    ('{text: "  "}', ["D", "C", "B", "A"]),
    ('{country: "MX", continent: "019", kind: "visit", featured: false, text: "tournée"}', ["A"]),
]


@pytest.mark.parametrize("field", ["countries", "continents", "news"])
def test_an_order_that_is_null_is_the_default_order(site_tree: SiteTree, field: str) -> None:
    site_tree.news("A", date=date(2026, 1, 1))
    site_tree.news("B", date=date(2026, 2, 1))
    selection = "{ edges { cursor node { title } } pageInfo { endCursor } }"
    answer = ask(f"{{ omitted: {field} {selection} null: {field}(orderBy: null) {selection} }}")
    assert len(answer["omitted"]["edges"]) >= 2
    assert answer["null"] == answer["omitted"]


def test_an_order_that_is_null_below_a_page(site_tree: SiteTree) -> None:
    site_tree.news("A", countries=["SN", "BR"])
    query = """query ($order: CountryOrder) {
      continents { nodes { countries(orderBy: $order) { edges { cursor node { code } } } } }
      news { nodes { countries(orderBy: $order) { nodes { code } } } }
    }"""
    answer = ask(query, {"order": None})
    assert answer["continents"] == ask(query, {"order": "NAME_ASC"})["continents"]
    # The editors' order.
    assert answer["news"]["nodes"] == [{"countries": {"nodes": [{"code": "SN"}, {"code": "BR"}]}}]


def test_news_of_a_continent_and_news_filtered_by_it_are_the_same(site_tree: SiteTree) -> None:
    site_tree.news("A", countries=["MX"])
    site_tree.news("B", countries=["BR"])
    # Mexico is left in Spanish alone, which an Arabic reader is never shown.
    CountryPage.objects.filter(code="MX", locale_code__in=["fr", "ar"]).update(live=False)
    query = """{
      continent(code: "019", locale: AR) { news { totalCount nodes { title } } }
      news(locale: AR, filter: {continent: "019"}) { totalCount nodes { title } }
    }"""
    answer = ask(query)
    assert answer["continent"]["news"] == answer["news"] == {"totalCount": 1, "nodes": [{"title": "B"}]}


def test_filters_of_news(site_tree: SiteTree) -> None:
    site_tree.news("A", kind="visit", countries=["MX"], date=date(2026, 1, 1), introduction="Une tournée.")
    site_tree.news("B", kind="agreement", countries=["MX", "BR"], date=date(2026, 2, 1), introduction="Un sommet.")
    site_tree.news("C", countries=["SN"], featured=True, date=date(2026, 3, 1))
    site_tree.news("D", continents=["019"], date=date(2026, 4, 1))
    for criteria, expected in FILTERS:
        answer = ask(f"{{ news(filter: {criteria}) {{ totalCount nodes {{ title }} }} }}")["news"]
        assert [node["title"] for node in answer["nodes"]] == expected, criteria
        assert answer["totalCount"] == len(expected), criteria


def test_filters_of_countries_and_continents(site_tree: SiteTree) -> None:
    query = """query ($filter: CountryFilter) { countries(filter: $filter) { totalCount nodes { code } } }"""
    for criteria, codes in [
        ({"code": ["mx", "SN"]}, ["MX", "SN"]),
        ({"continent": "002"}, ["MA", "SN"]),
        ({"continent": []}, []),
        ({"subregion": "029"}, ["CU", "JM"]),
        ({"subregion": "419"}, ["AR", "BR", "CU", "JM", "MX"]),
        ({"status": "TERRITORY"}, []),
        ({"text": "etats"}, ["US"]),
        ({"text": "É"}, ["AR", "BR", "US", "JM", "MA", "MX", "SN"]),
        ({"code": "MX", "continent": "002"}, []),
    ]:
        found = ask(query, {"filter": criteria})["countries"]
        if criteria != {"text": "É"}:  # formal names have an é as well
            assert [node["code"] for node in found["nodes"]] == codes, criteria
        assert found["totalCount"] == len(found["nodes"])
    continents = ask('{ continents(filter: {code: "019"}) { totalCount nodes { name } } }')["continents"]
    assert continents == {"totalCount": 1, "nodes": [{"name": "Amérique"}]}


def test_what_an_item_is_about(site_tree: SiteTree) -> None:
    site_tree.news("Tournée", countries=["SN", "BR"], continents=["019"])
    answer = ask("""{ news(locale: AR) { nodes {
      kind { slug name } countries { totalCount nodes { code name } }
      sorted: countries(orderBy: CODE_ASC) { nodes { code } }
      continents { totalCount nodes { code } }
    } } }""")["news"]["nodes"][0]
    assert answer == {
        "kind": {"slug": "meeting", "name": "مباحثات"},
        "countries": {
            "totalCount": 2,
            "nodes": [{"code": "SN", "name": "السنغال"}, {"code": "BR", "name": "البرازيل"}],
        },
        "sorted": {"nodes": [{"code": "BR"}, {"code": "SN"}]},
        "continents": {"totalCount": 2, "nodes": [{"code": "019"}, {"code": "002"}]},
    }


BAD = [
    "news(first: -1)",
    "news(first: 101)",
    "news(first: 100000)",
    "news(last: -1)",
    "news(first: 1, last: 1)",
    'news(after: "")',
    'news(after: "x")',
    'news(before: "é")',
    'news(filter: {dateFrom: "2026-02-02", dateTo: "2026-02-01"})',
    'news(filter: {country: "MEX"})',
    'news(filter: {continent: "19"})',
    'news(filter: {kind: "a b"})',
    "countries(first: -1)",
    'countries(after: "WyJOQU1FX0FTQyJd")',
    "continents(first: 1, last: 0)",
    'continents(filter: {code: "Europe"})',
    'search(query: "x", first: 1000)',
    'search(query: "x", after: "WyJSRUxFVkFOQ0UiLDEwMDAwMF0")',
    'search(query: "")',
]


def test_what_cannot_be_answered_is_refused_and_leaves_its_siblings_answered(site_tree: SiteTree) -> None:
    locales = [{"isDefault": True}, {"isDefault": False}, {"isDefault": False}]
    for field in BAD:
        response = post({"query": f"{{ field: {field} {{ totalCount nodes {{ id }} }} locales {{ isDefault }} }}"})
        assert codes_of(response) == ["BAD_USER_INPUT"], field
        assert response.json()["data"] == {"field": None, "locales": locales}, field


def test_a_cursor_belongs_to_its_order(site_tree: SiteTree) -> None:
    site_tree.news("A")
    cursor = ask("{ news { pageInfo { endCursor } } }")["news"]["pageInfo"]["endCursor"]
    for field in ("news(orderBy: DATE_ASC", "countries("):
        query = f'{{ field: {field} after: "{cursor}") {{ totalCount nodes {{ id }} }} }}'
        assert codes_of(post({"query": query})) == ["BAD_USER_INPUT"]


def test_codes_unknown_and_malformed(site_tree: SiteTree) -> None:
    for field, code in [
        ('country(code: "ZZ")', "NOT_FOUND"),
        ('country(code: "FR")', "NOT_FOUND"),
        ('country(code: "M")', "BAD_USER_INPUT"),
        ('country(code: "M%")', "BAD_USER_INPUT"),
        ('continent(code: "150")', "NOT_FOUND"),
        ('continent(code: "19")', "BAD_USER_INPUT"),
    ]:
        response = post({"query": f"{{ field: {field} {{ id }} }}"})
        assert codes_of(response) == [code], field
        assert response.json()["data"] == {"field": None}, field


def test_an_unknown_language_is_refused(site_tree: SiteTree) -> None:
    assert codes_of(post({"query": "{ home(locale: DE) { id } }"})) == ["GRAPHQL_VALIDATION_FAILED"]
    query = "query ($locale: LocaleCode) { home(locale: $locale) { id } }"
    assert codes_of(post({"query": query, "variables": {"locale": "DE"}})) == ["BAD_USER_INPUT"]
