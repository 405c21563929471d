"""The statements of whole pages of a frontend, with a little news and with ten times as much."""

import json
from datetime import date, timedelta

import pytest

from tests.bodies import block, items
from tests.budgets.counting import statements
from tests.factories.content import ImageFactory, StandardPageFactory
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

COUNTRY_PAGE = """{
  country(code: "MX", locale: AR) {
    title path direction isFallback fallbackFields introduction seoTitle seoDescription
    body {
      __typename
      ... on RichTextBlock { content { html } }
      ... on PictureBlock { caption image { alt credit width height } }
      ... on PageLinksBlock { title links { label path } }
    }
    continent { name path }
    news(first: 5) { nodes { title date path kind { name } } pageInfo { hasNextPage endCursor } }
    alternates { hreflang url }
  }
}"""
FAN_OUT = """{
  continents { nodes { code name countries(first: 100) { nodes {
    code name path news(first: 3) { nodes { title date path } }
  } } } }
}"""


def fill(tree: SiteTree, number: int, *, start: int = 0) -> None:
    for place in range(start, start + number):
        day = date(2026, 1, 1) + timedelta(days=place)
        tree.news(f"Visite {place}", date=day, countries=["MX", "SN"][: place % 2 + 1])


def test_a_country_page(site_tree: SiteTree) -> None:
    """Site, homes, closed branches; country, texts along the chain, continent, alternates; news by rank, news by id,
    kinds; what the body refers to: pages, pictures."""
    target = StandardPageFactory(parent=site_tree.home["fr"], title="Cible")
    country = site_tree.country["fr", "MX"]
    country.introduction = "Un chapeau."
    country.body = json.dumps(
        [
            block("rich_text", f'<p><a linktype="page" id="{target.pk}">a</a></p>'),
            block("page_links", {"title": "", "links": items({"page": target.pk, "label": ""})}),
            block("picture", {"image": {"image": ImageFactory().pk, "alt_text": "x"}, "caption": "", "credit": ""}),
        ]
    )
    country.save()
    fill(site_tree, 3)
    few, data = statements(COUNTRY_PAGE)
    assert len(data["country"]["news"]["nodes"]) == 3
    assert len(data["country"]["body"]) == 3
    fill(site_tree, 27, start=3)
    many, data = statements(COUNTRY_PAGE)
    assert len(data["country"]["news"]["nodes"]) == 5
    assert (few, many) == (11, 11)


def test_all_continents_their_countries_and_three_latest_news_each(site_tree: SiteTree) -> None:
    fill(site_tree, 4)
    few, data = statements(FAN_OUT)
    news = {
        country["code"]: [item["title"] for item in country["news"]["nodes"]]
        for continent in data["continents"]["nodes"]
        for country in continent["countries"]["nodes"]
    }
    assert len(news) == 8
    assert news["MX"] == ["Visite 3", "Visite 2", "Visite 1"]
    assert news["SN"] == ["Visite 3", "Visite 1"]
    fill(site_tree, 36, start=4)
    many, _data = statements(FAN_OUT)
    assert (few, many) == (6, 6)
