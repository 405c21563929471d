"""Nothing that the public may not see shows on any path of the schema."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.test import RequestFactory
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
    is_union_type,
    validate,
)
from wagtail.models import DraftStateMixin, Page

from api.context import GraphQLContext
from api.execution import LoaderRegistry, execute
from api.ids import id_decode, id_encode
from api.locales import scope_of
from api.pages.nodes import TYPE_BY_MODEL
from api.schema import schema
from home.selectors.keys import key_of
from tests.canaries import CANARY, Canaries, canaries_make, public_path
from tests.contract.site import site_fill
from tests.factories.content import StandardPageFactory
from tests.factories.kept_rows import kept
from tests.factories.site import SiteTree
from tests.relations_world import relations_world_make
from tests.walking import Root, UnknownArgumentsError, Walk, enum_roots, every_field, strings_in

graphql_schema = schema.graphql_schema
# Values for fields that need arguments to answer anything, as GraphQL. A field with required arguments fails the walk
# until it stands here; root fields have theirs in `named_roots`.
ARGUMENTS = {("Image", "resized"): ["width: 320", "height: 200", "width: 320, height: 200"]}
# Levels of objects below a root field: a list's nodes are two below the list. Arabic, where some pages are translated
# and others fall back, is walked one level deeper than the languages in which all are or none.
DEPTH, DEPTH_OF_ARABIC = 3, 4


@kept
def _canaries_make(site_tree: SiteTree) -> Canaries:
    site_fill(site_tree)
    relations_world_make(site_tree)
    return canaries_make(site_tree)


@pytest.fixture
def canaries(site_tree: SiteTree) -> Canaries:
    """One of everything that may be seen, and everything that may not, with ways to it."""
    return _canaries_make(site_tree)


def list_roots(locale: str) -> list[Root]:
    """Root fields from which everything else is reached."""
    reader = {"locale": locale.upper()}
    return [
        ("home", reader),
        ("continents", reader),
        ("countries", {**reader, "first": "3"}),
        ("news", reader),
        ("country", {**reader, "code": '"MX"'}),
        ("organisations", reader),
        ("people", reader),
        ("timeline", reader),
        ("agreements", reader),
        ("siteSettings", reader),
        ("travelAdvice", reader),
        ("travelAdviceChanges", {**reader, "majorOnly": "false"}),
        ("search", {**reader, "query": '"visite"'}),
        ("missions", reader),
        ("missionFor", {**reader, "country": '"CU"', "service": "VISAS"}),
        *(("navigation", {**reader, "location": location}) for location in ("HEADER", "FOOTER")),
    ]


def named_roots(found: Canaries, locale: str) -> list[Root]:
    """Root fields that name what is hidden, by every kind of name there is."""
    reader = {"locale": locale.upper()}
    ids = [
        id_encode(TYPE_BY_MODEL[page.specific_class._meta.model_name], key_of(page.translation_key), scope_of(locale))
        for page in found.pages
    ]
    filters = [f'{{text: "{CANARY}"}}', '{country: "SN"}', '{continent: "002"}', "{featured: true}"]
    return [
        *(("news", {**reader, "filter": each}) for each in filters),
        *(("countries", {**reader, "filter": each}) for each in (f'{{text: "{CANARY}"}}', '{continent: "002"}')),
        ("continents", {**reader, "filter": '{code: "002"}'}),
        ("search", {**reader, "query": f'"{CANARY}"'}),
        ("search", {**reader, "query": '"canary draft"', "first": "100"}),
        *(("search", {**reader, "query": f'"{CANARY}"', "types": name}) for name in SEARCH_TYPES),
        ("country", {**reader, "code": '"SN"'}),
        ("continent", {**reader, "code": '"002"'}),
        *(("news", {**reader, "filter": f"{{translationStatus: [{status}]}}"}) for status in STATUSES),
        *(("countries", {**reader, "filter": f"{{translationStatus: [{status}]}}"}) for status in STATUSES),
        ("translationCoverage", reader),
        *(("translationCoverage", {**reader, "pageType": name}) for name in PAGE_TYPES),
        *(("missions", {**reader, **each}) for each in mission_arguments()),
        *(
            ("missionFor", {**reader, "country": country, **service})
            for country in ('"MX"', '"BR"', '"SN"')
            for service in ({}, {"service": "VISAS"})
        ),
        *(("travelAdvice", {**reader, "filter": each}) for each in (f'{{text: "{CANARY}"}}', '{country: "SN"}')),
        ("travelAdvice", {**reader, "filter": '{country: ["AR", "CU", "JM", "MA"]}'}),
        ("travelAdviceChanges", {**reader, "country": '["AR", "CU", "JM", "MA", "SN"]', "majorOnly": "false"}),
        ("newsKinds", reader),
        ("locales", {}),
        *(("organisation", {**reader, "acronym": f'"{acronym}"'}) for acronym in ("PUB", "CANARYDRAFT", "CANARYS")),
        *((root, {**reader, "filter": each}) for root in ("timeline", "agreements") for each in RECORD_FILTERS),
        *((root, {**reader, "filter": f'{{text: "{CANARY}"}}'}) for root in ("organisations", "people")),
        *(
            ("timeline", {**reader, "filter": f'{{person: "{each}"}}'})
            for each in ids
            if id_decode(each).type == "Person"
        ),
        *((root, {"id": f'"{global_id}"'}) for global_id in ids for root in ("node", "page", "newsItem", "person")),
        *(("route", {"path": f'"{path}"'}) for path in asked_paths(found)),
        ("route", {"path": '"/fr/page/dessous/"'}),
        ("route", {"path": f'"/{locale}/actualites/"'}),
    ]


RECORD_FILTERS = [
    f'{{text: "{CANARY}"}}',
    '{country: "SN"}',
    '{organisation: "CANARYDRAFT"}',
    '{organisation: "CANARYS"}',
    "{kind: []}",
]


def mission_arguments() -> list[dict[str, str]]:
    """Ways to narrow the list of missions to what is hidden, each with an order."""
    near = "near: {latitude: 19.43, longitude: -99.2, radiusKm: 20000}"
    filters = [f'text: "{CANARY}"', f'organisation: "{CANARY}"', 'country: "SN"', 'country: "BR", resident: false']
    filters += ["service: VISAS", f'openAt: "{datetime.now(UTC).isoformat()}"']
    return [
        {"filter": f"{{ {near} }}", "orderBy": "DISTANCE_ASC"},
        *({"filter": f"{{ {each} }}", "orderBy": "COUNTRY_ASC"} for each in filters),
    ]


SEARCH_TYPES, PAGE_TYPES, STATUSES = (
    list(graphql_schema.type_map[name].values) for name in ("SearchType", "PageType", "TranslationStatus")
)


def ordered_roots(locale: str) -> list[Root]:
    """Root fields with each value of their enums; missions are told by distance from a place only."""
    roots = enum_roots(graphql_schema, {"locale": locale.upper()})
    return [root for root in roots if root[1].get("orderBy") != "DISTANCE_ASC"]


def asked_paths(found: Canaries) -> list[str]:
    """The paths of hidden pages, and old paths whose redirects lead to them."""
    paths = [path for page in found.pages for path in (public_path(page), f"/to/{page.pk}/")]
    return [*paths, *(f"/typed/{place}/" for place in range(len(found.typed)))]


def walked(walk: Walk, roots: list[Root], depth: int) -> tuple[list[str], list[Any]]:
    """Every string of the answer, and its errors."""
    context = GraphQLContext(request=RequestFactory().get("/"), loaders=LoaderRegistry())
    result = execute(graphql_schema, walk.document(roots, depth), context_value=context)
    return strings_in(result.data), list(result.errors or [])


def seen(found: Canaries, locale: str, *, walk: Walk | None = None, depth: int = DEPTH) -> list[str]:
    """Every string of all answers, messages of errors too. A path that was asked for and is told back says nothing."""
    walk = walk or Walk(graphql_schema, ARGUMENTS)
    parts = [walked(walk, [root], depth) for root in list_roots(locale)]
    named = [*named_roots(found, locale), *ordered_roots(locale)]
    parts.append(walked(walk, named, 2))
    errors = [error for _strings, found_errors in parts for error in found_errors]
    assert {(error.extensions or {}).get("code") for error in errors} <= {"NOT_FOUND"}
    told_back = set(asked_paths(found))
    strings = [text for found_strings, _errors in parts for text in found_strings if text not in told_back]
    return strings + [error.message for error in errors]


def leaks(strings: list[str]) -> list[str]:
    """The strings that a canary is in, each cut to what stands around it."""
    around = re.compile(rf".{{0,60}}{CANARY}.{{0,60}}", re.IGNORECASE)
    return sorted({found for text in set(strings) for found in around.findall(text)})


# The gates are the same statements in every language: one of the three is enough for the second database.
@pytest.mark.parametrize(
    "locale", [pytest.param("fr", marks=pytest.mark.once), "ar", pytest.param("es", marks=pytest.mark.once)]
)
def test_no_path_of_the_schema_leads_to_a_canary(canaries: Canaries, locale: str) -> None:
    strings = seen(canaries, locale, depth=DEPTH_OF_ARABIC if locale == "ar" else DEPTH)
    assert len(strings) > 10_000
    assert leaks(strings) == []


def test_the_walk_asks_for_every_field(hidden: Canaries) -> None:
    walk = Walk(graphql_schema, ARGUMENTS)
    walk.document(list_roots("fr"), DEPTH)
    walk.document([*named_roots(hidden, "fr"), *ordered_roots("fr")], 2)
    assert every_field(graphql_schema) - walk.fields == set()


def test_the_walk_is_a_valid_query() -> None:
    for roots in (list_roots("fr"), enum_roots(graphql_schema, {"locale": "FR"})):
        assert validate(graphql_schema, Walk(graphql_schema, ARGUMENTS).document(roots, 2)) == []


@pytest.mark.once
def test_the_walk_reads_objects_of_every_type(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leaf without a gate is found on whatever type it is added to."""
    types = [named for named in graphql_schema.type_map.values() if isinstance(named, GraphQLObjectType)]
    objects = [named for named in types if not named.name.startswith("__") and named is not graphql_schema.query_type]
    for named in objects:
        leak = GraphQLField(GraphQLString, resolve=lambda _root, _info, name=named.name: f"{CANARY} on {name}")
        monkeypatch.setitem(named.fields, "draftTitle", leak)
    found = {text.rpartition(" ")[2] for text in leaks(seen(canaries, "fr"))}
    assert sorted({named.name for named in objects} - found) == []


def every_title(_root: Any, _info: Any) -> list[str]:
    return [str(page.title) for page in Page.objects.all()]


def live_pages_below(root: Any, _info: Any) -> Any:
    """What a relation without a gate answers: what is live, wherever it stands."""
    return [{"title": page.title} for page in Page.objects.filter(path__startswith=root["path"], live=True)]


LIKE_A_PAGE = GraphQLObjectType("Leak", lambda: {"title": GraphQLField(GraphQLString)})
UNGATED: dict[str, tuple[str, GraphQLField]] = {
    "a root field": ("Query", GraphQLField(GraphQLList(GraphQLString), resolve=every_title)),
    "a relation of a page": ("HomePage", GraphQLField(GraphQLList(LIKE_A_PAGE), resolve=live_pages_below)),
    "a relation of what is within a page": (
        "Breadcrumb",
        GraphQLField(GraphQLList(GraphQLString), resolve=every_title),
    ),
    "a field of a connection": ("NewsConnection", GraphQLField(GraphQLList(GraphQLString), resolve=every_title)),
    "a field of a block": ("PageLink", GraphQLField(GraphQLList(GraphQLString), resolve=every_title)),
}


@pytest.fixture
def hidden(site_tree: SiteTree) -> Canaries:
    """A live page below an unpublished one."""
    site_fill(site_tree)
    dead = StandardPageFactory(parent=site_tree.home["fr"], title="Dead", live=False)
    return Canaries(pages=[StandardPageFactory(parent=dead, title=CANARY)])


@pytest.mark.parametrize("place", UNGATED)
def test_a_field_without_a_gate_fails_the_walk(hidden: Canaries, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    type_name, leak = UNGATED[place]
    named = graphql_schema.type_map[type_name]
    assert isinstance(named, GraphQLObjectType)
    monkeypatch.setitem(graphql_schema.type_map, LIKE_A_PAGE.name, LIKE_A_PAGE)
    monkeypatch.setitem(named.fields, "pages", leak)
    roots: list[Root] = [("pages", {})] if type_name == "Query" else [("home", {}), ("news", {})]
    strings, errors = walked(Walk(graphql_schema, ARGUMENTS), roots, DEPTH)
    assert errors == []
    assert leaks(strings) != []


def test_a_root_field_that_the_walk_does_not_know_is_noticed(hidden: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    assert graphql_schema.query_type is not None
    monkeypatch.setitem(graphql_schema.query_type.fields, "pages", GraphQLField(GraphQLString))
    walk = Walk(graphql_schema, ARGUMENTS)
    walk.document([*list_roots("fr"), *named_roots(hidden, "fr")], 0)
    assert ("Query", "pages") in every_field(graphql_schema) - walk.fields


@pytest.mark.parametrize("type_name", ["Country", "Image", "NavigationItem"])
def test_a_field_with_required_arguments_must_be_in_the_table(monkeypatch: pytest.MonkeyPatch, type_name: str) -> None:
    named = graphql_schema.type_map[type_name]
    assert isinstance(named, GraphQLObjectType)
    argument = GraphQLArgument(GraphQLNonNull(GraphQLInt))
    monkeypatch.setitem(named.fields, "page", GraphQLField(GraphQLString, args={"id": argument}))
    with pytest.raises(UnknownArgumentsError, match=rf"{type_name}\.page\(id\)"):
        Walk(graphql_schema, ARGUMENTS).document(list_roots("fr"), DEPTH)
    Walk(graphql_schema, {**ARGUMENTS, (type_name, "page"): ["id: 1"]}).document(list_roots("fr"), DEPTH)


def test_no_snippet_of_the_project_has_drafts() -> None:
    """One that gets them needs a gate of its own, and its draft a canary here."""
    drafted = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    assert drafted == []


def test_everything_on_every_page_type_can_be_asked_for_at_once() -> None:
    """Fields of one name have one type, so that frontends need no aliases in one query for all page types."""
    union = graphql_schema.get_type("RouteResult")
    assert is_union_type(union)
    fields: dict[str, set[str]] = {}
    for possible in graphql_schema.get_possible_types(union):
        for name, field in possible.fields.items():
            fields.setdefault(name, set()).add(str(field.type))
    assert {name: types for name, types in fields.items() if len(types) > 1} == {}
