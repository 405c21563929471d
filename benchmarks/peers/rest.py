"""Wagtail's own REST APIs, v2 and v3: `api_fields` on the models, with serializers for what is nested."""

from typing import Any

from rest_framework import serializers
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from benchmarks.peers import content
from benchmarks.peers.chosen import PEER
from regions.models import ContinentPage, CountryPage, NewsPage


class NewsSerializer(serializers.Serializer[NewsPage]):
    """A news item in the list of a place."""

    title = serializers.CharField()
    date = serializers.DateField()
    url = serializers.CharField()


class KindSerializer(serializers.Serializer[Any]):
    """A kind of news."""

    slug = serializers.CharField()
    name = serializers.CharField()


class NamesField(serializers.Field[Any, Any, Any, Any]):
    """Titles of pages."""

    def to_representation(self, value: Any) -> list[str]:
        return [page.title for page in value]


class LatestField(serializers.Field[Any, Any, Any, Any]):
    """The first so many of a list of news."""

    def __init__(self, number: int, **options: Any) -> None:
        super().__init__(read_only=True, **options)
        self.number = number

    def __deepcopy__(self, memo: Any) -> "LatestField":
        return LatestField(self.number, source=self.source)

    def to_representation(self, value: Any) -> list[Any]:
        return list(NewsSerializer(value[: self.number], many=True).data)


def attach() -> None:
    """What a project would write into its models."""
    for model, make in ((CountryPage, content.news_of_country), (ContinentPage, content.news_of_continent)):
        model.news_listed = property(make)
    NewsPage.countries_listed = property(content.countries_of_news)
    place = [APIField("code"), APIField("introduction")]
    CountryPage.api_fields = [
        *place,
        APIField("capital"),
        APIField("body"),
        APIField("latest_news", serializer=LatestField(5, source="news_listed")),
    ]
    if PEER == "v2":
        # v2 answers the fields that are asked for, v3 always all.
        CountryPage.api_fields.append(APIField("news_in_short", serializer=LatestField(3, source="news_listed")))
    ContinentPage.api_fields = [*place, APIField("latest_news", serializer=LatestField(20, source="news_listed"))]
    NewsPage.api_fields = [
        APIField("date"),
        APIField("introduction"),
        APIField("kind", serializer=KindSerializer()),
        APIField("countries", serializer=NamesField(source="countries_listed", read_only=True)),
    ]


def router() -> WagtailAPIRouter:
    """v2's pages."""
    router = WagtailAPIRouter("wagtailapi")
    router.register_endpoint("pages", PagesAPIViewSet)
    return router
