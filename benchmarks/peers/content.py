"""Lists that the models do not have and every peer must be given: querysets, as a Wagtail project would write them.

They leave view restrictions to the peers' own roots: one query less for each list than with `public()`.
"""

from typing import Any

from django.db.models.functions import Collate

from regions.models import ContinentPage, CountryPage, NewsCountryLink, NewsPage

_LATEST = ("-date", "-pk")


def news_list(locale_code: str) -> Any:
    """The news of a language, the latest first."""
    return NewsPage.objects.live().public().filter(locale_code=locale_code).order_by(*_LATEST)


def continent_list(locale_code: str) -> Any:
    """The continents of a language, in the order of the tree."""
    return ContinentPage.objects.live().public().filter(locale_code=locale_code).order_by("path")


def countries_of_continent(continent: ContinentPage) -> Any:
    """In French order."""
    countries = CountryPage.objects.child_of(continent).live()
    return countries.order_by(Collate("title", "fr-x-icu"))


def news_of_continent(continent: ContinentPage) -> Any:
    """About any of its countries."""
    countries = CountryPage.objects.child_of(continent).live()
    links = NewsCountryLink.objects.filter(country__in=countries)
    news = NewsPage.objects.live().filter(locale_code=continent.locale_code, pk__in=links.values("page"))
    return news.order_by(*_LATEST)


def news_of_country(country: CountryPage) -> Any:
    """About it, in its language."""
    news = NewsPage.objects.live().filter(locale_code=country.locale_code, country_links__country=country)
    return news.order_by(*_LATEST)


def countries_of_news(news: NewsPage) -> Any:
    """In the editor's order."""
    countries = CountryPage.objects.live().filter(news_links__page=news)
    return countries.order_by("news_links__sort_order", "news_links__pk")


def alternates(page: Any) -> Any:
    """The page in every language."""
    return page.get_translations(inclusive=True).live()
