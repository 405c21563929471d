"""The news of many countries or continents at once.

One statement ranks the items of each place; the ORM cannot say it, so it compiles the parts and this file joins them.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from wagtail.models import Page

from home.selectors.keys import Key
from home.selectors.pages import Row, page_queryset_visible
from home.selectors.prepared import KEY, Statement, any_of, compiled, prepared
from home.selectors.visibility import Conditions, Gate
from regions.models import CountryPage, NewsContinentLink, NewsCountryLink, NewsPage
from regions.selectors.countries import country_parent_path
from regions.selectors.news import NEWS_FIELDS, NewsCriteria, NewsSlice, news_columns, news_queryset_shown

# A place and the items about it. UNION, because an item may name two countries of one continent.
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
    SELECT ranked.place_key, columns.* FROM (
        SELECT item.place_key, item.news_id, ROW_NUMBER() OVER (
            PARTITION BY item.place_key ORDER BY shown.news_date {direction}, shown.news_id {direction}
        ) AS line_number
        FROM item JOIN shown ON shown.news_id = item.news_id
    ) ranked
    JOIN ({columns}) columns ON columns.id = ranked.news_id
    WHERE line_number <= {limit}
    ORDER BY place_key, line_number
"""
_COUNTED = """
    SELECT item.place_key, COUNT(*)
    FROM item JOIN shown ON shown.news_id = item.news_id
    GROUP BY item.place_key
"""
# The same for databases that have LATERAL: the few items of each country, and not a rank for every item of all.
_RANKED_LATERAL = """
    WITH place (place_key, country_key) AS ({countries})
    SELECT ranked.place_key, columns.* FROM (
        SELECT place_key, news_id, ROW_NUMBER() OVER (
            PARTITION BY place_key ORDER BY news_date {direction}, news_id {direction}
        ) AS line_number
        FROM (
            SELECT place.place_key, found.news_id, found.news_date
            FROM place
            JOIN {page} country ON country.translation_key = place.country_key
            CROSS JOIN ({codes}) chain (locale_code)
            CROSS JOIN LATERAL (
                SELECT link.page_id AS news_id, link.date AS news_date
                FROM {link} link JOIN ({shown}) shown ON shown.pk = link.page_id
                WHERE link.country_id = country.id AND link.locale_code = chain.locale_code
                ORDER BY link.date {direction}, link.page_id {direction}
                LIMIT {limit}
            ) found
            UNION
            SELECT direct.place_key, shown.pk, shown.date
            FROM ({direct}) direct (place_key, news_id) JOIN ({shown}) shown ON shown.pk = direct.news_id
        ) item
    ) ranked
    JOIN ({columns}) columns ON columns.id = ranked.news_id
    WHERE line_number <= {limit}
    ORDER BY place_key, line_number
"""


_NO_ITEMS = "SELECT CAST(NULL AS uuid), CAST(NULL AS bigint) WHERE 1 = 0"


def country_news_rows(
    *,
    keys: Collection[Key],
    gate: Gate,
    chain: Sequence[str],
    criteria: NewsCriteria,
    part: NewsSlice,
    fields: Sequence[str] = NEWS_FIELDS,
) -> dict[Key, list[Row]]:
    """For countries by translation key: a stretch of each one's news. One statement.

    Rows have ``fields``, ``KEY_FIELDS`` and ``date``.
    """
    return _ranked(_COUNTRIES, keys, gate=gate, chain=chain, criteria=criteria, part=part, fields=fields)


def country_news_counts(
    *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[Key, int]:
    """For countries by translation key: how many items each has; those with none are left out. One statement."""
    return _counted(_COUNTRIES, keys, gate=gate, chain=chain, criteria=criteria)


def continent_news_rows(
    *,
    keys: Collection[Key],
    gate: Gate,
    chain: Sequence[str],
    criteria: NewsCriteria,
    part: NewsSlice,
    fields: Sequence[str] = NEWS_FIELDS,
) -> dict[Key, list[Row]]:
    """For continents by translation key: a stretch of their countries' news and their own. One statement.

    Rows have ``fields``, ``KEY_FIELDS`` and ``date``.
    """
    return _ranked(_CONTINENTS, keys, gate=gate, chain=chain, criteria=criteria, part=part, fields=fields)


def continent_news_counts(
    *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[Key, int]:
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
    keys: Collection[Key],
    *,
    gate: Gate,
    chain: Sequence[str],
    criteria: NewsCriteria,
    part: NewsSlice,
    fields: Sequence[str],
) -> dict[Key, list[Row]]:
    columns = news_columns(fields)
    order = {"direction": "DESC" if part.is_descending else "ASC", "limit": int(part.limit)}
    statement = prepared(
        ("ranked", places.name, tuple(chain), gate.shape, criteria.shape, part.shape, columns),
        lambda: _joined(
            places,
            news_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria).filter(part.condition()),
            _RANKED_LATERAL if connection.vendor == "postgresql" else _ITEMS + _RANKED,
            gate=gate.shape,
            chain=chain,
            columns=columns,
            **order,
        ),
    )
    values = {**gate.values, **criteria.values(chain=chain), **part.values, "keys": keys, "direct_keys": keys}
    found: dict[Key, list[Row]] = {}
    for row in statement.rows(values):
        found.setdefault(row.pop("place_key"), []).append(row)
    if part.from_end:
        found = {key: rows[::-1] for key, rows in found.items()}
    return found


def _counted(
    places: _Places, keys: Collection[Key], *, gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[Key, int]:
    statement = prepared(
        ("counted", places.name, tuple(chain), gate.shape, criteria.shape),
        lambda: _joined(
            places,
            news_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria),
            _ITEMS + _COUNTED,
            gate=gate.shape,
            chain=chain,
        ),
    )
    values = {**gate.values, **criteria.values(chain=chain), "keys": keys, "direct_keys": keys}
    return dict(statement.tuples(values))


def _joined(
    places: _Places,
    shown: QuerySet[Any, Any],
    sql: str,
    *,
    gate: Conditions,
    chain: Sequence[str],
    columns: Sequence[str] = (),
    **order: Any,
) -> Statement:
    """Join the compiled parts. Everything that a client sent is a parameter; the text holds names of our own alone."""
    direct = compiled(places.direct()) if places.direct else Statement(_NO_ITEMS, (), (), ())
    parts = {
        "countries": compiled(places.countries(gate, chain)),
        "shown": compiled(shown.values("pk", "date")),
        "direct": direct,
        "columns": compiled(NewsPage.objects.order_by().values(*columns)),
        "codes": Statement(f"VALUES {', '.join(['(%s)'] * len(chain))}", tuple(chain), (), ()),
    }
    if not all(part.sql for part in parts.values()):
        return Statement("", (), (), ())  # a condition that no row can meet
    # A part may stand in several places of the text, and its parameters stand as often and in the same order.
    names = [name for _text, name, *_spec in Formatter().parse(sql) if name in parts]
    text = sql.format(
        **{name: part.sql for name, part in parts.items()},
        page=Page._meta.db_table,
        link=NewsCountryLink._meta.db_table,
        **order,
    )
    read = parts["columns"]
    # How the place's key is read, and the columns after it.
    converters = [(0, *reading) for place, *reading in parts["countries"].converters if place == 0]
    if "columns" in names:
        converters += [(place + 1, *reading) for place, *reading in read.converters]
    return Statement(
        text,
        tuple(param for name in names for param in parts[name].params),
        ("place_key", *read.names),
        tuple(converters),
    )
