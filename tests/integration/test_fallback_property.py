"""Whatever is translated, visible and asked for: items, counts, parts, filters and search act on what would be shown.

Each example is a small world (which news, countries and continents stand in which language, live or not) and a reader
(a language, a chain, filters, an order). What the endpoint answers is compared with what `World`, a plain list of pages
that knows nothing of SQL, says that this reader is shown.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.asking import ask
from tests.factories.site import CONTINENTS, COUNTRIES, SiteTree
from tests.fallback_world import (
    CONTINENT_OF,
    SORTED,
    STATUSES,
    WORDS,
    Reader,
    Translation,
    World,
    country_filters,
    made,
    ranges,
    readers,
    worlds,
)

pytestmark = pytest.mark.django_db

bounded = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PARTS = "$first: Int, $after: String, $last: Int, $before: String"
GIVEN = "first: $first, after: $after, last: $last, before: $before"
SCOPE = "locale: $locale, fallback: $fallback"
READER = "$locale: LocaleCode, $fallback: [LocaleCode!]"
PART = """
    totalCount nodes { id } edges { cursor node { ... on Page { slug locale requestedLocale isFallback } %s } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
"""
NEWS = PART % ""
PLACE = PART % "code"


@dataclass
class Asked:
    """A list, asked in parts: `query` has the variables of a part, `find` takes the connection from the answer."""

    query: str
    variables: dict[str, Any]
    find: Callable[[dict[str, Any]], dict[str, Any]]

    def part(self, **arguments: Any) -> dict[str, Any]:
        return self.find(ask(self.query, {**self.variables, **arguments}))

    def check(self, expected: list[tuple[str, str]], reader: Reader, *, name: str = "slug", size: int = 2) -> list[str]:
        """The list has exactly the ``expected`` (name, language), in this order, however it is read."""
        whole = self.part(first=100)
        nodes = [edge["node"] for edge in whole["edges"]]
        assert [(node[name], node["locale"].lower()) for node in nodes] == expected
        for node in nodes:
            assert node["requestedLocale"].lower() == reader.locale
            assert node["isFallback"] == (node["locale"].lower() != reader.locale)
        assert whole["totalCount"] == len(expected) == len(whole["nodes"])
        assert (whole["pageInfo"]["hasNextPage"], whole["pageInfo"]["hasPreviousPage"]) == (False, False)
        cursors = [edge["cursor"] for edge in whole["edges"]]
        assert self._walked("first", "after", "endCursor", "hasNextPage", size, len(expected)) == cursors
        assert self._walked("last", "before", "startCursor", "hasPreviousPage", size, len(expected)) == cursors
        for low, high in ((0, len(cursors) - 1), (1, len(cursors) - 2)):
            if 0 <= low < high:
                between = {"after": cursors[low], "before": cursors[high]}
                part = self.part(first=1, **between)
                assert [edge["cursor"] for edge in part["edges"]] == cursors[low + 1 : high][:1]
                part = self.part(last=1, **between)
                assert [edge["cursor"] for edge in part["edges"]] == cursors[low + 1 : high][-1:]
        return [node[name] for node in nodes]

    def _walked(self, count: str, place: str, end: str, more: str, size: int, total: int) -> list[str]:
        found: list[str] = []
        at = None
        for _ in range(total // size + 2):
            part = self.part(**{count: size, place: at})
            assert part["totalCount"] == total
            cursors = [edge["cursor"] for edge in part["edges"]]
            found = cursors + found if count == "last" else found + cursors
            assert part["pageInfo"][more] == (len(found) < total)
            if not part["pageInfo"][more]:
                return found
            at = part["pageInfo"][end]
        raise AssertionError("a list that does not end")


def meets(world: World, reader: Reader, page: Translation, criteria: dict[str, Any]) -> bool:
    return (
        ("kind" not in criteria or page.kind in criteria["kind"])
        and ("dateFrom" not in criteria or str(page.day) >= criteria["dateFrom"])
        and ("dateTo" not in criteria or str(page.day) <= criteria["dateTo"])
        and ("featured" not in criteria or page.featured == criteria["featured"])
        and ("translationStatus" not in criteria or world.status(reader, page) in criteria["translationStatus"])
        and ("text" not in criteria or page.word == criteria["text"])
        and ("country" not in criteria or any(world.about_country(reader, page, code) for code in criteria["country"]))
        and (
            "continent" not in criteria
            or any(world.about_continent(reader, page, code) for code in criteria["continent"])
        )
    )


def in_order(pages: list[Translation], order: str) -> list[tuple[str, str]]:
    pages = sorted(pages, key=lambda page: (page.day, page.id), reverse=order == "DATE_DESC")
    return [(f"i{page.item}", page.locale) for page in pages]


# News of a country that stands in another language alone is, for this reader, news of no country.
ELSEWHERE = World(
    translations=[Translation(0, "fr", "live", date(2026, 1, 1), "visit", False, "sommet", ["MX"], [])],
    hidden_countries={("fr", "MX")},
    hidden_continents=set(),
    hidden_indexes=set(),
)


@bounded
@given(world=worlds(), reader=readers, criteria=ranges, order=st.sampled_from(["DATE_DESC", "DATE_ASC"]))
@example(world=ELSEWHERE, reader=Reader("fr", None), criteria={"country": ["MX"]}, order="DATE_DESC")
@example(world=ELSEWHERE, reader=Reader("ar", ["fr"]), criteria={"country": ["MX"]}, order="DATE_ASC")
def test_news(site_tree: SiteTree, world: World, reader: Reader, criteria: dict[str, Any], order: str) -> None:
    shared = f"{GIVEN}, filter: $filter, orderBy: $order"
    head = f"query Q({READER}, {PARTS}, $filter: NewsFilter, $order: NewsOrder, $path: String!)"
    with made(world, site_tree):
        expected = in_order([page for page in world.news(reader) if meets(world, reader, page, criteria)], order)
        variables = {**reader.variables, "filter": criteria, "order": order, "path": f"/{reader.locale}/actualites/"}
        root = f"{head.replace(', $path: String!', '')} {{ news({SCOPE}, {shared}) {{ {NEWS} }} }}"
        Asked(root, variables, lambda data: data["news"]).check(expected, reader)
        check_freshness(world, reader)
        if reader.locale not in world.hidden_indexes:
            # The prefix of the path is the language.
            head = head.replace("$locale: LocaleCode, ", "")
            index = f"route(path: $path, fallback: $fallback) {{ ... on NewsIndex {{ news({shared}) {{ {NEWS} }} }} }}"
            Asked(f"{head} {{ {index} }}", variables, lambda data: data["route"]["news"]).check(expected, reader)


FRESH = f"query Q({READER}) {{ news({SCOPE}, first: 100) {{ nodes {{ slug translation {{ status }} }} }} }}"
COUNTS = "translationCoverage(locale: $l, pageType: NEWS_ITEM) { SOURCE: source UP_TO_DATE: upToDate OUTDATED: outdated PARTIAL: partial MISSING: missing }"  # noqa: E501


def check_freshness(world: World, reader: Reader) -> None:
    """Each item says how fresh it is, and as many are counted."""
    found = {node["slug"]: node["translation"]["status"] for node in ask(FRESH, reader.variables)["news"]["nodes"]}
    assert found == {f"i{page.item}": world.status(reader, page) for page in world.news(reader)}
    # What is counted is what readers are shown by the languages' own chain.
    usual = Reader(reader.locale, None)
    shown = [world.status(usual, page) for page in world.news(usual)]
    counts = ask(f"query Q($l: LocaleCode!) {{ {COUNTS} }}", {"l": reader.locale.upper()})["translationCoverage"]
    assert counts == {status: shown.count(status) for status in STATUSES}


@bounded
@given(world=worlds(), reader=readers, criteria=ranges, order=st.sampled_from(["DATE_DESC", "DATE_ASC"]))
def test_news_of_places(
    site_tree: SiteTree, world: World, reader: Reader, criteria: dict[str, Any], order: str
) -> None:
    head = f"query Q({READER}, {PARTS}, $filter: NewsFilter, $order: NewsOrder)"
    news = f"news({GIVEN}, filter: $filter, orderBy: $order) {{ {NEWS} }}"
    with made(world, site_tree):
        variables = {**reader.variables, "filter": criteria, "order": order}
        shown = [page for page in world.news(reader) if meets(world, reader, page, criteria)]
        for root, places, about in (
            ("countries", [code for code in COUNTRIES if world.country(reader, code)], world.about_country),
            ("continents", [code for code in CONTINENTS if world.continent(reader, code)], world.about_continent),
        ):
            query = f"{head} {{ {root}({SCOPE}, orderBy: CODE_ASC) {{ nodes {{ {news} }} }} }}"
            for place, code in enumerate(places):
                expected = in_order([page for page in shown if about(reader, page, code)], order)
                if expected or place == 0:
                    Asked(query, variables, below(root, place, "news")).check(expected, reader)


def below(root: str, place: int, name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Takes the connection ``name`` of the node at a place of a root."""
    return lambda data: data[root]["nodes"][place][name]


def folded(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))


@bounded
@given(
    world=worlds(),
    reader=readers,
    criteria=country_filters,
    order=st.sampled_from(["CODE_ASC", "CODE_DESC", "NAME_ASC", "NAME_DESC"]),
)
def test_places(site_tree: SiteTree, world: World, reader: Reader, criteria: dict[str, Any], order: str) -> None:
    with made(world, site_tree):
        shown = {code: locale for code in COUNTRIES if (locale := world.country(reader, code)) is not None}
        kept = {}
        for code, locale in shown.items():
            page = site_tree.country[locale, code]
            texts = [folded(page.title), folded(page.formal_name)]
            if (
                ("code" not in criteria or code in criteria["code"])
                # The continent is one that the reader is shown, in whatever language.
                and ("continent" not in criteria or CONTINENT_OF[code] in criteria["continent"])
                and ("text" not in criteria or any(folded(criteria["text"]) in text for text in texts))
            ):
                kept[code] = locale
        head = f"query Q({READER}, {PARTS}, $filter: CountryFilter, $order: CountryOrder)"
        query = f"{head} {{ countries({SCOPE}, {GIVEN}, filter: $filter, orderBy: $order) {{ {PLACE} }} }}"
        asked = Asked(query, {**reader.variables, "filter": criteria, "order": order}, lambda data: data["countries"])
        check_places(asked, kept, reader, order, SORTED[reader.locale])

        continents = {code: locale for code in CONTINENTS if (locale := world.continent(reader, code)) is not None}
        head = f"query Q({READER}, {PARTS}, $order: ContinentOrder)"
        query = f"{head} {{ continents({SCOPE}, {GIVEN}, orderBy: $order) {{ {PLACE} }} }}"
        asked = Asked(query, {**reader.variables, "order": order}, lambda data: data["continents"])
        # Africa stands before America in each of the three languages.
        check_places(asked, continents, reader, order, ["002", "019"])

        head = f"query Q({READER}, {PARTS}, $order: CountryOrder)"
        lists = f"countries({GIVEN}, orderBy: $order) {{ {PLACE} }}"
        query = f"{head} {{ continents({SCOPE}, orderBy: CODE_ASC) {{ nodes {{ {lists} }} }} }}"
        for place, continent in enumerate(sorted(continents)):
            inside = {code: locale for code, locale in shown.items() if CONTINENT_OF[code] == continent}
            asked = Asked(query, {**reader.variables, "order": order}, below("continents", place, "countries"))
            check_places(asked, inside, reader, order, SORTED[reader.locale])


def check_places(asked: Asked, shown: dict[str, str], reader: Reader, order: str, names: list[str]) -> None:
    if order.startswith("CODE"):
        wanted = sorted(shown, reverse=order == "CODE_DESC")
    else:
        # Names of several languages stand among one another: where exactly is for the collation's own tests.
        wanted = [edge["node"]["code"] for edge in asked.part(first=100)["edges"]]
        own = [code for code in wanted if shown.get(code) == reader.locale]
        expected = [code for code in names if shown.get(code) == reader.locale]
        assert own == (expected if order == "NAME_ASC" else expected[::-1])
        assert sorted(wanted) == sorted(shown)
    asked.check([(code, shown[code]) for code in wanted], reader, name="code", size=3)


@bounded
@given(world=worlds(), reader=readers, data=st.data())
def test_search(site_tree: SiteTree, world: World, reader: Reader, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted({word for words in WORDS.values() for word in words})))
    code = data.draw(st.sampled_from(COUNTRIES))
    head = f"query Q($query: String!, $types: [SearchType!], {READER}, {PARTS})"
    query = f"{head} {{ search(query: $query, types: $types, {SCOPE}, {GIVEN}) {{ {NEWS} }} }}"
    with made(world, site_tree):
        variables = {**reader.variables, "query": word, "types": ["NEWS_ITEM"]}
        asked = Asked(query, variables, lambda data: data["search"])
        # All have the word in their titles: newest first.
        expected = in_order([page for page in world.news(reader) if page.word == word], "DATE_DESC")
        asked.check(expected, reader)
        query = query.replace(NEWS, "totalCount edges { node { ... on Country { code locale } } }")
        found = ask(query, {**variables, "query": code, "types": ["COUNTRY"]})["search"]
        locale = world.country(reader, code)
        assert [edge["node"] for edge in found["edges"] if edge["node"]["code"] == code] == (
            [] if locale is None else [{"code": code, "locale": locale.upper()}]
        )
        assert found["totalCount"] == len(found["edges"])
