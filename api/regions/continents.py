"""The type ``Continent`` and the list of continents."""

from collections.abc import Callable
from enum import Enum
from typing import Any

import graphene
from django.utils.module_loading import import_string
from graphql import GraphQLResolveInfo, Undefined

from api.connections import (
    Connection,
    ListOrder,
    connection_arguments,
    connection_type,
    connections_of_lists,
    page_arguments,
)
from api.context import GraphQLContext
from api.errors import NotFound
from api.execution import Deferred
from api.pages.columns import columns_of
from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface
from api.pages.nodes import Node, nodes_load
from api.pages.texts import text_load
from api.pages.translations import nodes_in_states, status_filter, statuses_from
from api.regions.arguments import codes_checked, list_resolver
from api.regions.countries import countries_connections, countries_field
from api.regions.loaders import (
    ContinentByCodeLoader,
    ContinentsLoader,
    CountriesByContinentLoader,
    PinnedNewsKeysLoader,
)
from api.regions.news_lists import continent_news_field
from api.regions.sub_regions import SubRegion, sub_region_tree_load
from api.relations.timeline import continent_timeline_field
from api.rows import column
from api.scope import Scope
from home.language.collation import collation_key


def resolve_countries_of_continent(node: Node, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """The continent's countries."""
    context: GraphQLContext = info.context
    scope = node["scope"]
    nodes = context.loaders.get(
        CountriesByContinentLoader, scope, context.gate, columns_of("Country", context.names)
    ).load(node["translation_key"])
    return countries_connections(context, scope, **arguments)(lambda: nodes)


class Continent(PageContent, graphene.ObjectType):
    """A continent: what the ministry says of relations there, its countries and their news."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    code = graphene.String(required=True, description="The UN M49 code, three digits.")
    name = graphene.String(required=True, description="The name; the same as the title.", resolver=column("title"))
    menu_label = graphene.String(required=True, description="The short name for menus; the title unless editors chose.")
    heading = graphene.String(
        required=True, description="The name shown large at the top of the page; the title unless editors chose."
    )
    countries = countries_field(
        resolve_countries_of_continent, description="The continent's countries.", default_order="NAME_ASC"
    )
    news = continent_news_field()
    timeline = continent_timeline_field()
    subregions = graphene.List(
        graphene.NonNull(SubRegion), required=True, description="The largest parts of the continent, by code."
    )
    pinned_news = graphene.List(
        graphene.NonNull(lambda: import_string("api.regions.news.NewsItem")),
        required=True,
        description="The items that editors keep on top of the continent's news, in their order.",
    )

    def resolve_menu_label(self: Node, info: GraphQLResolveInfo) -> Any:
        return _text_or_title(info.context, self, "menu_label")

    def resolve_heading(self: Node, info: GraphQLResolveInfo) -> Any:
        return _text_or_title(info.context, self, "heading")

    def resolve_subregions(self: Node, info: GraphQLResolveInfo) -> Any:
        tree = sub_region_tree_load(info.context, self["scope"])
        return tree.then(lambda found: found.of_continent(self["code"]))

    def resolve_pinned_news(self: Node, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        keys = context.loaders.get(PinnedNewsKeysLoader).load(self["id"])
        return keys.then(lambda found: nodes_load(context, type_name="NewsItem", keys=found, scope=self["scope"]))


def _text_or_title(context: GraphQLContext, node: Node, field: str) -> Any:
    own = node[field]
    return own or Deferred.resolved(text_load(context, node, field)).then(lambda text: text or node["title"])


class ContinentFilter(graphene.InputObjectType):
    """Narrows a list of continents."""

    code = graphene.List(graphene.NonNull(graphene.String), description="UN M49 codes, for example 019.")
    translation_status = status_filter("continents")


ContinentOrder = graphene.Enum.from_enum(
    Enum("ContinentOrderValue", {name: name for name in ("NAME_ASC", "NAME_DESC", "CODE_ASC", "CODE_DESC")}),
    name="ContinentOrder",
    description=lambda value: (
        {
            "NAME_ASC": "By name, as people of the reader's language sort.",
            "NAME_DESC": "By name, backwards.",
            "CODE_ASC": "By code.",
            "CODE_DESC": "By code, backwards.",
        }[value.value]
        if value
        else "Orders of lists of continents."
    ),
)

ContinentConnection = connection_type("Continent", Continent, "continents")


def continents_field(resolver: Any, *, description: str, default_order: str | None, **arguments: Any) -> graphene.Field:
    """A connection of continents; ``default_order`` None keeps the order that editors gave."""
    return graphene.Field(
        ContinentConnection,
        description=description,
        resolver=list_resolver(resolver, ContinentOrder.get(default_order) if default_order else None),
        **arguments,
        **connection_arguments(),
        filter=graphene.Argument(ContinentFilter, description="Narrows the list."),
        order_by=graphene.Argument(
            ContinentOrder,
            default_value=ContinentOrder.get(default_order) if default_order else Undefined,
            description="The order of the list." if default_order else "The order; omitted: the order of the editors.",
        ),
    )


def continents_connections(
    context: GraphQLContext,
    scope: Scope,
    *,
    filter: dict[str, Any] | None = None,  # noqa: A002 - the argument's name
    order_by: Any = None,
    **arguments: Any,
) -> Callable[[Callable[[], Deferred[list[Node]]]], Connection]:
    """What makes the connection over a whole list of continents, given what reads the list. Raises BadUserInput."""
    codes = codes_checked((filter or {}).get("code"), length=3)
    connect = connections_of_lists(
        order=None if order_by is None else _list_order(order_by.value, scope), arguments=page_arguments(**arguments)
    )
    if not filter:
        return connect
    in_states = nodes_in_states(context, scope, statuses_from(filter))

    def keep(found: list[Node]) -> list[Node]:
        return [node for node in found if codes is None or node["code"] in codes]

    return lambda read: connect(lambda: read().then(keep).then(in_states))


def _list_order(name: str, scope: Scope) -> ListOrder:
    is_descending = name.endswith("_DESC")
    if name.startswith("CODE"):
        return ListOrder(name, lambda node: (node["code"],), (str,), is_descending)
    return ListOrder(
        name, lambda node: (collation_key(node["title"], scope.locale), node["code"]), (str, str), is_descending
    )


def continents_load(context: GraphQLContext, scope: Scope) -> Deferred[list[Node]]:
    """Every continent, in no order."""
    return context.loaders.get(ContinentsLoader, scope, context.gate, columns_of("Continent", context.names)).load(None)


def continent_by_code(context: GraphQLContext, code: str, scope: Scope) -> Deferred[Node]:
    """The continent with a UN M49 code. Raises BadUserInput or NotFound."""
    codes = codes_checked([code], length=3)
    assert codes is not None  # noqa: S101 - codes were given

    def found(node: Node | None) -> Node:
        if node is None:
            raise NotFound("There is no such continent.")
        return node

    return (
        context.loaders.get(ContinentByCodeLoader, scope, context.gate, columns_of("Continent", context.names))
        .load(codes[0])
        .then(found)
    )
