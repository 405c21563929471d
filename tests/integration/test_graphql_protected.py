"""Private pages: `route` says that they are there, and nothing else says anything."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from graphql import GraphQLObjectType, get_named_type
from wagtail.models import Page, PageViewRestriction

from api.ids import id_encode
from api.locales import scope_of
from api.schema import schema
from home.models import StandardPage
from home.selectors.keys import key_of
from tests.asking import ask, body_of, codes_of, post
from tests.factories.content import StandardPageFactory
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

CODES = ("fr", "ar", "es")
PROTECTED = "{ __typename ... on ProtectedPage { path } ... on Page { id title } ... on Redirect { to } }"


def protect(page: Page, kind: str) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name="Insiders"))


def sections(tree: SiteTree) -> dict[str, list[StandardPage]]:
    """In each language a page, a page below it and another below that."""
    found: dict[str, list[StandardPage]] = {}
    for code in CODES:
        parent: Any = tree.home[code]
        found[code] = []
        for place, slug in enumerate(("prive", "dessous", "plus-bas")):
            fields = {"translation_key": found["fr"][place].translation_key} if code != "fr" else {}
            parent = StandardPageFactory(parent=parent, title=f"Secret {code} {slug}", slug=slug, **fields)
            found[code].append(parent)
    return found


def routed(path: str) -> Any:
    return ask(f"query ($path: String!) {{ route(path: $path) {PROTECTED} }}", {"path": path})["route"]


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
@pytest.mark.parametrize("code", CODES)
def test_route_says_that_a_private_page_is_there_and_those_below_it(site_tree: SiteTree, code: str, kind: str) -> None:
    pages = sections(site_tree)
    protect(pages[code][0], kind)
    for other in CODES:
        for path in ("prive/", "prive/dessous/", "prive/dessous/plus-bas/"):
            answer = routed(f"/{other}/{path}")
            if other == code:
                assert answer == {"__typename": "ProtectedPage", "path": f"/{other}/{path}"}
            else:
                assert answer["__typename"] == "StandardPage"
                assert answer["title"].startswith(f"Secret {other}")


def test_a_page_that_is_private_in_one_language_is_answered_by_the_next_of_the_chain_elsewhere(
    site_tree: SiteTree,
) -> None:
    pages = sections(site_tree)
    protect(pages["ar"][0], "login")
    arabic = id_encode("StandardPage", key_of(pages["ar"][0].translation_key), scope_of("ar"))
    assert ask(f'{{ page(id: "{arabic}") {{ title isFallback }} }}')["page"] == {
        "title": "Secret fr prive",
        "isFallback": True,
    }
    assert routed("/ar/prive/")["__typename"] == "ProtectedPage"


@pytest.mark.parametrize("asked", ["/fr/prive", "/FR/Prive/", "/fr/%70rive/", "/fr/prive/?x=1#y"])
def test_the_path_told_is_the_one_asked_for(site_tree: SiteTree, asked: str) -> None:
    protect(sections(site_tree)["fr"][0], "login")
    answer = routed(asked)
    assert answer["__typename"] == "ProtectedPage"
    assert answer["path"].lower() == "/fr/prive/"
    # The spelling of the reader, not that of the page.
    assert ("Prive" in asked) == ("Prive" in answer["path"])


def test_what_is_not_live_below_a_private_page_is_not_there_at_all(site_tree: SiteTree) -> None:
    _top, below, last = sections(site_tree)["fr"]
    protect(Page.objects.get(slug="prive", locale__language_code="fr"), "login")
    Page.objects.filter(pk=below.pk).update(live=False, first_published_at=timezone.now())
    for path in ("/fr/prive/dessous/", "/fr/prive/dessous/plus-bas/", "/fr/prive/nulle-part/"):
        assert routed(path) == {"__typename": "RouteNotFound"}, path
    assert routed("/fr/prive/")["__typename"] == "ProtectedPage"
    assert last.live


def test_a_private_page_that_is_not_live_is_not_there(site_tree: SiteTree) -> None:
    top = sections(site_tree)["fr"][0]
    protect(top, "login")
    Page.objects.filter(pk=top.pk).update(live=False, first_published_at=timezone.now())
    assert routed("/fr/prive/") == {"__typename": "RouteNotFound"}


def test_nothing_but_route_leads_to_a_private_page(site_tree: SiteTree) -> None:
    """Its title, its path and its type stand nowhere; ids answer as ids of nothing do."""
    pages = sections(site_tree)
    for code in CODES:
        protect(pages[code][0], "login")
    for code in CODES:
        answer = ask(f"""{{
          home(locale: {code.upper()}) {{ children(first: 100) {{ totalCount nodes {{ title path }} }} }}
          search(query: "secret", locale: {code.upper()}) {{ totalCount nodes {{ title }} }}
        }}""")
        assert answer["search"] == {"totalCount": 0, "nodes": []}
        assert answer["home"]["children"]["totalCount"] == len(answer["home"]["children"]["nodes"]) == 9
        assert "prive" not in json.dumps(answer)
        for page in pages[code]:
            for root in ("page", "node"):
                hidden = id_encode("StandardPage", key_of(page.translation_key), scope_of(code))
                nothing = id_encode("StandardPage", key_of(site_tree.home["fr"].translation_key), scope_of(code))
                private, absent = (
                    post({"query": f'{{ {root}(id: "{each}") {{ id }} }}'}) for each in (hidden, nothing)
                )
                assert codes_of(private) == ["NOT_FOUND"]
                assert body_of(private) == body_of(absent)


def test_protected_page_tells_no_more_than_the_path_asked_for() -> None:
    graphql_schema = schema.graphql_schema
    protected = graphql_schema.type_map["ProtectedPage"]
    assert isinstance(protected, GraphQLObjectType)
    assert set(protected.fields) == {"path"}
    assert protected.interfaces == ()
    # It is answered by `route` alone.
    holders = {"ProtectedPage"} | {
        named.name for named in graphql_schema.type_map.values() if protected in getattr(named, "types", ())
    }
    assert holders == {"ProtectedPage", "RouteResult"}
    leading = {
        (named.name, name)
        for named in graphql_schema.type_map.values()
        if isinstance(named, GraphQLObjectType)
        for name, field in named.fields.items()
        if get_named_type(field.type).name in holders
    }
    assert leading == {("Query", "route")}
