"""News as a reader is shown them: each item once, in the best language of the reader's chain."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from home.selectors.pages import (
    CONTENT_FIELDS,
    Row,
    page_best_by_key,
    page_queryset_shown,
    page_queryset_visible,
    page_rows_by_keys,
)
from home.selectors.search import search_condition
from home.selectors.visibility import Gate
from regions.models import ContinentPage, CountryPage, NewsContinentLink, NewsCountryLink, NewsIndexPage, NewsPage
from regions.selectors.countries import country_parent_path

NEWS_FIELDS = (*CONTENT_FIELDS, "kind_id", "date", "featured")
NEWS_INDEX_FIELDS = CONTENT_FIELDS


@dataclass(frozen=True, slots=True)
class NewsCriteria:
    """What a list of news is narrowed to; None and a blank ``text`` mean no limit, an empty tuple lets nothing through.

    Days are inclusive at both ends.
    """

    kinds: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    continents: tuple[str, ...] | None = None
    date_from: date | None = None
    date_to: date | None = None
    featured: bool | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class NewsSlice:
    """A stretch of a list of news.

    ``newest_first`` is the order of the list. ``after`` and ``before`` are positions (date, id), not included;
    ``from_end`` takes the last ``limit`` items instead of the first, still in the order of the list.
    """

    limit: int
    newest_first: bool = True
    after: tuple[date, int] | None = None
    before: tuple[date, int] | None = None
    from_end: bool = False

    @property
    def is_descending(self) -> bool:
        """Whether the items to take are found going from new to old."""
        return self.newest_first != self.from_end

    def condition(self) -> Q:
        """The condition that keeps what lies between ``after`` and ``before``."""
        condition = Q()
        for position, is_older in ((self.after, self.newest_first), (self.before, not self.newest_first)):
            if position is None:
                continue
            day, pk = position
            if is_older:
                condition &= Q(date__lt=day) | Q(date=day, pk__lt=pk)
            else:
                condition &= Q(date__gt=day) | Q(date=day, pk__gt=pk)
        return condition


def news_queryset_shown(*, gate: Gate, chain: Sequence[str], criteria: NewsCriteria) -> QuerySet[Any]:
    """The items that a reader is shown and that meet ``criteria``. An item without a date is never shown."""
    queryset = page_queryset_shown(NewsPage, gate=gate, chain=chain).filter(date__isnull=False)
    if criteria.kinds is not None:
        queryset = queryset.filter(kind__slug__in=criteria.kinds)
    if criteria.date_from is not None:
        queryset = queryset.filter(date__gte=criteria.date_from)
    if criteria.date_to is not None:
        queryset = queryset.filter(date__lte=criteria.date_to)
    if criteria.featured is not None:
        queryset = queryset.filter(featured=criteria.featured)
    if criteria.countries is not None:
        countries = page_queryset_visible(CountryPage, gate=gate).filter(
            locale_code__in=chain, code__in=criteria.countries
        )
        queryset = queryset.filter(_about_country(countries))
    if criteria.continents is not None:
        continents = page_queryset_visible(ContinentPage, gate=gate).filter(
            locale_code__in=chain, code__in=criteria.continents
        )
        countries = (
            page_queryset_visible(CountryPage, gate=gate)
            .annotate(parent_path=country_parent_path("path"))
            .filter(locale_code__in=chain, parent_path__in=continents.values("path"))
        )
        links = NewsContinentLink.objects.filter(
            page_id=OuterRef("pk"), continent__translation_key__in=continents.values("translation_key")
        )
        queryset = queryset.filter(Q(Exists(links)) | _about_country(countries))
    if criteria.text and criteria.text.strip():
        queryset = queryset.filter(search_condition(NewsPage, criteria.text))
    return queryset


def _about_country(countries: QuerySet[Any]) -> Q:
    links = NewsCountryLink.objects.filter(
        page_id=OuterRef("pk"), country__translation_key__in=countries.values("translation_key")
    )
    return Q(Exists(links))


def news_rows_shown(*, gate: Gate, chain: Sequence[str], criteria: NewsCriteria, part: NewsSlice) -> list[Row]:
    """A stretch of the list of news. One statement."""
    sign = "-" if part.is_descending else ""
    queryset = news_queryset_shown(gate=gate, chain=chain, criteria=criteria).filter(part.condition())
    rows = list(queryset.order_by(f"{sign}date", f"{sign}pk").values(*NEWS_FIELDS)[: part.limit])
    return rows[::-1] if part.from_end else rows


def news_count_shown(*, gate: Gate, chain: Sequence[str], criteria: NewsCriteria) -> int:
    """How many items the whole list has. One statement."""
    return news_queryset_shown(gate=gate, chain=chain, criteria=criteria).count()


def news_rows_by_keys(*, keys: Collection[UUID], gate: Gate, chain: Sequence[str]) -> dict[UUID, Row]:
    """Items by translation key. One statement."""
    rows = (
        page_queryset_visible(NewsPage, gate=gate)
        .filter(translation_key__in=keys, locale_code__in=chain, date__isnull=False)
        .values(*NEWS_FIELDS)
    )
    return page_best_by_key(rows, chain=chain)


def news_rows_by_ids(*, ids: Collection[int]) -> dict[int, Row]:
    """Items that passed the gate before, by id. One statement."""
    return {row["id"]: row for row in NewsPage.objects.filter(pk__in=ids).values(*NEWS_FIELDS)}


def news_index_rows_by_keys(*, keys: Collection[UUID], gate: Gate, chain: Sequence[str]) -> dict[UUID, Row]:
    """Lists of news, which are pages themselves, by translation key. One statement."""
    return page_rows_by_keys(NewsIndexPage, keys=keys, fields=NEWS_INDEX_FIELDS, gate=gate, chain=chain)


def news_country_keys(*, news_ids: Collection[int]) -> dict[int, list[UUID]]:
    """Translation keys of the countries of each item, in the editors' order. One statement."""
    links: Any = NewsCountryLink.objects.filter(page_id__in=news_ids)
    return _keys(links, "country__translation_key")


def news_continent_keys(*, news_ids: Collection[int]) -> dict[int, list[UUID]]:
    """Translation keys of the continents that each item names itself, in the editors' order. One statement."""
    links: Any = NewsContinentLink.objects.filter(page_id__in=news_ids)
    return _keys(links, "continent__translation_key")


def _keys(links: Any, path: str) -> dict[int, list[UUID]]:
    keys: dict[int, list[UUID]] = {}
    for news_id, key in links.order_by("page_id", "sort_order", "id").values_list("page_id", path):
        line = keys.setdefault(news_id, [])
        if key not in line:
            line.append(key)
    return keys
