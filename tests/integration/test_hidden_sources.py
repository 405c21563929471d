"""A record whose page of the source language is hidden is hidden in every language."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.selectors.visibility import gate_open
from missions.models import MissionIndexPage
from tests.asking import ask
from tests.factories.missions import mission_make, path_of, translated
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(site_tree: SiteTree) -> tuple[Any, Any]:
    """An embassy and its Arabic translation, and the pages beside it."""
    source = mission_make(site_tree, "Ambassade", city="Mexico")
    return source, translated(site_tree, source, "ar", "السفارة", city="مكسيكو")


def shown(page: Any) -> list[str]:
    """By which ways an Arabic reader finds the Arabic page."""
    path = path_of(page)
    parent = path.rpartition("/embassy")[0] or path.rstrip("/").rpartition("/")[0] + "/"
    data = ask(
        f"""{{
          route(path: "{path}") {{ __typename }}
          missions(locale: AR) {{ totalCount }}
          search(query: "السفارة", locale: AR) {{ totalCount }}
          index: route(path: "{parent}") {{ ... on Page {{ children {{ totalCount }} }} }}
        }}"""
    )
    index = data["index"].get("children") or {"totalCount": 0}
    found = {
        "route": data["route"]["__typename"] == "Mission",
        "list": data["missions"]["totalCount"],
        "search": data["search"]["totalCount"],
        "children": index["totalCount"],
    }
    return [name for name, is_found in found.items() if is_found]


EVERYWHERE = ["route", "list", "search", "children"]


def test_a_translation_is_shown_while_its_source_is(record: tuple[Any, Any]) -> None:
    assert shown(record[1]) == EVERYWHERE


@pytest.mark.parametrize("way", ["draft", "private", "expired", "scheduled", "deleted"])
def test_a_hidden_source_hides_its_translations_on_every_way(record: tuple[Any, Any], way: str) -> None:
    source, translation = record
    pages, now = Page.objects.filter(pk=source.pk), timezone.now()
    if way == "draft":
        pages.update(live=False)
    elif way == "private":
        PageViewRestriction.objects.create(page=source, restriction_type="login")
    elif way == "expired":
        pages.update(expire_at=now - timedelta(minutes=1))
    elif way == "scheduled":
        pages.update(go_live_at=now + timedelta(minutes=1))
    else:
        source.delete()
    assert shown(translation) == []


def test_a_private_directory_hides_its_records_in_every_language(record: tuple[Any, Any], site_tree: SiteTree) -> None:
    index = MissionIndexPage.objects.get(locale=site_tree.locale["fr"])
    restriction = PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert shown(record[1]) == []
    restriction.delete()
    assert shown(record[1]) == EVERYWHERE


@pytest.mark.parametrize("way", ["private", "draft", "expired"])
def test_a_hidden_home_page_of_the_source_hides_records_in_every_language(
    record: tuple[Any, Any], site_tree: SiteTree, way: str
) -> None:
    """In counts as in lists; what holds the records is hidden too, as it is where it is hidden itself."""
    home = Page.objects.filter(pk=site_tree.home["fr"].pk)
    if way == "private":
        PageViewRestriction.objects.create(page=home.get(), restriction_type="login")
    elif way == "draft":
        home.update(live=False)
    else:
        home.update(expire_at=timezone.now() - timedelta(minutes=1))
    assert shown(record[1]) == []
    data = ask("""{ home(locale: AR) { title children { totalCount nodes { __typename } } }
        search(query: "السفارة", locale: AR) { totalCount nodes { id } } }""")
    assert data["search"] == {"totalCount": 0, "nodes": []}
    children = data["home"]["children"]
    assert children["totalCount"] == len(children["nodes"])
    assert "MissionIndex" not in [node["__typename"] for node in children["nodes"]]


def test_the_clock_shows_a_translation_with_its_source(record: tuple[Any, Any], site_tree: SiteTree) -> None:
    source, translation = record
    moment = timezone.now() + timedelta(hours=1)
    Page.objects.filter(pk=source.pk).update(go_live_at=moment)
    row = Page.objects.values("path", "live", "go_live_at", "expire_at").get(pk=translation.pk)
    before, after = (
        gate_open(site_id=site_tree.site.pk, now=moment + timedelta(seconds=seconds)) for seconds in (-1, 1)
    )
    assert before.boundary == moment
    assert [gate.allows(row) for gate in (before, after)] == [False, True]
    visible = [Page.objects.filter(gate.visible(), pk=translation.pk).exists() for gate in (before, after)]
    assert visible == [False, True]
