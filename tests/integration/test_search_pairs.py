"""What readers of each language type, and what they find: the pairs of tests/search_pairs."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.asking import ask
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

PAIRS = Path(__file__).parents[1] / "search_pairs"
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


def texts_make(tree: SiteTree, locale: str) -> dict[str, list[str]]:
    """Make the texts of a language, and give its pairs."""
    data: dict[str, Any] = tomllib.loads((PAIRS / f"{locale}.toml").read_text(encoding="utf-8"))
    for slug, text in data["texts"].items():
        body = json.dumps([{"type": "rich_text", "value": text["body"], "id": f"{slug}-1"}])
        tree.news(text["title"], locale=locale, slug=slug, kind="other", introduction=text["summary"], body=body)
    pairs: dict[str, list[str]] = data["pairs"]
    assert len(pairs) >= 60
    return pairs


@pytest.mark.parametrize("locale", ["fr", "es", "ar"])
def test_each_pair_finds_exactly_what_it_should(site_tree: SiteTree, locale: str) -> None:
    pairs = texts_make(site_tree, locale)
    wrong = {
        query: {"expected": sorted(expected), "found": sorted(given)}
        for query, expected in pairs.items()
        if sorted(given := found(query, locale)) != sorted(expected)
    }
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
