"""Search: what is found, in which language, and input that search engines would take for commands."""

import pytest

from tests.asking import ask
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

SEARCH = """
    query ($query: String!, $locale: LocaleCode, $types: [SearchType!], $first: Int, $after: String) {
      search(query: $query, locale: $locale, types: $types, first: $first, after: $after) {
        totalCount nodes { __typename title locale } pageInfo { hasNextPage endCursor }
      }
    }
"""


def found(query: str, **variables: object) -> list[tuple[str, str, str]]:
    answer = ask(SEARCH, {"query": query, **variables})["search"]
    assert answer["totalCount"] == len(answer["nodes"])
    return sorted((node["__typename"], node["title"], node["locale"]) for node in answer["nodes"])


def test_search(site_tree: SiteTree) -> None:
    source = site_tree.news("Sommet de Brasilia", introduction="Une déclaration commune.")
    site_tree.news("قمة برازيليا", locale="ar", slug="sommet-de-brasilia", translation_key=source.translation_key)
    site_tree.news("Aide humanitaire")
    french = ("NewsItem", "Sommet de Brasilia", "FR")

    assert found("sommet") == found("SOMMET Brasilia") == [french]
    assert found("sommet", locale="ES") == [french]
    assert found("sommet humanitaire") == []
    assert found("Mexique") == [("Country", "Mexique", "FR")]
    assert found("Mexique", types=["NEWS_ITEM"]) == []
    # An Arabic reader is shown the translation, so the French words are not what is searched.
    assert found("sommet", locale="AR") == []
    assert found("برازيليا", locale="AR") == [("NewsItem", "قمة برازيليا", "AR")]
    for hostile in ('"', "*", "AND", "a OR", "NEAR(", "%", "'; DROP", "\\", "(" * 50, "-", ":", "x" * 200):
        assert found(hostile) == [], hostile


def test_arabic_words_are_found_with_vowel_signs_and_stretched(site_tree: SiteTree) -> None:
    site_tree.news("محمد في المغرب", locale="ar")
    item = ("NewsItem", "محمد في المغرب", "AR")
    for query in ("محمد", "مُحَمَّد", "مُحَمَّدٌ المَغْرِب", "محـــمد", "محمّد\u0670"):
        assert found(query, locale="AR", types=["NEWS_ITEM"]) == [item], query
    assert found("\u064e\u0640", locale="AR") == []


def test_pages_of_results(site_tree: SiteTree) -> None:
    for number in range(3):
        site_tree.news(f"Sommet {number}")
    first = ask(SEARCH, {"query": "sommet", "first": 2})["search"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    second = ask(SEARCH, {"query": "sommet", "first": 2, "after": first["pageInfo"]["endCursor"]})["search"]
    assert second["pageInfo"]["hasNextPage"] is False
    assert {node["title"] for node in first["nodes"] + second["nodes"]} == {"Sommet 0", "Sommet 1", "Sommet 2"}


def test_pages_of_results_backwards(site_tree: SiteTree) -> None:
    for number in range(5):
        site_tree.news(f"Sommet {number}")
    part = "totalCount edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage }"
    query = """query ($first: Int, $after: String, $last: Int, $before: String) {
      search(query: "sommet", first: $first, after: $after, last: $last, before: $before) { %s }
    }"""

    def titles(**arguments: object) -> tuple[list[str], bool, bool]:
        answer = ask(query % part, arguments)["search"]
        assert answer["totalCount"] == 5
        info = answer["pageInfo"]
        return [edge["node"]["title"] for edge in answer["edges"]], info["hasPreviousPage"], info["hasNextPage"]

    edges = ask(query % part, {})["search"]["edges"]
    cursors, names = [edge["cursor"] for edge in edges], [edge["node"]["title"] for edge in edges]
    assert titles(last=2) == (names[3:], True, False)
    assert titles(last=2, before=cursors[3]) == (names[1:3], True, True)
    assert titles(last=5, before=cursors[2]) == (names[:2], False, True)
    assert titles(last=2, after=cursors[1], before=cursors[3]) == (names[2:3], False, True)
    assert titles(first=2, before=cursors[1]) == (names[:1], False, False)
    assert titles(last=0) == ([], True, False)
    assert titles(last=2, before=cursors[0]) == ([], False, True)


def test_codes_that_are_also_little_words_are_found(site_tree: SiteTree) -> None:
    """MA is a French "my" too: it is looked for where a query has no other word, and found where it is in capitals."""
    query = "query Q($text: String!) { search(query: $text, types: [COUNTRY]) { nodes { ... on Country { code } } } }"

    def found(text: str) -> list[str]:
        return [node["code"] for node in ask(query, {"text": text})["search"]["nodes"]]

    assert found("MA") == found("ma") == ["MA"]
    assert found("ma Maroc") == ["MA"]
    assert found("de la") == []
