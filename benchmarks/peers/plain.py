"""graphene-django alone: `DjangoObjectType` over the models, resolvers with querysets, as its tutorial has it."""

from typing import Any

import graphene
from graphene_django import DjangoObjectType
from wagtail.models import Page as WagtailPage

from benchmarks.peers import content
from regions.models import ContinentPage, CountryPage, NewsKind, NewsPage


def attach() -> None:
    """Nothing: its types are written beside the models."""


class _WithUrl:
    url = graphene.String()

    def resolve_url(self, info: Any) -> str | None:
        return self.get_url(info.context)  # type: ignore[attr-defined] # `self` is the page


class Kind(DjangoObjectType):
    class Meta:
        model = NewsKind
        fields = ("slug", "name")


class News(_WithUrl, DjangoObjectType):
    class Meta:
        model = NewsPage
        fields = ("title", "date", "introduction", "kind")

    countries = graphene.List(lambda: Country)

    def resolve_countries(self, info: Any) -> Any:
        return content.countries_of_news(self)


class Block(graphene.ObjectType):
    html = graphene.String()

    def resolve_html(self, info: Any) -> str:
        from wagtail.rich_text import expand_db_html

        return str(expand_db_html(self.value.source))


class Country(_WithUrl, DjangoObjectType):
    class Meta:
        model = CountryPage
        fields = ("title", "code", "capital", "introduction", "locale_code")

    body = graphene.List(Block)
    parent = graphene.Field(lambda: AnyPage)
    alternates = graphene.List(lambda: Country)
    news = graphene.List(News, first=graphene.Int(required=True))

    def resolve_body(self, info: Any) -> Any:
        return list(self.body)

    def resolve_parent(self, info: Any) -> Any:
        return self.get_parent()

    def resolve_alternates(self, info: Any) -> Any:
        return content.alternates(self)

    def resolve_news(self, info: Any, first: int) -> Any:
        return content.news_of_country(self)[:first]


class Continent(_WithUrl, DjangoObjectType):
    class Meta:
        model = ContinentPage
        fields = ("title", "code", "introduction")

    countries = graphene.List(Country, first=graphene.Int(required=True))
    news = graphene.List(News, first=graphene.Int(required=True))

    def resolve_countries(self, info: Any, first: int) -> Any:
        return content.countries_of_continent(self)[:first]

    def resolve_news(self, info: Any, first: int) -> Any:
        return content.news_of_continent(self)[:first]


class AnyPage(_WithUrl, DjangoObjectType):
    class Meta:
        model = WagtailPage
        fields = ("title",)


class Query(graphene.ObjectType):
    country = graphene.Field(Country, code=graphene.String(required=True), locale=graphene.String(required=True))
    continent = graphene.Field(Continent, code=graphene.String(required=True), locale=graphene.String(required=True))
    continents = graphene.List(Continent, locale=graphene.String(required=True))
    news = graphene.List(
        News,
        locale=graphene.String(required=True),
        first=graphene.Int(required=True),
        offset=graphene.Int(default_value=0),
    )
    news_count = graphene.Int(locale=graphene.String(required=True))
    search = graphene.List(AnyPage, query=graphene.String(required=True), first=graphene.Int(required=True))

    def resolve_country(self, info: Any, code: str, locale: str) -> Any:
        return CountryPage.objects.live().public().get(code=code, locale_code=locale)

    def resolve_continent(self, info: Any, code: str, locale: str) -> Any:
        return ContinentPage.objects.live().public().get(code=code, locale_code=locale)

    def resolve_continents(self, info: Any, locale: str) -> Any:
        return content.continent_list(locale)

    def resolve_news(self, info: Any, locale: str, first: int, offset: int) -> Any:
        return content.news_list(locale).select_related("kind")[offset : offset + first]

    def resolve_news_count(self, info: Any, locale: str) -> Any:
        return content.news_list(locale).count()

    def resolve_search(self, info: Any, query: str, first: int) -> Any:
        return WagtailPage.objects.live().public().search(query, operator="and")[:first]


schema = graphene.Schema(query=Query)
