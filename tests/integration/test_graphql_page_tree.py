"""The pages around a page: its parent, ancestors, children and siblings, as the reader is shown them."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import IndexPage, StandardPage
from regions.models import NewsPage
from tests.asking import ask, codes_of, post
from tests.factories.content import StandardPageFactory
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

AROUND = """
  title isFallback parent { title } ancestors { title }
  children(first: 100) { totalCount nodes { title isFallback } }
  siblings(first: 100) { totalCount nodes { title isFallback } }
"""
LIST = """
  totalCount nodes { title } edges { cursor node { title } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
"""


def around(path: str, **variables: Any) -> dict[str, Any]:
    query = (
        "query ($path: String!, $fallback: [LocaleCode!]) "
        f"{{ route(path: $path, fallback: $fallback) {{ ... on Page {{ {AROUND} }} }} }}"
    )
    found: dict[str, Any] = ask(query, {"path": path, **variables})["route"]
    return found


def titles(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["title"] for node in nodes]


def section(tree: SiteTree, locale: str, *names: str, parent: Page | None = None) -> dict[str, StandardPage]:
    """Plain pages below the home page of a language, or below one another."""
    return {name: StandardPageFactory(parent=parent or tree.home[locale], title=name) for name in names}


def listed(path: str, arguments: str, *, field: str = "children") -> dict[str, Any]:
    selected = f"... on Page {{ list: {field}({arguments}) {{ {LIST} }} }}"
    query = f"query ($path: String!) {{ route(path: $path) {{ {selected} }} }}"
    found: dict[str, Any] = ask(query, {"path": path})["route"]["list"]
    return found


def test_the_tree_of_one_language(site_tree: SiteTree) -> None:
    ministry = section(site_tree, "fr", "Ministère")["Ministère"]
    pages = section(site_tree, "fr", "Missions", "Histoire", "Organigramme", parent=ministry)
    section(site_tree, "fr", "Archives", parent=pages["Histoire"])

    answer = around("/fr/ministere/histoire/")
    assert answer["parent"] == {"title": "Ministère"}
    assert titles(answer["ancestors"]) == [site_tree.home["fr"].title, "Ministère"]
    assert answer["children"] == {"totalCount": 1, "nodes": [{"title": "Archives", "isFallback": False}]}
    assert (answer["siblings"]["totalCount"], titles(answer["siblings"]["nodes"])) == (2, ["Missions", "Organigramme"])
    assert titles(around("/fr/ministere/")["children"]["nodes"]) == ["Missions", "Histoire", "Organigramme"]


def test_a_home_page_stands_alone(site_tree: SiteTree) -> None:
    answer = around("/fr/")
    assert (answer["parent"], answer["ancestors"]) == (None, [])
    assert answer["siblings"] == {"totalCount": 0, "nodes": []}
    shown = {site_tree.index["fr"].title, *(site_tree.continent["fr", code].title for code in ("002", "019"))}
    shown |= {page.title for page in site_tree.home["fr"].get_children() if issubclass(page.specific_class, IndexPage)}
    assert (answer["children"]["totalCount"], set(titles(answer["children"]["nodes"]))) == (9, shown)


def test_the_order_is_that_of_the_editors(site_tree: SiteTree) -> None:
    pages = section(site_tree, "fr", "Un", "Deux", "Trois", parent=section(site_tree, "fr", "Haut")["Haut"])
    pages["Trois"].move(Page.objects.get(pk=pages["Un"].pk), pos="left")
    assert titles(listed("/fr/haut/", "first: 9")["nodes"]) == ["Trois", "Un", "Deux"]
    assert titles(listed("/fr/haut/", "orderBy: TREE_DESC")["nodes"]) == ["Deux", "Un", "Trois"]
    assert titles(listed("/fr/haut/", "orderBy: null")["nodes"]) == ["Trois", "Un", "Deux"]


def translated(tree: SiteTree) -> None:
    """Two sections; below the first, a page in all languages, one in French and Spanish, and one of each language."""
    for name in ("Ministère", "Autre"):
        source = section(tree, "fr", name)[name]
        for code in ("ar", "es"):
            StandardPageFactory(
                parent=tree.home[code], title=f"{name} {code}", slug=source.slug, translation_key=source.translation_key
            )
    top = {code: StandardPage.objects.get(slug="ministere", locale_code=code) for code in ("fr", "ar", "es")}
    pages = section(tree, "fr", "Français", "Partout", "Deux", parent=top["fr"])
    for code in ("es", "ar"):
        StandardPageFactory(
            parent=top[code], title=f"Partout {code}", slug="partout", translation_key=pages["Partout"].translation_key
        )
        StandardPageFactory(parent=top[code], title=f"Seul {code}")
    StandardPageFactory(parent=top["es"], title="Deux es", slug="deux", translation_key=pages["Deux"].translation_key)


def test_children_are_those_of_the_readers_tree_then_those_of_the_chain(site_tree: SiteTree) -> None:
    translated(site_tree)
    assert around("/fr/ministere/")["children"] == {
        "totalCount": 3,
        "nodes": [{"title": title, "isFallback": False} for title in ("Français", "Partout", "Deux")],
    }
    assert around("/ar/ministere/")["children"] == {
        "totalCount": 4,
        "nodes": [
            {"title": "Partout ar", "isFallback": False},
            {"title": "Seul ar", "isFallback": False},
            {"title": "Français", "isFallback": True},
            {"title": "Deux", "isFallback": True},
        ],
    }
    refused = around("/ar/ministere/", fallback=[])["children"]
    assert (refused["totalCount"], titles(refused["nodes"])) == (2, ["Partout ar", "Seul ar"])
    longer = around("/ar/ministere/", fallback=["ES", "FR"])["children"]
    assert longer["totalCount"] == 5
    assert titles(longer["nodes"]) == ["Partout ar", "Seul ar", "Seul es", "Deux es", "Français"]


def test_a_fallback_page_stands_among_the_readers_own(site_tree: SiteTree) -> None:
    translated(site_tree)
    answer = around("/ar/ministere/francais/")
    assert (answer["title"], answer["isFallback"]) == ("Français", True)
    assert answer["parent"] == {"title": "Ministère ar"}
    assert titles(answer["ancestors"]) == [site_tree.home["ar"].title, "Ministère ar"]
    assert (answer["siblings"]["totalCount"], titles(answer["siblings"]["nodes"])) == (
        3,
        ["Partout ar", "Seul ar", "Deux"],
    )


def test_a_translation_that_moved_is_a_child_where_it_stands(site_tree: SiteTree) -> None:
    translated(site_tree)
    moved = StandardPage.objects.get(title="Partout ar")
    moved.move(Page.objects.get(title="Autre ar"), pos="last-child")
    assert titles(around("/ar/ministere/")["children"]["nodes"]) == ["Seul ar", "Français", "Deux"]
    assert around("/ar/autre/")["children"]["nodes"] == [{"title": "Partout ar", "isFallback": False}]
    assert around("/ar/autre/partout/")["parent"] == {"title": "Autre ar"}


def test_nothing_hidden_is_around_a_page(site_tree: SiteTree) -> None:
    now = timezone.now()
    top = section(site_tree, "fr", "Haut")["Haut"]
    pages = section(site_tree, "fr", "Vu", "Brouillon", "Privé", "Passé", "Futur", parent=top)
    Page.objects.filter(pk=pages["Brouillon"].pk).update(live=False)
    Page.objects.filter(pk=pages["Passé"].pk).update(expire_at=now - datetime.timedelta(minutes=1))
    Page.objects.filter(pk=pages["Futur"].pk).update(go_live_at=now + datetime.timedelta(days=1))
    PageViewRestriction.objects.create(page=pages["Privé"], restriction_type="login")
    assert around("/fr/haut/")["children"] == {"totalCount": 1, "nodes": [{"title": "Vu", "isFallback": False}]}
    assert around("/fr/haut/vu/")["siblings"] == {"totalCount": 0, "nodes": []}


def test_a_hidden_translation_gives_way_to_the_next_of_the_chain(site_tree: SiteTree) -> None:
    translated(site_tree)
    Page.objects.filter(title="Partout ar").update(live=False)
    answer = around("/ar/ministere/")["children"]
    assert titles(answer["nodes"]) == ["Seul ar", "Français", "Partout", "Deux"]
    assert answer["totalCount"] == 4


def test_an_item_without_a_date_is_no_child(site_tree: SiteTree) -> None:
    site_tree.news("Daté")
    NewsPage.objects.filter(pk=site_tree.news("Sans date").pk).update(date=None)
    answer = around("/fr/actualites/")["children"]
    assert (answer["totalCount"], titles(answer["nodes"])) == (1, ["Daté"])


@pytest.mark.parametrize("order", ["TREE_ASC", "TREE_DESC"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_page_is_met_once_going_forwards_and_backwards(site_tree: SiteTree, order: str, size: int) -> None:
    translated(site_tree)
    for field, path in (("children", "/ar/ministere/"), ("siblings", "/ar/ministere/deux/")):
        whole = titles(listed(path, f"first: 100, orderBy: {order}", field=field)["nodes"])
        assert len(whole) == {"children": 4, "siblings": 3}[field]
        for count, since, more in (("first", "after", "hasNextPage"), ("last", "before", "hasPreviousPage")):
            met: list[str] = []
            cursor = ""
            for _round in range(9):
                answer = listed(path, f"{count}: {size}, orderBy: {order}{cursor}", field=field)
                part = titles(answer["nodes"])
                assert (answer["totalCount"], titles([edge["node"] for edge in answer["edges"]])) == (len(whole), part)
                met = met + part if count == "first" else part + met
                if not answer["pageInfo"][more]:
                    break
                cursor = f', {since}: "{answer["pageInfo"]["endCursor" if count == "first" else "startCursor"]}"'
            assert met == whole


def test_arguments_that_cannot_be_answered_are_refused(site_tree: SiteTree) -> None:
    other = listed("/fr/", "first: 1, orderBy: TREE_DESC")["pageInfo"]["endCursor"]
    for arguments in ("first: 101", "first: -1", "first: 1, last: 1", 'after: "x"', f'after: "{other}"'):
        for field in ("children", "siblings"):
            response = post({"query": f"{{ home {{ {field}({arguments}) {{ totalCount }} }} }}"})
            assert codes_of(response) == ["BAD_USER_INPUT"], arguments
    assert listed("/fr/", "first: 0")["nodes"] == []
