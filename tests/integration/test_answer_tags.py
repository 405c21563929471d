"""Tags of answers and of pictures, and how long those in front may keep an answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from api.cache.tags import image_tag, page_tag, type_tag
from home.selectors.keys import key_of
from regions.models import NewsPage
from tests.factories.content import ImageFactory
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db


def tags_of(query: str) -> list[str]:
    tags: list[str] = Client().get("/graphql/", {"query": query})["Surrogate-Key"].split(" ")
    return tags


def test_one_page_is_named_alone(site_tree: SiteTree) -> None:
    mexico = page_tag(key_of(site_tree.country["fr", "MX"].translation_key))
    assert tags_of('{ country(code: "MX") { name } }') == ["diwan", mexico]
    assert tags_of('{ country(code: "MX") { news { totalCount } } }') == ["diwan", mexico, "t-NewsItem"]
    assert tags_of('{ route(path: "/fr/amerique/mexique/") { __typename } }') == ["diwan", mexico]


def test_an_answer_names_what_it_could_come_out_differently_by(site_tree: SiteTree) -> None:
    """Lists without an item, counts without a list, paths without a page; a page that its type does not show yet."""
    assert tags_of("{ news { totalCount } }") == ["diwan", "t-NewsItem"]
    assert tags_of('{ countries(filter: {code: "ZZ"}) { nodes { name } } }')[-1] == "t-Country"
    assert tags_of('{ route(path: "/fr/nulle-part/") { __typename } }') == ["diwan", "t-Route"]
    assert tags_of("{ siteSettings { ministryName } }") == ["diwan", "t-SiteSettings"]
    assert tags_of("{ newsKinds { name } }") == ["diwan", "t-NewsKind"]
    news = site_tree.news("Sans date")
    NewsPage.objects.update(date=None)
    answer = Client().get("/graphql/", {"query": '{ route(path: "/fr/actualites/sans-date/") { __typename } }'})
    assert answer.json()["data"] == {"route": {"__typename": "RouteNotFound"}}
    assert answer["Surrogate-Key"] == f"diwan {page_tag(key_of(news.translation_key))}"


def test_types_stand_for_pages_that_are_too_many(site_tree: SiteTree, settings: Any) -> None:
    image = ImageFactory()
    site_tree.country["fr", "MX"].__class__.objects.filter(code="MX").update(image=image)
    query = "{ countries { nodes { name image { credit } continent { name } } } }"
    exact = tags_of(query)
    assert len(exact) == 1 + 8 + 2 + 1 + 1  # countries, continents, the picture, the list
    settings.DIWAN_RESPONSE_CACHE = {"tag_bytes": len(" ".join(exact)), "enabled": False}
    assert tags_of(query) == exact
    settings.DIWAN_RESPONSE_CACHE = {"tag_bytes": len(" ".join(exact)) - 1, "enabled": False}
    assert tags_of(query) == ["diwan", "m-Continent", "m-Country", "m-Image", "t-Country"]


def test_headers_fit_into_what_proxies_take(site_tree: SiteTree, settings: Any) -> None:
    """nginx takes 4 KiB of headers unless it is told otherwise, and answers 502 for more."""
    settings.DIWAN_RESPONSE_CACHE = {"browser_seconds": 60, "cdn_seconds": 86_400, "stale_seconds": 600}
    settings.SECURE_HSTS_SECONDS = 31_536_000
    for number in range(100):
        site_tree.news(f"Visite {number}")
    query = "query ($first: Int) { news(first: $first) { nodes { title } } }"
    for first, is_exact in ((72, True), (73, False), (100, False)):
        response = Client().get("/graphql/", {"query": query, "variables": f'{{"first": {first}}}'}, secure=True)
        assert ("m-NewsItem" not in response["Cache-Tag"]) is is_exact
        size = sum(len(f"{name}: {value}\r\n") for name, value in response.headers.items())
        # The rest is for what CORS, the server and the proxy itself say.
        assert size < 4096 - 512


def test_pictures_have_tags_of_their_own(site_tree: SiteTree) -> None:
    image = ImageFactory()
    site_tree.home["fr"].__class__.objects.update(image=image)
    answer = Client().get("/graphql/", {"query": "{ home { image { rendition { url } } } }"})
    address = answer.json()["data"]["home"]["image"]["rendition"]["url"]
    picture = Client().get(address.removeprefix("http://testserver"))
    assert picture.status_code == 200
    assert picture["Surrogate-Key"] == f"diwan {image_tag(image.pk)}"
    assert picture["Cache-Tag"] == f"diwan,{image_tag(image.pk)}"
    assert type_tag("Image") not in answer["Surrogate-Key"]


def test_seconds_end_where_the_clock_alters_the_answer(site_tree: SiteTree, settings: Any) -> None:
    settings.DIWAN_RESPONSE_CACHE = {"cdn_seconds": 3600, "stale_seconds": 600, "enabled": False}

    def cache_control() -> str:
        control: str = Client().get("/graphql/", {"query": "{ home { title } }"})["Cache-Control"]
        return control

    assert cache_control() == "public, max-age=0, s-maxage=3600, stale-while-revalidate=600"
    news = site_tree.news("Une visite", expire_at=timezone.now() + timedelta(minutes=10))
    control = cache_control()
    assert "stale" not in control
    assert 590 <= int(control.rpartition("s-maxage=")[2]) <= 600
    news.expire_at = timezone.now() + timedelta(hours=5)
    news.save()
    assert cache_control() == "public, max-age=0, s-maxage=3600"
