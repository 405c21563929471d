"""News as a reader is shown them: each item once, in the best language of the reader's chain."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db import connection
from django.db.models import DateField, Exists, Model, OuterRef, Q, QuerySet

from home.selectors.counts import count_kept
from home.selectors.keys import Key
from home.selectors.pages import (
    CONTENT_FIELDS,
    Row,
    page_best_by_key,
    page_queryset_shown,
    page_queryset_visible,
    page_rows_by_keys,
    row_fields,
)
from home.selectors.prepared import ID, KEY, TEXT, Parameter, Statement, any_of, compiled, prepared
from home.selectors.search import search_values
from home.selectors.search_ranking import matching
from home.selectors.visibility import Conditions, Gate
from regions.models import ContinentPage, CountryPage, NewsContinentLink, NewsCountryLink, NewsIndexPage, NewsPage
from regions.selectors.countries import country_parent_path

NEWS_FIELDS = (*CONTENT_FIELDS, "kind_id", "date", "featured")
NEWS_INDEX_FIELDS = CONTENT_FIELDS


class NewsCondition(Protocol):
    """A condition on items that an app above makes; hashable, and equal where the condition is."""

    def condition(self, *, gate: Conditions, chain: Sequence[str]) -> Q:
        """The condition on the items shown to a reader, without parameters of its own."""
        ...


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
    more: NewsCondition | None = None

    @property
    def shape(self) -> Hashable:
        """What the criteria put into a queryset other than by parameters."""
        given = (self.kinds, self.countries, self.continents, self.date_from, self.date_to)
        return (*(value is not None for value in given), self.featured, self.has_words, self.more)

    @property
    def has_words(self) -> bool:
        """Whether the list is narrowed to items with some words."""
        return bool(self.text and self.text.strip())

    def values(self, *, chain: Sequence[str]) -> dict[str, Any]:
        """The values of the parameters, for a reader's chain of languages."""
        return {
            **(search_values(text=self.text or "", chain=chain) if self.has_words else {}),
            "kinds": self.kinds,
            "country_codes": self.countries,
            "continent_codes": self.continents,
            "date_from": self.date_from,
            "date_to": self.date_to,
        }


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

    @property
    def ends(self) -> list[tuple[str, bool]]:
        """The ends given, by the names of their parameters, and whether the items of the stretch are older."""
        ends = (("after", self.after, self.newest_first), ("before", self.before, not self.newest_first))
        return [(name, is_older) for name, position, is_older in ends if position is not None]

    def condition(self) -> Q:
        """The condition that keeps what lies between ``after`` and ``before``."""
        condition = Q()
        for name, is_older in self.ends:
            day, pk = Parameter(f"{name}_day", DateField()), Parameter(f"{name}_id", ID)
            # The first half is implied by the second, and is what an index on the date can use.
            if is_older:
                condition &= Q(date__lte=day) & (Q(date__lt=day) | Q(pk__lt=pk))
            else:
                condition &= Q(date__gte=day) & (Q(date__gt=day) | Q(pk__gt=pk))
        return condition

    @property
    def shape(self) -> Hashable:
        """What the stretch puts into a queryset other than by parameters."""
        return (self.limit, self.is_descending, self.newest_first, self.after is None, self.before is None)

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters."""
        (after_day, after_id), (before_day, before_id) = self.after or (None, None), self.before or (None, None)
        return {"after_day": after_day, "after_id": after_id, "before_day": before_day, "before_id": before_id}


def news_queryset_shown(
    *, gate: Conditions, chain: Sequence[str], criteria: NewsCriteria, only: str | None = None
) -> QuerySet[Any]:
    """The items that a reader is shown and that meet ``criteria``, whose values are parameters.

    An item without a date is never shown. With ``only`` those that are in one language of the chain.
    """
    queryset = page_queryset_shown(NewsPage, gate=gate, chain=chain, only=only).filter(date__isnull=False)
    if criteria.kinds is not None:
        queryset = queryset.filter(any_of("kind__slug", "kinds", TEXT))
    if criteria.date_from is not None:
        queryset = queryset.filter(date__gte=Parameter("date_from", DateField()))
    if criteria.date_to is not None:
        queryset = queryset.filter(date__lte=Parameter("date_to", DateField()))
    if criteria.featured is not None:
        queryset = queryset.filter(featured=criteria.featured)
    if criteria.countries is not None:
        countries = page_queryset_visible(CountryPage, gate=gate).filter(
            any_of("code", "country_codes", TEXT), locale_code__in=chain
        )
        queryset = queryset.filter(_about_country(countries))
    if criteria.continents is not None:
        continents = page_queryset_visible(ContinentPage, gate=gate).filter(
            any_of("code", "continent_codes", TEXT), locale_code__in=chain
        )
        countries = (
            page_queryset_visible(CountryPage, gate=gate)
            .annotate(parent_path=country_parent_path("path"))
            .filter(locale_code__in=chain, parent_path__in=continents.values("path"))
        )
        links = NewsContinentLink.objects.filter(
            page_id=OuterRef("pk"), place_key__in=continents.values("translation_key")
        )
        queryset = queryset.filter(Q(Exists(links)) | _about_country(countries))
    if criteria.more is not None:
        queryset = queryset.filter(criteria.more.condition(gate=gate, chain=chain))
    if criteria.has_words:
        queryset = queryset.filter(pk__in=matching().values("pk"))
    return queryset


def _about_country(countries: QuerySet[Any]) -> Q:
    links = NewsCountryLink.objects.filter(page_id=OuterRef("pk"), place_key__in=countries.values("translation_key"))
    return Q(Exists(links))


def news_columns(fields: Sequence[str]) -> tuple[str, ...]:
    """The columns of rows of news of which ``fields`` are asked for: their positions in lists too."""
    return row_fields(fields, "date")


def news_rows_shown(
    *,
    gate: Gate,
    chain: Sequence[str],
    criteria: NewsCriteria,
    part: NewsSlice,
    fields: Sequence[str] = NEWS_FIELDS,
) -> list[Row]:
    """A stretch of the list of news. One statement.

    Rows have ``fields``, ``KEY_FIELDS`` and ``date``.
    """
    columns = news_columns(fields)

    def stretch(only: str | None = None) -> QuerySet[Any]:
        sign = "-" if part.is_descending else ""
        shown = news_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria, only=only)
        return shown.filter(part.condition()).order_by(f"{sign}date", f"{sign}pk").values(*columns)[: part.limit]

    def stretches() -> QuerySet[Any] | Statement:
        # The index gives the latest of one language, not of several: those of each, and of them the latest. Words have
        # an index of their own, which the planner leaves aside for that of dates when it is to find few.
        if len(chain) == 1 or criteria.has_words or connection.vendor != "postgresql":
            return stretch()
        parts = [each for each in (compiled(stretch(code)) for code in chain) if each.sql]
        if not parts:
            return stretch()
        direction = "DESC" if part.is_descending else "ASC"
        union = " UNION ALL ".join(f"({each.sql})" for each in parts)
        return Statement(
            f"SELECT * FROM ({union}) item ORDER BY date {direction}, id {direction} LIMIT {int(part.limit)}",  # noqa: S608 - compiled
            tuple(param for each in parts for param in each.params),
            parts[0].names,
            parts[0].converters,
        )

    statement = prepared(_shape("news_rows_shown", gate, chain, criteria, (part.shape, columns)), stretches)
    rows = statement.rows({**gate.values, **criteria.values(chain=chain), **part.values})
    return rows[::-1] if part.from_end else rows


def news_count_shown(*, gate: Gate, chain: Sequence[str], criteria: NewsCriteria) -> int:
    """How many items the whole list has. One statement, and none where it was counted under this content version."""
    statement = prepared(
        _shape("news_count_shown", gate, chain, criteria),
        lambda: news_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria).values("pk"),
    )
    return count_kept(
        ("news", tuple(chain), criteria),
        gate=gate,
        count=lambda: statement.count({**gate.values, **criteria.values(chain=chain)}),
    )


def _shape(name: str, gate: Gate, chain: Sequence[str], criteria: NewsCriteria, part: Hashable = None) -> Hashable:
    return (name, tuple(chain), gate.shape, criteria.shape, part)


def news_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Items by translation key. One statement."""
    statement = prepared(
        ("news_rows_by_keys", tuple(chain), gate.shape),
        lambda: (
            page_queryset_visible(NewsPage, gate=gate.shape)
            .filter(any_of("translation_key", "keys", KEY), locale_code__in=chain, date__isnull=False)
            .values(*NEWS_FIELDS)
        ),
    )
    return page_best_by_key(statement.rows({**gate.values, "keys": keys}), chain=chain)


def news_index_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Lists of news, which are pages themselves, by translation key. One statement."""
    return page_rows_by_keys(NewsIndexPage, keys=keys, fields=NEWS_INDEX_FIELDS, gate=gate, chain=chain)


def news_country_keys(*, news_ids: Collection[int]) -> dict[int, list[Key]]:
    """Translation keys of the countries of each item, in the editors' order. One statement."""
    return _place_keys(NewsCountryLink, news_ids)


def news_continent_keys(*, news_ids: Collection[int]) -> dict[int, list[Key]]:
    """Translation keys of the continents that each item names itself, in the editors' order. One statement."""
    return _place_keys(NewsContinentLink, news_ids)


def _place_keys(model: type[Model], news_ids: Collection[int]) -> dict[int, list[Key]]:
    links = prepared(
        ("news_keys", model),
        lambda: (
            model._default_manager.filter(any_of("page_id", "ids", ID))
            .order_by("page_id", "sort_order", "id")
            .values("page_id", "place_key")
        ),
    )
    keys: dict[int, list[Key]] = {}
    for news_id, key in links.tuples({"ids": news_ids}):
        line = keys.setdefault(news_id, [])
        if key not in line:
            line.append(key)
    return keys
