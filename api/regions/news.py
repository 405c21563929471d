"""The types ``NewsItem`` and ``NewsIndex``."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import Connection
from api.context import GraphQLContext
from api.execution import gather
from api.pages.content import PageContent, body_field, resolve_text_or_none
from api.pages.interface import NodeInterface, PageInterface, image_field
from api.pages.nodes import Node, nodes_load
from api.regions.continents import continents_connection, continents_field
from api.regions.countries import countries_connection, countries_field
from api.regions.loaders import NewsContinentKeysLoader, NewsCountryKeysLoader
from api.regions.news_kinds import NewsKind, news_kinds_load
from api.regions.news_lists import news_connection, news_field


def resolve_countries_of_news(node: Node, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """The countries that the item names."""
    context: GraphQLContext = info.context
    return countries_connection(context, _countries(context, node), node["scope"], arguments)


def resolve_continents_of_news(node: Node, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """The continents that the item names, then those of its countries, each once."""
    context: GraphQLContext = info.context
    scope = node["scope"]
    own_keys = context.loaders.get(NewsContinentKeysLoader).load(node["id"])
    keys = gather(own_keys, _countries(context, node)).then(
        lambda found: list(dict.fromkeys([*found[0], *(country["continent_key"] for country in found[1])]))
    )
    nodes = keys.then(lambda found: nodes_load(context, type_name="Continent", keys=found, scope=scope))
    return continents_connection(nodes, scope, arguments)


def _countries(context: GraphQLContext, node: Node) -> Any:
    keys = context.loaders.get(NewsCountryKeysLoader).load(node["id"])
    return keys.then(lambda found: nodes_load(context, type_name="Country", keys=found, scope=node["scope"]))


class NewsItem(graphene.ObjectType):
    """A news item: communiqué, meeting, visit …"""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    kind = graphene.Field(NewsKind, required=True, description="What sort of news this is.")
    date = graphene.Date(required=True, description="The day of the event, in the ministry's time zone.")
    summary = graphene.String(
        description="A few sentences for lists; null where there are none.",
        resolver=resolve_text_or_none("introduction"),
    )
    featured = graphene.Boolean(required=True, description="Whether editors set the item apart.")
    body = body_field()
    image = image_field()
    countries = countries_field(
        resolve_countries_of_news, description="The countries that the item is about.", default_order=None
    )
    continents = continents_field(
        resolve_continents_of_news,
        description="The continents that the item is about, those of its countries included.",
        default_order=None,
    )

    def resolve_kind(self: Node, info: GraphQLResolveInfo) -> Any:
        kinds = news_kinds_load(info.context, self["scope"])
        return kinds.then(lambda found: found[1][self["kind_id"]])


def resolve_news_of_index(node: Node, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """All news, in the scope of the list."""
    return news_connection(info.context, node["scope"], arguments)


class NewsIndex(PageContent, graphene.ObjectType):
    """The page that lists the news."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    news = news_field(resolve_news_of_index, description="All news.")
