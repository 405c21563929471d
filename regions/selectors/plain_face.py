"""What the plain HTML pages of continents, countries and news list."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Locale

from home.language.collation import collation_key
from home.selectors.locales import locale_chain
from home.selectors.pages import page_queryset_visible
from home.selectors.visibility import Gate
from regions.models import (
    ContinentPage,
    CountryPage,
    NewsContinentLink,
    NewsCountryLink,
    NewsPage,
    SubRegion,
)

LIST_LIMIT = 20


def news_list_shown(*, locale: Locale, gate: Gate) -> QuerySet[NewsPage]:
    """All visible news of one locale, newest first."""
    visible = NewsPage.objects.filter(gate.visible(), locale=locale)
    return visible.select_related("kind").defer("body").order_by("-date", "-pk")


def news_list_shown_for_country(*, country: CountryPage, gate: Gate) -> QuerySet[NewsPage]:
    """The latest visible news that name the country, whatever language's page of it they link."""
    linked = NewsCountryLink.objects.filter(place_key=country.translation_key)
    return news_list_shown(locale=country.locale, gate=gate).filter(pk__in=linked.values("page_id"))[:LIST_LIMIT]


def news_list_shown_for_continent(*, continent: ContinentPage, gate: Gate) -> QuerySet[NewsPage]:
    """The latest visible news of the continent: its own and those of its countries."""
    own = NewsContinentLink.objects.filter(place_key=continent.translation_key)
    members = CountryPage.objects.child_of(continent).values("translation_key")
    of_countries = NewsCountryLink.objects.filter(place_key__in=members)
    either = Q(pk__in=own.values("page_id")) | Q(pk__in=of_countries.values("page_id"))
    return news_list_shown(locale=continent.locale, gate=gate).filter(either)[:LIST_LIMIT]


def pinned_news_shown(*, continent: ContinentPage, gate: Gate) -> list[NewsPage]:
    """The visible pinned news, in the editor's order, as pages of the continent's language."""
    return _in_order(
        NewsPage, ids=[pin.news_id for pin in continent.pinned_news.all()], locale=continent.locale, gate=gate
    )


def country_list_shown_by_sub_region(*, continent: ContinentPage, gate: Gate) -> list[dict[str, Any]]:
    """``{"name": str, "countries": [CountryPage]}`` for each leaf sub-region, both in the order of the language.

    Countries without a sub-region come last, below an empty name.
    """
    language_code = continent.locale.language_code
    countries = CountryPage.objects.child_of(continent).filter(gate.visible()).defer("body", "key_facts")
    names = dict(SubRegion.objects.filter(continent_code=continent.code).values_list("pk", "name"))
    groups: dict[str, list[CountryPage]] = {}
    for country in countries:
        groups.setdefault(names.get(country.sub_region_id, ""), []).append(country)

    def by_name(name: str) -> tuple[bool, str]:
        return not name, collation_key(name, language_code)

    def by_title(country: CountryPage) -> str:
        return collation_key(country.title, language_code)

    return [{"name": name, "countries": sorted(groups[name], key=by_title)} for name in sorted(groups, key=by_name)]


def country_links_shown(*, news: NewsPage, gate: Gate) -> list[CountryPage]:
    """The visible countries of a news item as pages of the item's own language, in the editor's order."""
    return _in_order(
        CountryPage, ids=[link.country_id for link in news.country_links.all()], locale=news.locale, gate=gate
    )


def continent_links_shown(*, news: NewsPage, gate: Gate) -> list[ContinentPage]:
    """The visible continents of a news item as pages of the item's own language, in the editor's order."""
    return _in_order(
        ContinentPage, ids=[link.continent_id for link in news.continent_links.all()], locale=news.locale, gate=gate
    )


def _in_order(model: Any, *, ids: list[int], locale: Locale, gate: Gate) -> list[Any]:
    keys = dict(model.objects.filter(pk__in=ids).values_list("pk", "translation_key"))
    queryset = model.objects.filter(gate.visible(), translation_key__in=set(keys.values()), locale=locale)
    if model is NewsPage:
        queryset = queryset.select_related("kind")
    pages = {page.translation_key: page for page in queryset.defer("body")}
    return [pages[keys[pk]] for pk in ids if keys.get(pk) in pages]


def country_list_shown_by_id(*, ids: Iterable[int | None], locale: Locale, gate: Gate) -> dict[int, CountryPage]:
    """The visible pages, in the reader's language or along its chain, of countries that rows name. Two statements."""
    found: dict[int, CountryPage] = _by_id(CountryPage, ids=ids, locale=locale, gate=gate)
    return found


def continent_list_shown_by_id(*, ids: Iterable[int | None], locale: Locale, gate: Gate) -> dict[int, ContinentPage]:
    """The same for continents."""
    found: dict[int, ContinentPage] = _by_id(ContinentPage, ids=ids, locale=locale, gate=gate)
    return found


def news_list_shown_by_id(*, ids: Iterable[int | None], locale: Locale, gate: Gate) -> list[NewsPage]:
    """The same for news items, each once, newest first."""
    found: dict[int, NewsPage] = _by_id(NewsPage, ids=ids, locale=locale, gate=gate)
    items = {item.pk: item for item in found.values()}.values()
    return sorted(items, key=lambda item: (item.date is not None, item.date, item.pk), reverse=True)


def _by_id(model: Any, *, ids: Iterable[int | None], locale: Locale, gate: Gate) -> dict[int, Any]:
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    keys = dict(model.objects.filter(pk__in=wanted).values_list("pk", "translation_key"))
    chain = locale_chain(locale=locale.language_code)
    pages = page_queryset_visible(model, gate=gate).filter(translation_key__in=keys.values(), locale_code__in=chain)
    if model is NewsPage:
        pages = pages.select_related("kind")
    best: dict[Any, Any] = {}
    for page in sorted(pages.defer("body"), key=lambda page: chain.index(page.locale_code)):
        best.setdefault(page.translation_key, page)
    return {pk: best[key] for pk, key in keys.items() if key in best}
