"""Lists read the columns that a document's fields need: each field answers as it does when all of them are read."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, cast

import pytest
from django.test import RequestFactory
from graphql import GraphQLObjectType, get_named_type, is_leaf_type, is_object_type, is_required_argument

from api.context import GraphQLContext
from api.documents import DocumentStore
from api.execution import LoaderRegistry, execute
from api.limits import limits
from api.pages.columns import COLUMNS, columns_of
from api.schema import schema
from missions.models import NewsOrganisationLink, NewsPersonLink, OrganisationPage, PersonPage
from regions.models import ContinentPinnedNews
from tests.bodies import block
from tests.factories import ImageFactory, SiteTree
from tests.factories.advice import advice_make
from tests.factories.records import record_make

pytestmark = pytest.mark.once

SCHEMA = schema.graphql_schema
TYPES = ("Continent", "Country", "NewsItem")
# The names in the tables that are no fields: of all types, and of one.
META = {"__typename"}
ARGUMENTS = {"Country": {"filter"}}
# News items are shown in one language alone.
EMPTY = {("NewsItem", "fallbackFields")}

# Every way to a list that reads columns; a fragment F, on the type, is put into each. The names of arguments of each
# are another set of columns, so each is a document of its own.
_PLACES = {
    "Continent": [
        "continents{} {{ nodes {{ ...F }} }}",
        "continents(orderBy: CODE_DESC{more}) {{ edges {{ cursor node {{ ...F }} }} pageInfo {{ endCursor }} }}",
        'continents(filter: {{ code: ["019"] }}{more}) {{ nodes {{ ...F }} }}',
        'continent(code: "019"{more}) {{ ...F }}',
    ],
    "Country": [
        "countries{} {{ nodes {{ ...F }} }}",
        "countries(orderBy: CODE_DESC{more}) {{ edges {{ cursor node {{ ...F }} }} pageInfo {{ endCursor }} }}",
        'countries(filter: {{ code: ["MX", "MA"], status: STATE }}{more}) {{ nodes {{ ...F }} }}',
        'countries(filter: {{ continent: ["019"], subregion: ["419"] }}{more}) {{ totalCount nodes {{ ...F }} }}',
        'countries(filter: {{ text: "mexi" }}{more}) {{ nodes {{ ...F }} }}',
        'continents{} {{ nodes {{ countries(filter: {{ text: "me" }}) {{ nodes {{ ...F }} }} }} }}',
        "continents{} {{ nodes {{ countries {{ nodes {{ ...F }} }} }} }}",
        'country(code: "MX"{more}) {{ ...F }}',
    ],
    "NewsItem": [
        "news{} {{ nodes {{ ...F }} }}",
        "news(orderBy: DATE_ASC, last: 1{more}) {{ edges {{ cursor node {{ ...F }} }} pageInfo {{ endCursor }} }}",
        'news(filter: {{ kind: ["meeting"], country: ["MX"], text: "accord" }}{more}) {{ nodes {{ ...F }} }}',
        "continents{} {{ nodes {{ news(first: 2) {{ totalCount nodes {{ ...F }} }} }} }}",
        "countries{} {{ nodes {{ news(first: 2, orderBy: DATE_ASC) {{ edges {{ cursor node {{ ...F }} }} }} }} }}",
        "continents{} {{ nodes {{ pinnedNews {{ ...F }} }} }}",
    ],
}


def places(type_name: str, locale: str) -> list[str]:
    return [place.format(f"(locale: {locale})", more=f", locale: {locale}") for place in _PLACES[type_name]]


def leaves(named: Any, owner: str) -> str:
    """A selection on a type that asks for no column of the owner that the field itself does not need."""
    fields = cast(GraphQLObjectType, named).fields if hasattr(named, "fields") else {}
    names = [
        name
        for name, field in fields.items()
        if is_leaf_type(get_named_type(field.type))
        and not any(is_required_argument(argument) for argument in field.args.values())
        and not COLUMNS[owner].get(name)
    ]
    return f"{{ __typename {' '.join(names)} }}"


def selection(owner: str, name: str) -> str:
    field = cast(GraphQLObjectType, SCHEMA.type_map[owner]).fields[name]
    kind = get_named_type(field.type)
    if is_leaf_type(kind):
        return name
    if is_object_type(kind) and kind.name.endswith("Connection"):
        node = get_named_type(kind.fields["nodes"].type)
        return f"{name} {{ totalCount nodes {leaves(node, owner)} }}"
    return f"{name} {leaves(kind, owner)}"


@cache
def store() -> DocumentStore:
    return DocumentStore(SCHEMA, limits=limits(), introspection=True)


def data(query: str, *, with_all: bool) -> Any:
    document = store().get(query)
    context = GraphQLContext(
        request=RequestFactory().get("/graphql/"),
        loaders=LoaderRegistry(),
        names=None if with_all else document.names,
    )
    result = execute(SCHEMA, document.ast, context_value=context, plans=document.plans)
    assert not result.errors, (query, result.errors)
    return result.data


def values(answer: Any, name: str) -> Iterable[Any]:
    """What stands at the key, anywhere in an answer."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            if key == name:
                yield value
            yield from values(value, name)
    elif isinstance(answer, list):
        for value in answer:
            yield from values(value, name)


@pytest.fixture
def full_site(site_tree: SiteTree) -> SiteTree:
    """Every field has a value somewhere: French pages have all, Arabic ones have theirs or are filled."""
    picture = ImageFactory()
    content: dict[str, Any] = {
        "seo_title": "Titre", "search_description": "Pour les moteurs.", "introduction": "Un chapeau.",
        "image": picture, "image_alt": "Une salle", "image_credit": "MAE",
        "body": [block("rich_text", "<p>Texte</p>")],
        "first_published_at": datetime(2026, 1, 2, tzinfo=UTC), "last_published_at": datetime(2026, 1, 3, tzinfo=UTC),
    }  # fmt: skip
    item = site_tree.news("Accord", countries=["MX", "MA"], continents=["019"], featured=True, **content)
    site_tree.news("Visite", countries=["MX"], date=date(2026, 2, 1))
    site_tree.news("زيارة", locale="ar", countries=["MX"], translation_key=item.translation_key)
    own: dict[Any, dict[str, Any]] = {
        site_tree.continent["fr", "019"]: {"menu_label": "Amérique", "heading": "Les Amériques"},
        site_tree.country["fr", "MX"]: {
            "formal_name": "les États-Unis du Mexique", "capital": "Mexico", "relations_since": date(1962, 5, 1),
            "key_facts": [block("fact", {"label": "Monnaie", "value": "Peso"})],
        },
    }  # fmt: skip
    for page, fields in own.items():
        for name, value in {**content, **fields}.items():
            setattr(page, name, value)
        page.save()
    ContinentPinnedNews.objects.create(page=site_tree.continent["fr", "019"], news=item)
    person = record_make(PersonPage, home=site_tree.home["fr"], title="Amina Alaoui")
    organisation = record_make(OrganisationPage, home=site_tree.home["fr"], title="Organisation", kind="regional")
    NewsPersonLink.objects.create(page=item, person=person)
    NewsOrganisationLink.objects.create(page=item, organisation=organisation)
    advice_make(site_tree, "MX")
    return site_tree


@pytest.mark.parametrize("type_name", TYPES)
def test_the_tables_name_the_fields_of_the_schema(type_name: str) -> None:
    fields = set(cast(GraphQLObjectType, SCHEMA.type_map[type_name]).fields)
    assert set(COLUMNS[type_name]) == fields | META | ARGUMENTS.get(type_name, set())
    every = columns_of(type_name, None)
    assert {column for of_field in COLUMNS[type_name].values() for column in of_field} <= {*every, "*"}
    assert columns_of(type_name, frozenset({"fallbackFields"})) == every


@pytest.mark.parametrize("type_name", TYPES)
def test_names_that_no_column_follows_from_make_no_difference(type_name: str) -> None:
    some = columns_of(type_name, frozenset({"title", "totalCount"}))
    assert "title" in some
    assert "introduction" not in some
    assert columns_of(type_name, frozenset({"title", "pageInfo"})) is some


@pytest.mark.django_db
@pytest.mark.parametrize("type_name", TYPES)
def test_each_field_alone_answers_as_with_all_columns(full_site: SiteTree, type_name: str) -> None:
    for name in cast(GraphQLObjectType, SCHEMA.type_map[type_name]).fields:
        told: list[Any] = []
        for place in (place for locale in ("FR", "AR") for place in places(type_name, locale)):
            query = f"{{ {place} }} fragment F on {type_name} {{ {selection(type_name, name)} }}"
            pruned = data(query, with_all=False)
            assert pruned == data(query, with_all=True), query
            told += values(pruned, name)
        # It would say nothing of fields that nobody has filled.
        assert any(value not in (None, [], "") for value in told) or (type_name, name) in EMPTY, name
