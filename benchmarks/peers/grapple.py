"""wagtail-grapple: fields named on the models, query fields registered, lists by its own arguments."""

from collections.abc import Callable
from typing import Any

import graphene
from grapple.helpers import register_query_field
from grapple.models import (
    GraphQLCollection,
    GraphQLForeignKey,
    GraphQLSnippet,
    GraphQLStreamfield,
    GraphQLString,
)
from grapple.registry import registry
from grapple.types.structures import PaginatedQuerySet, QuerySetList
from grapple.utils import resolve_paginated_queryset, resolve_queryset
from wagtail import hooks

from benchmarks.peers import content
from regions.models import ContinentPage, CountryPage, NewsKind, NewsPage


def _method(make: Callable[[Any], Any]) -> Callable[..., Any]:
    """A queryset as a method of the model, which grapple calls with the field's arguments."""

    def method(page: Any, info: Any, **arguments: Any) -> Any:
        return resolve_queryset(make(page), info, **arguments)

    return method


def attach() -> None:
    """What a project would write into its models."""
    CountryPage.news_listed = _method(content.news_of_country)
    CountryPage.alternates_listed = _method(content.alternates)
    ContinentPage.countries_listed = _method(content.countries_of_continent)
    ContinentPage.news_listed = _method(content.news_of_continent)
    NewsPage.countries_listed = _method(content.countries_of_news)
    news = GraphQLCollection(GraphQLForeignKey, "news", "regions.NewsPage", source="news_listed")
    countries = GraphQLCollection(GraphQLForeignKey, "countries", "regions.CountryPage", source="countries_listed")
    NewsKind.graphql_fields = [GraphQLString("slug"), GraphQLString("name")]
    NewsPage.graphql_fields = [
        GraphQLString("date"),
        GraphQLString("introduction"),
        GraphQLSnippet("kind", "regions.NewsKind"),
        countries,
    ]
    CountryPage.graphql_fields = [
        GraphQLString("code"),
        GraphQLString("capital"),
        GraphQLString("introduction"),
        GraphQLString("locale_code"),
        GraphQLStreamfield("body"),
        GraphQLCollection(GraphQLForeignKey, "alternates", "regions.CountryPage", source="alternates_listed"),
        news,
    ]
    ContinentPage.graphql_fields = [GraphQLString("code"), GraphQLString("introduction"), countries, news]
    by_code = {"code": graphene.String(), "locale_code": graphene.String()}
    register_query_field("country", "countries", query_params=by_code)(CountryPage)
    register_query_field("continent", "all_continents", query_params=by_code)(ContinentPage)
    hooks.register("register_schema_query", lambda mixins: mixins.insert(0, _lists()))


def _lists() -> type:
    """The lists that take a language."""
    language = {"locale_code": graphene.String(required=True)}

    class Lists:
        continents = QuerySetList(lambda: registry.pages[ContinentPage], **language)
        news = PaginatedQuerySet(lambda: registry.pages[NewsPage], "NewsPage", **language)

        def resolve_continents(self, info: Any, locale_code: str, **arguments: Any) -> Any:
            return resolve_queryset(content.continent_list(locale_code), info, **arguments)

        def resolve_news(self, info: Any, locale_code: str, **arguments: Any) -> Any:
            return resolve_paginated_queryset(content.news_list(locale_code), info, **arguments)

    return Lists
