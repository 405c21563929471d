"""The type ``Country`` and the lists of countries."""

from collections.abc import Callable
from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo, Undefined

from api.blocks import Fact, facts_from
from api.connections import (
    Connection,
    ListOrder,
    connection_arguments,
    connection_type,
    connections_of_lists,
    page_arguments,
)
from api.context import GraphQLContext
from api.dates import Date
from api.errors import BadUserInput, NotFound
from api.execution import Deferred, gather
from api.missions.lists import missions_of_place_field
from api.pages.columns import columns_of
from api.pages.content import PageContent, resolve_text_or_none
from api.pages.interface import NodeInterface, PageInterface
from api.pages.nodes import Node, node_load
from api.pages.texts import text_load
from api.pages.translations import nodes_in_states, status_filter, statuses_from
from api.regions.arguments import codes_checked, list_resolver
from api.regions.loaders import ContinentByCodeLoader, CountryByCodeLoader
from api.regions.news_lists import country_news_field
from api.regions.sub_regions import SubRegion, SubRegionTree, sub_region_tree_load
from api.relations.agreement_lists import country_agreements_field
from api.relations.timeline import country_timeline_field
from api.rows import column
from api.scope import Scope
from api.travel.of_country import country_travel_advice_field
from home.language.analysis import spelling
from home.language.collation import collation_key
from regions.models.codes import flag_emoji

CountryStatus = graphene.Enum.from_enum(
    Enum("CountryStatusValue", {"STATE": "state", "TERRITORY": "territory"}),
    name="CountryStatus",
    description=lambda value: (
        {"state": "A state.", "territory": "A territory."}[value.value]
        if value
        else "Whether the ministry speaks of a state or of a territory."
    ),
)


class _CountryOrder(Enum):
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    CODE_ASC = "CODE_ASC"
    CODE_DESC = "CODE_DESC"


_ORDER_DESCRIPTIONS = {
    "NAME_ASC": "By name, as people of the reader's language sort.",
    "NAME_DESC": "By name, backwards.",
    "CODE_ASC": "By code.",
    "CODE_DESC": "By code, backwards.",
}
CountryOrder = graphene.Enum.from_enum(
    _CountryOrder,
    name="CountryOrder",
    description=lambda value: _ORDER_DESCRIPTIONS[value.value] if value else "Orders of lists of countries.",
)


class CountryFilter(graphene.InputObjectType):
    """Narrows a list of countries; all given conditions must hold."""

    code = graphene.List(graphene.NonNull(graphene.String), description="ISO 3166-1 alpha-2 codes, for example MX.")
    continent = graphene.List(graphene.NonNull(graphene.String), description="UN M49 codes of continents.")
    subregion = graphene.List(
        graphene.NonNull(graphene.String), description="UN M49 codes of sub-regions; smaller ones within them count."
    )
    status = graphene.Field(CountryStatus, description="States only, or territories only.")
    text = graphene.String(description="Part of the name or of the formal name; case and accents do not count.")
    translation_status = status_filter("countries")


def country_list_order(order: Any, scope: Scope) -> ListOrder:
    """The order of a list of countries."""
    name = order.value
    is_descending = name.endswith("_DESC")
    if name.startswith("CODE"):
        return ListOrder(name, lambda node: (node["code"],), (str,), is_descending)
    return ListOrder(
        name, lambda node: (collation_key(node["title"], scope.locale), node["code"]), (str, str), is_descending
    )


def countries_connections(
    context: GraphQLContext,
    scope: Scope,
    *,
    filter: dict[str, Any] | None = None,  # noqa: A002 - the argument's name
    order_by: Any = None,
    **arguments: Any,
) -> Callable[[Callable[[], Deferred[list[Node]]]], Connection]:
    """What makes the connection over a whole list of countries, given what reads the list. Raises BadUserInput."""
    connect = connections_of_lists(
        order=None if order_by is None else country_list_order(order_by, scope),
        arguments=page_arguments(**arguments),
    )
    if not filter:
        return connect
    narrow = _narrowing(context, scope, filter)
    return lambda read: connect(lambda: narrow(read()))


def _narrowing(
    context: GraphQLContext, scope: Scope, criteria: dict[str, Any]
) -> Callable[[Deferred[list[Node]]], Deferred[list[Node]]]:
    codes = codes_checked(criteria.get("code"), length=2)
    continents = codes_checked(criteria.get("continent"), length=3)
    sub_regions = codes_checked(criteria.get("subregion"), length=3)
    status, text = criteria.get("status"), criteria.get("text")
    if text is not None and len(text) > 200:
        raise BadUserInput("`text` may have 200 characters.")
    part = spelling(text) if text and text.strip() else None

    def keep(found: list[Any]) -> list[Node]:
        countries, tree, in_continents = found
        sub_region_codes = None if sub_regions is None else tree.codes_within(set(sub_regions))
        return [
            node
            for node in countries
            if (codes is None or node["code"] in codes)
            and (status is None or node["status"] == status.value)
            and (in_continents is None or node["continent_key"] in in_continents)
            and (sub_region_codes is None or _sub_region_code(tree, node) in sub_region_codes)
            and (part is None or (part and any(part in spelling(node[name]) for name in ("title", "formal_name"))))
        ]

    tree: Any = None if sub_regions is None else sub_region_tree_load(context, scope)
    in_continents: Any = None
    if continents is not None:
        loader = context.loaders.get(ContinentByCodeLoader, scope, context.gate, columns_of("Continent", context.names))
        in_continents = loader.load_many(continents).then(
            lambda found: {node["translation_key"] for node in found if node is not None}
        )
    in_states = nodes_in_states(context, scope, statuses_from(criteria))
    return lambda nodes: gather(nodes, tree, in_continents).then(keep).then(in_states)


def _sub_region_code(tree: SubRegionTree, node: Node) -> str | None:
    row = tree.by_id.get(node["sub_region_id"])
    return None if row is None else row["code"]


class Country(PageContent, graphene.ObjectType):
    """A country or territory, and what the ministry says of relations with it."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    code = graphene.String(required=True, description="The ISO 3166-1 alpha-2 code.")
    alpha3 = graphene.String(required=True, description="The ISO 3166-1 alpha-3 code.")
    name = graphene.String(
        required=True, description="The short name; the same as the title.", resolver=column("title")
    )
    formal_name = graphene.String(
        description="The formal name, for example the United Mexican States.",
        resolver=resolve_text_or_none("formal_name"),
    )
    nominative = graphene.String(
        description="The name as a sentence has it, with its article where it takes one: le Mexique, Cuba.",
        resolver=resolve_text_or_none("nominative"),
    )
    in_country = graphene.String(
        description="“In the country”, as a sentence has it: au Mexique, à Cuba.",
        resolver=resolve_text_or_none("in_country"),
    )
    demonym = graphene.String(
        description=(
            "What inhabitants are called, masculine then feminine where they differ, with a comma of the language "
            "between them: Mexicain, Mexicaine."
        ),
        resolver=resolve_text_or_none("demonym"),
    )
    adjective = graphene.String(
        description=(
            "The adjective, masculine then feminine where they differ, with a comma of the language between them: "
            "mexicain, mexicaine."
        ),
        resolver=resolve_text_or_none("adjective"),
    )
    status = graphene.Field(CountryStatus, required=True, description="State or territory.")
    capital = graphene.String(description="The capital.", resolver=resolve_text_or_none("capital"))
    flag = graphene.String(required=True, description="The flag as an emoji.")
    key_facts = graphene.List(
        graphene.NonNull(Fact), required=True, description="Currency, languages, population and the like."
    )
    relations_since = Date(
        description="The day diplomatic relations were established.", resolver=resolve_text_or_none("relations_since")
    )
    subregion = graphene.Field(SubRegion, description="The smallest sub-region that the country is part of.")
    continent = graphene.Field("api.regions.continents.Continent", description="The continent it belongs to.")
    news = country_news_field()
    travel_advice = country_travel_advice_field()
    missions = missions_of_place_field(
        "country",
        description="Ours there and its own here, then those accredited to it from elsewhere; embassies first.",
    )
    timeline = country_timeline_field()
    agreements = country_agreements_field()

    def resolve_flag(self: Node, info: GraphQLResolveInfo) -> str:
        return flag_emoji(self["code"])

    def resolve_key_facts(self: Node, info: GraphQLResolveInfo) -> Any:
        facts = text_load(info.context, self, "key_facts")
        return Deferred.resolved(facts).then(facts_from)

    def resolve_subregion(self: Node, info: GraphQLResolveInfo) -> Any:
        if self["sub_region_id"] is None:
            return None
        tree = sub_region_tree_load(info.context, self["scope"])
        return tree.then(lambda found: found.by_id.get(self["sub_region_id"]))

    def resolve_continent(self: Node, info: GraphQLResolveInfo) -> Any:
        return node_load(info.context, type_name="Continent", key=self["continent_key"], scope=self["scope"])


CountryConnection = connection_type("Country", Country, "countries")


def countries_field(resolver: Any, *, description: str, default_order: str | None, **arguments: Any) -> graphene.Field:
    """A connection of countries; ``default_order`` None keeps the order that editors gave."""
    return graphene.Field(
        CountryConnection,
        description=description,
        resolver=list_resolver(resolver, CountryOrder.get(default_order) if default_order else None),
        **arguments,
        **connection_arguments(),
        filter=graphene.Argument(CountryFilter, description="Narrows the list."),
        order_by=graphene.Argument(
            CountryOrder,
            default_value=CountryOrder.get(default_order) if default_order else Undefined,
            description="The order of the list." if default_order else "The order; omitted: the order of the editors.",
        ),
    )


def country_by_code(context: GraphQLContext, code: str, scope: Scope) -> Deferred[Node]:
    """The country with an alpha-2 code in any case. Raises BadUserInput or NotFound."""
    codes = codes_checked([code], length=2)
    assert codes is not None  # noqa: S101 - codes were given

    def found(node: Node | None) -> Node:
        if node is None:
            raise NotFound("There is no such country.")
        return node

    return (
        context.loaders.get(CountryByCodeLoader, scope, context.gate, columns_of("Country", context.names))
        .load(codes[0])
        .then(found)
    )
