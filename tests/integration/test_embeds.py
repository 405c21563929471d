"""Videos are looked up when their page is published, in the background, and never when it is read."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders import get_finders
from wagtail.embeds.finders.base import EmbedFinder
from wagtail.embeds.models import Embed

from home.models import StandardPage
from tests.asking import ask
from tests.bodies import block
from tests.factories import SiteTree, StandardPageFactory

GOOD, GONE, BROKEN = (f"https://videos.example.org/{name}" for name in ("good", "gone", "broken"))


class StubFinder(EmbedFinder):
    """A video service that knows one video and fails on the others."""

    asked: list[str] = []

    def accept(self, url: str) -> bool:
        return url.startswith("https://videos.example.org/")

    def find_embed(self, url: str, max_width: int | None = None, max_height: int | None = None) -> dict[str, Any]:
        self.asked.append(url)
        if url == GONE:
            raise EmbedNotFoundException
        if url == BROKEN:
            raise KeyError("an answer that nobody expected")
        words = {"title": "Visite", "html": "<iframe></iframe>", "provider_name": "Films", "author_name": ""}
        return {"type": "video", "width": "x", "height": 113, "thumbnail_url": None, **words}


@pytest.fixture(autouse=True)
def _stub_finder(settings) -> Iterator[None]:
    settings.WAGTAILEMBEDS_FINDERS = [{"class": f"{__name__}.StubFinder"}]
    get_finders.cache_clear()
    StubFinder.asked.clear()
    yield
    get_finders.cache_clear()


def embeds_read(fields: str) -> list[dict[str, Any]]:
    body = "body { ... on VideoBlock { embed { " + fields + " } } }"
    answer = ask('{ route(path: "/fr/films/") { ... on StandardPage { ' + body + " } } }")
    blocks: list[dict[str, Any]] = answer["route"]["body"]
    return blocks


def publish(page: StandardPage, *urls: str, capture: Any) -> None:
    page.body = json.dumps([block("video", {"video": url, "title": "x", "caption": ""}) for url in urls])
    with capture(execute=True):
        page.save_revision().publish()


def test_a_published_page_has_its_videos_looked_up_once(
    site_tree: SiteTree, django_capture_on_commit_callbacks
) -> None:
    page = StandardPageFactory(parent=site_tree.home["fr"], slug="films")
    publish(page, GOOD, GOOD, capture=django_capture_on_commit_callbacks)
    assert StubFinder.asked == [GOOD]
    publish(page, GOOD, capture=django_capture_on_commit_callbacks)
    assert StubFinder.asked == [GOOD]
    assert embeds_read("title provider width") == [{"embed": {"title": "Visite", "provider": "Films", "width": None}}]
    assert StubFinder.asked == [GOOD]


def test_failures_are_tolerated_and_tried_again(
    site_tree: SiteTree, django_capture_on_commit_callbacks, caplog
) -> None:
    page = StandardPageFactory(parent=site_tree.home["fr"], slug="films")
    publish(page, GONE, BROKEN, GOOD, "javascript:x", capture=django_capture_on_commit_callbacks)
    assert StubFinder.asked == [GONE, BROKEN, GOOD]
    assert list(Embed.objects.values_list("url", flat=True)) == [GOOD]
    assert GONE in caplog.text
    assert "an answer that nobody expected" in caplog.text
    page.refresh_from_db()
    assert page.live
    publish(page, GONE, capture=django_capture_on_commit_callbacks)
    assert StubFinder.asked == [GONE, BROKEN, GOOD, GONE]


def test_reading_asks_nobody(site_tree: SiteTree) -> None:
    page = StandardPageFactory(parent=site_tree.home["fr"], slug="films")
    page.body = json.dumps([block("video", {"video": GOOD, "title": "x", "caption": ""})])
    page.save()
    with CaptureQueriesContext(connection) as captured:
        assert embeds_read("html") == [{"embed": None}]
    assert StubFinder.asked == []
    assert {statement["sql"].split()[0] for statement in captured.captured_queries} == {"SELECT"}
