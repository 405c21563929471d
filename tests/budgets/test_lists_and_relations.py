"""The statements of every list and relation of pages: the same for one row and for many.

The numbers are exact on purpose. A smaller one is good news: write it down. Three statements come before every answer:
the branches that are closed to the public, the moments at which that changes, and the home pages of all sites. A server
keeps the three for as long as the content version stands, and reads that instead; in the transaction of a test nothing
is kept.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from regions.models import ContinentPinnedNews
from tests.asking import ask
from tests.bodies import block
from tests.budgets.counting import statements
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

FRONT = 3
PAGE = (
    "id title path url locale isFallback seoTitle publishedAt updatedAt requestedLocale direction slug translationKey"
)

# Name: the query, and its statements beyond the first three.
QUERIES: dict[str, tuple[str, int]] = {
    "home": (f"{{ home(locale: AR) {{ {PAGE} heading introduction }} }}", 1),
    "continents": (f"{{ continents(locale: AR) {{ totalCount nodes {{ {PAGE} code }} }} }}", 1),
    "continent": (f'{{ continent(code: "019", locale: AR) {{ {PAGE} code }} }}', 1),
    "countries": (f"{{ countries(locale: AR, first: 100) {{ totalCount nodes {{ {PAGE} name code }} }} }}", 1),
    "country": (f'{{ country(code: "MX", locale: AR) {{ {PAGE} code alpha3 name flag status }} }}', 1),
    "news, Hijri dates": ("{ news(locale: AR) { nodes { date hijriDate } } }", 1),
    "news": (f"{{ news(locale: AR) {{ nodes {{ {PAGE} date featured }} }} }}", 1),
    "news, counted": (f"{{ news(locale: AR) {{ totalCount nodes {{ {PAGE} }} }} }}", 2),
    "news, filtered": (
        '{ news(locale: AR, filter: {country: "MX", continent: "019", kind: "meeting", text: "visite"}) '
        "{ totalCount nodes { title } } }",
        2,
    ),
    # Kinds are no pages: two of the first three are left out.
    "news kinds": ("{ newsKinds(locale: AR) { slug name } }", -2),
    "search": ('{ search(query: "visite", locale: AR) { nodes { title path } } }', 2),
    "search, counted": ('{ search(query: "visite", locale: AR) { totalCount } }', 1),
    # A list that ends within the part tells its length.
    "search, highlighted": (
        '{ search(query: "visite", locale: AR, first: 100) { totalCount edges { node { title } '
        "highlights { title { text isMatch } body { text } } } } }",
        3,
    ),
    "route": (f'{{ route(path: "/ar/amerique/mexique/") {{ ... on Country {{ {PAGE} }} }} }}', 2),
    "news index → news": (
        '{ route(path: "/ar/actualites/") { ... on NewsIndex { news(first: 3) { totalCount nodes { title } } } } }',
        4,
    ),
    "page → alternates": ("{ news(locale: AR) { nodes { alternates { url title } } } }", 2),
    "page → breadcrumbs": ("{ news(locale: AR) { nodes { breadcrumbs { title path } } } }", 3),
    # What stands above: the line to the home page, then the pages themselves, for each of their types.
    "page → parent": ("{ news(locale: AR) { nodes { parent { title } } } }", 3),
    "page → ancestors": ("{ countries(locale: AR) { nodes { ancestors { title } } } }", 4),
    "page → children": ("{ continents(locale: AR) { nodes { children { nodes { title } } } } }", 3),
    "page → children of its parent": (
        "{ news(locale: AR) { nodes { parent { children { nodes { title } } } } } }",
        5,
    ),
    "page → children, counted": ("{ continents(locale: AR) { nodes { children { totalCount } } } }", 2),
    "page → siblings": ("{ countries(locale: AR) { nodes { siblings { nodes { title } } } } }", 4),
    "page → siblings, counted": ("{ news(locale: AR) { nodes { siblings { totalCount } } } }", 3),
    "page → fallback fields": ("{ countries(locale: AR) { nodes { fallbackFields } } }", 2),
    "page → introduction": ("{ countries(locale: AR) { nodes { introduction } } }", 2),
    "page → body": ("{ news(locale: AR) { nodes { body { __typename } } } }", 2),
    "country → body": ("{ countries(locale: AR) { nodes { body { __typename } } } }", 2),
    # Asked together: the pages of all languages, one statement for each type of page.
    "page → translations": (
        "{ news(locale: AR) { nodes { translation { status progress untranslatedPaths } "
        "translations { locale status path updatedAt sourceUpdatedAt } } } }",
        2,
    ),
    "country → translations": (
        "{ countries(locale: AR) { nodes { translation { status } translations { path } } } }",
        2,
    ),
    "news, by translation": (
        "{ news(locale: AR, filter: {translationStatus: [OUTDATED, UP_TO_DATE]}) { totalCount nodes { title } } }",
        2,
    ),
    "countries, by translation": (
        "{ countries(locale: AR, filter: {translationStatus: PARTIAL}) "
        "{ totalCount nodes { title translation { status } } } }",
        2,
    ),
    "continents, by translation": (
        "{ continents(locale: AR, filter: {translationStatus: [UP_TO_DATE, PARTIAL]}) { nodes { title } } }",
        2,
    ),
    "country → news, by translation": (
        "{ countries(locale: AR) { nodes { news(filter: {translationStatus: MISSING}) { totalCount nodes { id } } } }"
        " }",
        3,
    ),
    "coverage of a type": ("{ translationCoverage(locale: AR, pageType: NEWS_ITEM) { total missing } }", 1),
    "coverage of countries": ("{ translationCoverage(locale: AR, pageType: COUNTRY) { total partial } }", 1),
    "coverage": ("{ translationCoverage(locale: AR) { total source upToDate outdated partial missing } }", 1),
    "country → key facts": ("{ countries(locale: AR) { nodes { keyFacts { label value } } } }", 2),
    "country → continent": ("{ countries(locale: AR) { nodes { continent { name } } } }", 2),
    "country → sub-region": ("{ countries(locale: AR) { nodes { subregion { name parent { name } } } } }", 2),
    "country → news": ("{ countries(locale: AR) { nodes { news(first: 3) { nodes { title } } } } }", 2),
    "country → news, counted": ("{ countries(locale: AR) { nodes { news { totalCount } } } }", 2),
    "continent → countries": ("{ continents(locale: AR) { nodes { countries { totalCount nodes { name } } } } }", 2),
    "continent → news": ("{ continents(locale: AR) { nodes { news { nodes { title } } } } }", 2),
    "continent → news, counted": ("{ continents(locale: AR) { nodes { news { totalCount } } } }", 2),
    "continent → pinned news": ("{ continents(locale: AR) { nodes { pinnedNews { title } } } }", 3),
    "continent → sub-regions": (
        "{ continents(locale: AR) { nodes { subregions { name children { name } } } } }",
        2,
    ),
    "news → kind": ("{ news(locale: AR) { nodes { kind { slug name } } } }", 2),
    "news → countries": ("{ news(locale: AR) { nodes { countries { totalCount nodes { name } } } } }", 3),
    "news → continents": ("{ news(locale: AR) { nodes { continents { nodes { name } } } } }", 5),
}


def fill(tree: SiteTree, number: int, *, start: int = 0) -> None:
    """News in French, one in three also in Arabic, about several places, each pinned on a continent.

    Each comes with a country that has texts of its own: one in French alone, the next in Arabic alone.
    """
    codes = sorted(code for locale, code in tree.country if locale == "fr")
    for place in range(start, start + number):
        day = date(2026, 1, 1) + timedelta(days=place)
        source = tree.news(
            f"Visite {place}",
            date=day,
            countries=["MX", "SN", "BR"][: place % 3 + 1],
            continents=["019"],
            body=[block("rich_text", f"<p>Texte {place}</p>")],
        )
        continent = tree.continent["ar", ("019", "002")[place % 2]]
        ContinentPinnedNews.objects.create(page=continent, news=source, sort_order=place)
        country = tree.country[("fr", "ar")[place % 2], codes[place % len(codes)]]
        country.introduction = f"Chapeau {place}"
        country.body = [block("rich_text", f"<p>Texte {place}</p>")]
        country.key_facts = [block("fact", {"label": "Monnaie", "value": f"Pièce {place}"})]
        country.save()
        if place % 3 == 1:
            tree.news(f"زيارة {place}", locale="ar", translation_key=source.translation_key, date=day)


def filled(data: dict[str, Any]) -> dict[str, int]:
    """How many rows have something in the fields that may well be empty."""
    return {
        "pinned news": sum(len(node["pinnedNews"]) for node in data["continents"]["nodes"]),
        "bodies": sum(bool(node["body"]) for node in data["countries"]["nodes"]),
        "key facts": sum(bool(node["keyFacts"]) for node in data["countries"]["nodes"]),
        "introductions": sum(bool(node["introduction"]) for node in data["countries"]["nodes"]),
        "bodies of news": sum(bool(node["body"]) for node in data["news"]["nodes"]),
    }


FILLED = """{
  continents(locale: AR) { nodes { pinnedNews { title } } }
  countries(locale: AR) { nodes { introduction body { __typename } keyFacts { label } } }
  news(locale: AR) { nodes { body { __typename } } }
}"""


def counted() -> dict[str, int]:
    return {name: statements(query)[0] - FRONT for name, (query, _budget) in QUERIES.items()}


def test_statements_do_not_grow_with_rows(site_tree: SiteTree) -> None:
    budgets = {name: budget for name, (_query, budget) in QUERIES.items()}
    fill(site_tree, 1)
    assert set(filled(ask(FILLED)).values()) == {1}
    assert counted() == budgets
    fill(site_tree, 11, start=1)
    assert filled(ask(FILLED)) == {
        "pinned news": 12,
        "bodies": 8,
        "key facts": 8,
        "introductions": 8,
        "bodies of news": 8,
    }
    assert counted() == budgets


def test_ids_in_one_query_are_fetched_together(site_tree: SiteTree) -> None:
    _count, data = statements("{ countries { nodes { id } } }")
    ids = [node["id"] for node in data["countries"]["nodes"]]
    assert len(ids) == 8
    one, _answer = statements(f'{{ a: node(id: "{ids[0]}") {{ id }} }}')
    eight, _answer = statements("{ " + " ".join(f'n{i}: node(id: "{v}") {{ id }}' for i, v in enumerate(ids)) + " }")
    assert one == eight == FRONT + 1


def test_pages_and_items_by_id_are_fetched_together(site_tree: SiteTree) -> None:
    fill(site_tree, 1)
    fields = f"{{ id ... on NewsItem {{ {PAGE} date summary kind {{ name }} }} }}"

    def counted_by_id(root: str) -> int:
        _count, data = statements("{ news(locale: AR) { nodes { id } } }")
        ids = [node["id"] for node in data["news"]["nodes"]]
        query = "{ " + " ".join(f'n{place}: {root}(id: "{value}") {fields}' for place, value in enumerate(ids)) + " }"
        count, data = statements(query)
        assert [found["id"] for found in data.values()] == ids
        return count

    # The items, and the kinds.
    assert [counted_by_id(root) for root in ("page", "newsItem", "node")] == [FRONT + 2] * 3
    fill(site_tree, 11, start=1)
    assert [counted_by_id(root) for root in ("page", "newsItem", "node")] == [FRONT + 2] * 3
