"""The types ``NewsItem`` and ``NewsIndex``."""

from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import Any

import graphene
from django.utils.module_loading import import_string
from graphql import GraphQLResolveInfo

from api.connections import Connection
from api.context import GraphQLContext
from api.dates import Date
from api.execution import Deferred, gather
from api.pages.content import PageContent, body_field, resolve_text_or_none
from api.pages.interface import NodeInterface, PageInterface, image_field
from api.pages.nodes import Node, node_lists_load
from api.record_rows import RowsByIdLoader
from api.regions.continents import continents_connections, continents_field
from api.regions.countries import countries_connections, countries_field
from api.regions.loaders import NewsContinentKeysLoader, NewsCountryKeysLoader
from api.regions.news_kinds import NewsKind, news_kinds_load
from api.regions.news_lists import news_connection, news_field
from api.rows import resolver_by_scope
from api.scope import Scope
from home.language.hijri import hijri_date_or_none
from missions.selectors.organisations import news_organisation_keys


@resolver_by_scope
def resolve_countries_of_news(
    nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any
) -> list[Connection]:
    """The countries that items name."""
    lists = _countries(info.context, nodes, scope)
    return _connections(countries_connections(info.context, scope, **arguments), lists, len(nodes))


@resolver_by_scope
def resolve_continents_of_news(
    nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any
) -> list[Connection]:
    """The continents that items name, then those of their countries, each once."""
    context: GraphQLContext = info.context
    own_keys = context.loaders.get(NewsContinentKeysLoader).load_many([node["id"] for node in nodes])

    def load(found: list[Any]) -> Deferred[list[list[Node]]]:
        keys = [
            list(dict.fromkeys([*own, *(country["continent_key"] for country in countries)]))
            for own, countries in zip(*found, strict=True)
        ]
        return node_lists_load(context, type_name="Continent", lists=keys, scope=scope)

    lists = gather(own_keys, _countries(context, nodes, scope)).then(load)
    return _connections(continents_connections(info.context, scope, **arguments), lists, len(nodes))


def _countries(context: GraphQLContext, nodes: list[Node], scope: Scope) -> Deferred[list[list[Node]]]:
    keys = context.loaders.get(NewsCountryKeysLoader).load_many([node["id"] for node in nodes])
    return keys.then(lambda found: node_lists_load(context, type_name="Country", lists=found, scope=scope))


def _connections(
    connect: Callable[[Callable[[], Deferred[list[Node]]]], Connection], lists: Deferred[list[list[Node]]], number: int
) -> list[Connection]:
    """A connection over each of so many lists."""
    return [connect(partial(lists.then, itemgetter(index))) for index in range(number)]


class NewsItem(graphene.ObjectType):
    """A news item: communiqué, meeting, visit …"""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    kind = graphene.Field(NewsKind, required=True, description="What sort of news this is.")
    date = Date(required=True, description="The day of the event, in the ministry's time zone.")
    hijri_date = graphene.String(
        description=(
            "The day by the Umm al-Qura calendar, in the words of the reader's language; null before 1 August 1924, "
            "after 16 November 2077, and in a language whose names of the months Diwan does not have."
        )
    )
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

    people = graphene.List(
        graphene.NonNull(lambda: import_string("api.missions.offices.NewsPerson")),
        required=True,
        description="The people that the item is about, with what they were on its day, in the editors' order.",
    )
    organisations = graphene.List(
        graphene.NonNull(lambda: import_string("api.missions.organisations.Organisation")),
        required=True,
        description="The organisations that the item is about, in the editors' order.",
    )

    @staticmethod
    @resolver_by_scope
    def resolve_people(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Any:
        # Their types name news in turn.
        from api.missions.offices import people_of_news

        return people_of_news(info.context, nodes, scope)

    @staticmethod
    @resolver_by_scope
    def resolve_organisations(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        keys = context.loaders.get(RowsByIdLoader, news_organisation_keys).load_many(node["id"] for node in nodes)
        return keys.then(lambda found: node_lists_load(context, type_name="Organisation", lists=found, scope=scope))

    def resolve_hijri_date(self: Node, info: GraphQLResolveInfo) -> str | None:
        return hijri_date_or_none(self["date"], language_code=self["scope"].chain[0])

    @staticmethod
    @resolver_by_scope
    def resolve_kind(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Deferred[list[dict[str, Any]]]:
        kinds = news_kinds_load(info.context, scope)
        return kinds.then(lambda found: [found[1][node["kind_id"]] for node in nodes])


def resolve_news_of_index(node: Node, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """All news, in the scope of the list."""
    return news_connection(info.context, node["scope"], arguments)


class NewsIndex(PageContent, graphene.ObjectType):
    """The page that lists the news."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    news = news_field(resolve_news_of_index, description="All news.")
