"""What readers of each language type, and what they find: the pairs of tests/search_pairs."""

import json

import pytest

from tests.asking import ask
from tests.factories.site import SiteTree
from tests.integration.pairs import texts_make

pytestmark = pytest.mark.django_db

SEARCH = """
    query ($query: String!, $locale: LocaleCode!) {
      search(query: $query, locale: $locale, fallback: [], first: 100) {
        totalCount nodes { slug ... on Country { code } ... on Continent { code } }
      }
    }
"""


def found(query: str, locale: str) -> list[str]:
    answer = ask(SEARCH, {"query": query, "locale": locale.upper()})["search"]
    assert answer["totalCount"] == len(answer["nodes"])
    return [node.get("code") or node["slug"] for node in answer["nodes"]]


@pytest.mark.parametrize("locale", ["fr", "es", "ar"])
def test_each_pair_finds_exactly_what_it_should(site_tree: SiteTree, locale: str) -> None:
    pairs = texts_make(site_tree, locale)
    wrong = {
        query: {"expected": sorted(expected), "found": sorted(given)}
        for query, expected in pairs.items()
        if sorted(given := found(query, locale)) != sorted(expected)
    }
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
