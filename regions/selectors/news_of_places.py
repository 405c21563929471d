"""The news of many countries or continents at once.

One statement ranks the items of each place; the ORM cannot say it, so it compiles the parts and this file joins them.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from wagtail.models import Page

from home.selectors.pages import page_queryset_visible
from home.selectors.visibility import Gate
from regions.models import CountryPage, NewsContinentLink, NewsCountryLink
from regions.selectors.countries import country_parent_path
from regions.selectors.news import NewsCriteria, NewsSlice, news_queryset_shown

# A place and the items about it. UNION, because an item may name a country twice, or two countries of one continent.
_ITEMS = """
    WITH place (place_key, country_key) AS ({countries}),
    item (place_key, news_id) AS (
        SELECT place.place_key, link.page_id
        FROM place
        JOIN {page} country ON country.translation_key = place.country_key
        JOIN {link} link ON link.country_id = country.id
        UNION
        {direct}
    ),
    shown (news_id, news_date) AS ({shown})
"""
_RANKED = """
    SELECT place_key, news_id FROM (
        SELECT item.place_key, item.news_id, ROW_NUMBER() OVER (
            PARTITION BY item.place_key ORDER BY shown.news_date {direction}, shown.news_id {direction}
        ) AS line_number
        FROM item JOIN shown ON shown.news_id = item.news_id
    ) ranked
    WHERE line_number <= %s
    ORDER BY place_key, line_number
"""
_COUNTED = """
    SELECT item.place_key, COUNT(*)
    FROM item JOIN shown ON shown.news_id = item.news_id
    GROUP BY item.place_key
"""


def country_news_ids(
    *, keys: Collection[UUID], gate: Gate, chain: Sequence[str], criteria: NewsCriteria, part: NewsSlice
) -> dict[UUID, list[int]]:
    """For countries by translation key: the ids of a stretch of each one's news. One statement."""
    return _ranked(_countries(keys, gate), None, gate=gate, chain=chain, criteria=criteria, part=part)


def country_news_counts(
    *, keys: Collection[UUID], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[UUID, int]:
    """For countries by translation key: how many items each has; those with none are left out. One statement."""
    return _counted(_countries(keys, gate), None, gate=gate, chain=chain, criteria=criteria)


def continent_news_ids(
    *, keys: Collection[UUID], gate: Gate, chain: Sequence[str], criteria: NewsCriteria, part: NewsSlice
) -> dict[UUID, list[int]]:
    """For continents by translation key: the ids of a stretch of their countries' news and their own. One statement."""
    parts = _countries_of_continents(keys, gate, chain), _direct(keys)
    return _ranked(*parts, gate=gate, chain=chain, criteria=criteria, part=part)


def continent_news_counts(
    *, keys: Collection[UUID], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[UUID, int]:
    """For continents by translation key: how many items each has; those with none are left out. One statement."""
    parts = _countries_of_continents(keys, gate, chain), _direct(keys)
    return _counted(*parts, gate=gate, chain=chain, criteria=criteria)


def _countries(keys: Collection[UUID], gate: Gate) -> QuerySet[Any, Any]:
    visible = page_queryset_visible(CountryPage, gate=gate).filter(translation_key__in=keys)
    return visible.annotate(place_key=F("translation_key")).values_list("place_key", "translation_key").distinct()


def _countries_of_continents(keys: Collection[UUID], gate: Gate, chain: Sequence[str]) -> QuerySet[Any, Any]:
    continents = Page.objects.filter(path=country_parent_path(OuterRef("path"))).values("translation_key")
    visible = page_queryset_visible(CountryPage, gate=gate).annotate(place_key=Subquery(continents))
    visible = visible.filter(locale_code__in=chain, place_key__in=keys)
    return visible.values_list("place_key", "translation_key").distinct()


def _direct(keys: Collection[UUID]) -> QuerySet[Any, Any]:
    links = NewsContinentLink.objects.filter(continent__translation_key__in=keys).order_by()
    return links.values_list("continent__translation_key", "page_id")


def _ranked(
    countries: QuerySet[Any, Any],
    direct: QuerySet[Any, Any] | None,
    *,
    gate: Gate,
    chain: Sequence[str],
    criteria: NewsCriteria,
    part: NewsSlice,
) -> dict[UUID, list[int]]:
    shown = news_queryset_shown(gate=gate, chain=chain, criteria=criteria).filter(part.condition())
    select = _RANKED.format(direction="DESC" if part.is_descending else "ASC")
    found: dict[UUID, list[int]] = {}
    for key, news_id in _rows(countries, direct, shown, select, [part.limit]):
        found.setdefault(key, []).append(news_id)
    if part.from_end:
        found = {key: ids[::-1] for key, ids in found.items()}
    return found


def _counted(
    countries: QuerySet[Any, Any],
    direct: QuerySet[Any, Any] | None,
    *,
    gate: Gate,
    chain: Sequence[str],
    criteria: NewsCriteria,
) -> dict[UUID, int]:
    shown = news_queryset_shown(gate=gate, chain=chain, criteria=criteria)
    return dict(_rows(countries, direct, shown, _COUNTED, []))


def _rows(
    countries: QuerySet[Any, Any],
    direct: QuerySet[Any, Any] | None,
    shown: QuerySet[Any, Any],
    select: str,
    params: list[Any],
) -> list[tuple[UUID, int]]:
    """Join the compiled parts. Everything that a client sent is a parameter; the text holds names of our own alone."""
    try:
        shown_sql, shown_params = shown.values_list("pk", "date").query.sql_with_params()
        countries_sql, countries_params = countries.query.sql_with_params()
    except EmptyResultSet:
        return []  # a condition that no row can meet
    direct_sql, direct_params = "SELECT NULL, NULL WHERE 1 = 0", ()
    if direct is not None:
        direct_sql, direct_params = direct.query.sql_with_params()
    items = _ITEMS.format(
        countries=countries_sql,
        direct=direct_sql,
        shown=shown_sql,
        page=Page._meta.db_table,
        link=NewsCountryLink._meta.db_table,
    )
    with connection.cursor() as cursor:
        cursor.execute(items + select, [*countries_params, *direct_params, *shown_params, *params])
        return [(key if isinstance(key, UUID) else UUID(key), number) for key, number in cursor.fetchall()]
