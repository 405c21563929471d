"""The order of what a search finds is the same however it is found, and pages of it join to the whole."""

import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from home.selectors import prepared, search_ranking
from home.selectors.search_ranking import RANKED
from tests.asking import ask
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

SEARCH = """
    query ($query: String!, $first: Int!, $after: String, $locale: LocaleCode) {
      search(query: $query, first: $first, after: $after, locale: $locale) {
        nodes { slug } pageInfo { hasNextPage endCursor }
      }
    }
"""
WORDS = ("zeta", "iota", "kappa")
QUERIES = ("zeta", "kappa iota", "zeta kappa iota")


def found(query: str, *, first: int, locale: str = "FR") -> list[str]:
    """Slugs in their order, read in parts."""
    slugs: list[str] = []
    after = None
    while True:
        answer = ask(SEARCH, {"query": query, "first": first, "after": after, "locale": locale})["search"]
        slugs += [node["slug"] for node in answer["nodes"]]
        if not answer["pageInfo"]["hasNextPage"]:
            return slugs
        after = answer["pageInfo"]["endCursor"]


def news_make(tree: SiteTree, number: int) -> list[dict[str, Any]]:
    """Items with words here and there, not all of them shown: what the order follows from, for those that are."""
    chance = random.Random(number)
    items = []
    for place in range(number):
        title, summary, body = (chance.sample(WORDS, chance.choice([0, 0, 1, 1, 2, 3])) for _ in range(3))
        filler = chance.choice([[], ["divers"], ["divers", "autres"]])
        locale = chance.choice(["fr", "fr", "fr", "es"])
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(8))
        is_shown = chance.random() < 0.8
        dates: dict[str, Any] = {} if is_shown else {"expire_at": timezone.now() - timedelta(days=1)}
        page = tree.news(
            " ".join([*title, *filler]) or "Rien",
            slug=f"n{place}",
            locale=locale,
            date=day,
            introduction=" ".join(summary),
            body=json.dumps([{"type": "rich_text", "value": f"<p>{' '.join(body)}</p>", "id": "1"}]),
            **dates,
        )
        item = {"slug": page.slug, "title": set(title), "head": {*title, *summary}, "all": {*title, *summary, *body}}
        item |= {"size": len(title) + len(filler), "locale": locale, "shown": is_shown, "key": (day, page.pk)}
        items.append(item)
    return items


def expected(items: list[dict[str, Any]], query: str, *, locales: tuple[str, ...], ranked: int) -> list[str]:
    """The order that docs/graphql.md tells."""
    words = set(query.split())
    matches = [item for item in items if words <= item["all"] and item["locale"] in locales]
    is_ranked = sum(not words <= item["title"] for item in matches) <= ranked

    def tier(item: dict[str, Any]) -> int:
        if words <= item["title"]:
            return 4 if item["size"] == len(words) else 3
        if not is_ranked:
            return 0
        return 2 if words <= item["head"] else int(bool(words & item["title"]))

    matches.sort(key=lambda item: (tier(item), item["key"]), reverse=True)
    return [item["slug"] for item in matches if item["shown"]]


# How many matches are ranked, entries walked for one that is wanted, walked at most, looked at first, titles looked at.
BOUNDS = [(RANKED, 25, 5000, 100, 2000), (3, 1, 4, 2, 1), (3, 2, 500, 2, 500), (40, 3, 30, 1, 3), (0, 1, 1, 1, 1)]


@pytest.mark.parametrize("bounds", BOUNDS)
def test_the_order_does_not_follow_from_how_it_is_found(
    site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch, bounds: tuple[int, ...]
) -> None:
    items = news_make(site_tree, 40)
    names = ("RANKED", "_STEPS", "_MOST_STEPS", "_SAMPLE", "_TITLES")
    for name, value in zip(names, bounds, strict=True):
        monkeypatch.setattr(search_ranking, name, value)
    # Statements that are kept have other bounds in them.
    monkeypatch.setattr(prepared, "_statements", type(prepared._statements)())
    for locale, locales in (("FR", ("fr",)), ("ES", ("es", "fr"))):
        for query in QUERIES:
            right = expected(items, query, locales=locales, ranked=bounds[0])
            assert right
            for first in (4, 100):
                assert found(query, first=first, locale=locale) == right, (query, locale, first)


def test_where_many_pages_have_the_words_in_their_text_the_latest_come_first(
    site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_ranking, "RANKED", 2)
    monkeypatch.setattr(prepared, "_statements", type(prepared._statements)())
    body = '[{"type": "rich_text", "value": "<p>zeta</p>", "id": "1"}]'
    site_tree.news("Titre zeta", slug="title", date=date(2020, 1, 1))
    site_tree.news("Zeta", slug="exact", date=date(2019, 1, 1))
    site_tree.news("Summary", slug="summary", introduction="zeta", date=date(2021, 1, 1))
    site_tree.news("Body", slug="body", body=body, date=date(2022, 1, 1))
    assert found("zeta", first=10) == ["exact", "title", "summary", "body"]
    site_tree.news("Other", slug="other", body=body, date=date(2020, 6, 1))
    assert found("zeta", first=10) == ["exact", "title", "body", "summary", "other"]
