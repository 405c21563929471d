"""The root fields of continents, countries and news."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import Connection
from api.context import GraphQLContext
from api.execution import Deferred
from api.locales import scope_arguments, scope_from
from api.pages.columns import columns_of
from api.pages.lookup import page_by_id
from api.pages.nodes import Node
from api.regions.continents import (
    Continent,
    continent_by_code,
    continents_connections,
    continents_field,
    continents_load,
)
from api.regions.countries import Country, countries_connections, countries_field, country_by_code
from api.regions.loaders import CountriesByContinentLoader
from api.regions.news import NewsItem
from api.regions.news_kinds import NewsKind, news_kinds_load
from api.regions.news_lists import news_connection, news_field


def _scope(arguments: dict[str, Any]) -> Any:
    return scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))


def resolve_continents(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """Every continent."""
    scope = _scope(arguments)
    return continents_connections(info.context, scope, **arguments)(lambda: continents_load(info.context, scope))


def resolve_countries(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """Every country."""
    context: GraphQLContext = info.context
    scope = _scope(arguments)
    nodes = context.loaders.get(
        CountriesByContinentLoader, scope, context.gate, columns_of("Country", context.names)
    ).load(None)
    return countries_connections(context, scope, **arguments)(lambda: nodes)


def resolve_news(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """All news."""
    return news_connection(info.context, _scope(arguments), arguments)


class RegionsQuery:
    """The root fields of continents, countries, news and kinds of news."""

    continents = continents_field(
        resolve_continents, description="The continents.", default_order="NAME_ASC", **scope_arguments()
    )
    continent = graphene.Field(
        Continent,
        description="A continent by its UN M49 code.",
        code=graphene.Argument(graphene.String, required=True, description="Three digits, for example 019."),
        **scope_arguments(),
    )
    countries = countries_field(
        resolve_countries, description="The countries.", default_order="NAME_ASC", **scope_arguments()
    )
    country = graphene.Field(
        Country,
        description="A country by its ISO 3166-1 alpha-2 code.",
        code=graphene.Argument(graphene.String, required=True, description="Two letters, for example MX."),
        **scope_arguments(),
    )
    news = news_field(resolve_news, description="The news.", **scope_arguments())
    news_item = graphene.Field(
        NewsItem,
        description="A news item by its global id, in the language that the id was given for.",
        id=graphene.Argument(graphene.ID, required=True, description="A global id that this API gave."),
    )
    news_kinds = graphene.List(
        graphene.NonNull(NewsKind),
        required=True,
        description="The kinds of news, in the editors' order.",
        **scope_arguments(),
    )

    @staticmethod
    def resolve_continent(_root: None, info: GraphQLResolveInfo, code: str, **arguments: Any) -> Deferred[Node]:
        return continent_by_code(info.context, code, _scope(arguments))

    @staticmethod
    def resolve_country(_root: None, info: GraphQLResolveInfo, code: str, **arguments: Any) -> Deferred[Node]:
        return country_by_code(info.context, code, _scope(arguments))

    @staticmethod
    def resolve_news_item(_root: None, info: GraphQLResolveInfo, id: str) -> Deferred[Node]:  # noqa: A002 - its name
        return page_by_id(info.context, id, type_name="NewsItem")

    @staticmethod
    def resolve_news_kinds(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        return news_kinds_load(info.context, _scope(arguments)).then(lambda found: found[0])
