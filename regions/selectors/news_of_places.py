"""The news of many countries or continents at once.

One statement ranks the items of each place; the ORM cannot say it, so it compiles the parts and this file joins them.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from wagtail.models import Page

from home.selectors.pages import page_queryset_visible
from home.selectors.prepared import KEY, Statement, any_of, compiled, prepared
from home.selectors.visibility import Conditions, Gate
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
    WHERE line_number <= {limit}
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
    return _ranked(_COUNTRIES, keys, gate=gate, chain=chain, criteria=criteria, part=part)


def country_news_counts(
    *, keys: Collection[UUID], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[UUID, int]:
    """For countries by translation key: how many items each has; those with none are left out. One statement."""
    return _counted(_COUNTRIES, keys, gate=gate, chain=chain, criteria=criteria)


def continent_news_ids(
    *, keys: Collection[UUID], gate: Gate, chain: Sequence[str], criteria: NewsCriteria, part: NewsSlice
) -> dict[UUID, list[int]]:
    """For continents by translation key: the ids of a stretch of their countries' news and their own. One statement."""
    return _ranked(_CONTINENTS, keys, gate=gate, chain=chain, criteria=criteria, part=part)


def continent_news_counts(
    *, keys: Collection[UUID], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[UUID, int]:
    """For continents by translation key: how many items each has; those with none are left out. One statement."""
    return _counted(_CONTINENTS, keys, gate=gate, chain=chain, criteria=criteria)


@dataclass(frozen=True, slots=True)
class _Places:
    """The places asked for: the countries that belong to each, and for continents the news that name them."""

    name: str
    countries: Callable[[Conditions, Sequence[str]], QuerySet[Any, Any]]
    direct: Callable[[], QuerySet[Any, Any]] | None = None


def _countries(gate: Conditions, chain: Sequence[str]) -> QuerySet[Any, Any]:
    visible = page_queryset_visible(CountryPage, gate=gate).filter(any_of("translation_key", "keys", KEY))
    return visible.annotate(place_key=F("translation_key")).values("place_key", "translation_key").distinct()


def _countries_of_continents(gate: Conditions, chain: Sequence[str]) -> QuerySet[Any, Any]:
    continents = Page.objects.filter(path=country_parent_path(OuterRef("path"))).values("translation_key")
    visible = page_queryset_visible(CountryPage, gate=gate).annotate(place_key=Subquery(continents))
    visible = visible.filter(any_of("place_key", "keys", KEY), locale_code__in=chain)
    return visible.values("place_key", "translation_key").distinct()


def _naming_continents() -> QuerySet[Any, Any]:
    links = NewsContinentLink.objects.filter(any_of("continent__translation_key", "direct_keys", KEY)).order_by()
    return links.values("continent__translation_key", "page_id")


_COUNTRIES = _Places("countries", _countries)
_CONTINENTS = _Places("continents", _countries_of_continents, _naming_continents)


def _ranked(
    places: _Places,
    keys: Collection[UUID],
    *,
    gate: Gate,
    chain: Sequence[str],
    criteria: NewsCriteria,
    part: NewsSlice,
) -> dict[UUID, list[int]]:
    select = _RANKED.format(direction="DESC" if part.is_descending else "ASC", limit=int(part.limit))
    statement = prepared(
        ("ranked", places.name, tuple(chain), gate.shape, criteria.shape, part.shape),
        lambda: _joined(
            places,
            news_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria).filter(part.condition()),
            select,
            gate=gate.shape,
            chain=chain,
        ),
    )
    values = {**gate.values, **criteria.values(chain=chain), **part.values, "keys": keys, "direct_keys": keys}
    found: dict[UUID, list[int]] = {}
    for key, news_id in _rows(statement, values):
        found.setdefault(key, []).append(news_id)
    if part.from_end:
        found = {key: ids[::-1] for key, ids in found.items()}
    return found


def _counted(
    places: _Places, keys: Collection[UUID], *, gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[UUID, int]:
    statement = prepared(
        ("counted", places.name, tuple(chain), gate.shape, criteria.shape),
        lambda: _joined(
            places,
            news_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria),
            _COUNTED,
            gate=gate.shape,
            chain=chain,
        ),
    )
    return dict(_rows(statement, {**gate.values, **criteria.values(chain=chain), "keys": keys, "direct_keys": keys}))


def _joined(
    places: _Places, shown: QuerySet[Any, Any], select: str, *, gate: Conditions, chain: Sequence[str]
) -> Statement:
    """Join the compiled parts. Everything that a client sent is a parameter; the text holds names of our own alone."""
    parts = [compiled(places.countries(gate, chain)), compiled(shown.values("pk", "date"))]
    if not all(part.sql for part in parts):
        return parts[0] if not parts[0].sql else parts[1]  # a condition that no row can meet
    countries, items = parts
    direct = compiled(places.direct()) if places.direct else Statement("SELECT NULL, NULL WHERE 1 = 0", (), (), ())
    sql = _ITEMS.format(
        countries=countries.sql,
        direct=direct.sql,
        shown=items.sql,
        page=Page._meta.db_table,
        link=NewsCountryLink._meta.db_table,
    )
    return Statement(sql + select, (*countries.params, *direct.params, *items.params), (), ())


def _rows(statement: Statement, values: dict[str, Any]) -> list[tuple[UUID, int]]:
    return [(key if isinstance(key, UUID) else UUID(key), number) for key, number in statement.tuples(values)]
