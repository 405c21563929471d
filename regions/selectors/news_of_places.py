"""The news of many countries or continents at once.

One statement ranks the items of each place; the ORM cannot say it, so it compiles the parts and this file joins them.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import DateField
from wagtail.models import Page

from home.selectors.keys import Key
from home.selectors.pages import Row, page_queryset_visible
from home.selectors.prepared import KEY, Statement, any_of, compiled, constant, joined, prepared, slot
from home.selectors.visibility import Conditions, Gate
from regions.models import CountryPage, NewsContinentLink, NewsCountryLink, NewsPage
from regions.selectors.countries import country_parent_path
from regions.selectors.news import NEWS_FIELDS, NewsCriteria, NewsSlice, news_columns, news_queryset_shown

# The countries of continents.
_MEMBERS = """
    SELECT continent.translation_key AS place_key, country.translation_key AS country_key
    FROM ({continents}) continent JOIN ({countries}) country
    ON country.parent_path = continent.path
"""
# A place and the items about it. UNION, because an item may name two countries of one continent.
_OF_CONTINENTS = """
    SELECT place.place_key, link.page_id
    FROM ({members}) place JOIN {country_link} link ON link.place_key = place.country_key
    UNION
    {named}
"""
_RANKED = """
    SELECT ranked.place_key, columns.* FROM (
        SELECT item.place_key, shown.id AS news_id, ROW_NUMBER() OVER (
            PARTITION BY item.place_key ORDER BY shown.date {direction}, shown.id {direction}
        ) AS line_number
        FROM ({items}) item JOIN ({shown}) shown ON shown.id = item.page_id
    ) ranked
    JOIN ({columns}) columns ON columns.id = ranked.news_id
    WHERE line_number <= {limit}
    ORDER BY place_key, line_number
"""
_COUNTED = """
    SELECT item.place_key, COUNT(*)
    FROM ({items}) item JOIN ({shown}) shown ON shown.id = item.page_id
    GROUP BY item.place_key
"""

# For databases that have LATERAL: the few items of each place, and not a rank for every item of all.
# DISTINCT, because an item may name the pages that one country has in two languages.
_LINKED = """
    SELECT DISTINCT ON (link.date, link.page_id) shown.*
    FROM {table} link JOIN ({shown}) shown ON shown.id = link.page_id
    WHERE link.place_key = {place} AND link.locale_code = {code} AND {days}
    ORDER BY link.date {direction}, link.page_id {direction}
    LIMIT {limit}
"""
_LATEST_OF_COUNTRIES = """
    SELECT place.place_key, found.*
    FROM ({keys}) place (place_key)
    CROSS JOIN LATERAL (
        SELECT item.*
        FROM ({of_languages}) item
        ORDER BY item.date {direction}, item.id {direction}
        LIMIT {limit}
    ) found
    ORDER BY place.place_key, found.date {direction}, found.id {direction}
"""
# A big continent's latest items are among the latest of all: those are walked first, and not far. Only where that finds
# too few are the latest of each country read, which is dear for many countries, and cheap for few.
_OF_CONTINENT = """
    WITH walked AS MATERIALIZED (
        SELECT DISTINCT ON (link.date, link.page_id) shown.*
        FROM (
            SELECT link.place_key, link.date, link.page_id FROM {country_link} link
            WHERE link.locale_code = {code} AND {days}
            ORDER BY link.date {direction}, link.page_id {direction}
            LIMIT {steps}
        ) link JOIN ({shown}) shown ON shown.id = link.page_id
        WHERE link.place_key = ANY(place.country_keys)
        ORDER BY link.date {direction}, link.page_id {direction}
        LIMIT {limit}
    )
    SELECT walked.* FROM walked
    UNION ALL
    SELECT of_country.*
    FROM UNNEST(place.country_keys) country (country_key) CROSS JOIN LATERAL ({of_country}) of_country
    WHERE (SELECT COUNT(*) FROM walked) < {limit}
    UNION ALL
    ({of_place})
"""
_LATEST_OF_CONTINENTS = """
    SELECT found.place_key, columns.*
    FROM (
        WITH place (place_key, country_keys) AS MATERIALIZED (
            SELECT asked.place_key, ARRAY_AGG(DISTINCT member.country_key)
            FROM ({keys}) asked (place_key)
            LEFT JOIN ({members}) member ON member.place_key = asked.place_key
            GROUP BY asked.place_key
        )
        SELECT place.place_key, latest.id
        FROM place CROSS JOIN LATERAL (
            SELECT DISTINCT ON (item.date, item.id) item.id
            FROM ({of_languages}) item
            ORDER BY item.date {direction}, item.id {direction}
            LIMIT {limit}
        ) latest
    ) found
    JOIN ({columns}) columns ON columns.id = found.id
    ORDER BY found.place_key, columns.date {direction}, columns.id {direction}
"""
# How many of all items are walked for one that is wanted: a continent with a tenth of them is found by that.
_STEPS = 25


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
    return place_news_rows(_COUNTRIES, keys=keys, gate=gate, chain=chain, criteria=criteria, part=part, fields=fields)


def country_news_counts(
    *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[Key, int]:
    """For countries by translation key: how many items each has; those with none are left out. One statement."""
    return place_news_counts(_COUNTRIES, keys=keys, gate=gate, chain=chain, criteria=criteria)


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
    return place_news_rows(_CONTINENTS, keys=keys, gate=gate, chain=chain, criteria=criteria, part=part, fields=fields)


def continent_news_counts(
    *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[Key, int]:
    """For continents by translation key: how many items each has; those with none are left out. One statement."""
    return place_news_counts(_CONTINENTS, keys=keys, gate=gate, chain=chain, criteria=criteria)


@dataclass(frozen=True, slots=True)
class NewsPlaces:
    """What items are about, whose keys are the parameter ``keys``; apps above have sorts of their own."""

    name: str
    items: Callable[[Conditions, Sequence[str]], Statement]
    """Pairs of a place and an item about it."""
    latest: Callable[[Conditions, Sequence[str]], tuple[str, dict[str, Statement]]] | None = None
    """The text that finds the latest items of each place by LATERAL, and its parts; without it all are ranked."""


def _items_of_countries(gate: Conditions, chain: Sequence[str]) -> Statement:
    return _links(NewsCountryLink)


def _latest_of_countries(gate: Conditions, chain: Sequence[str]) -> tuple[str, dict[str, Statement]]:
    linked = _LINKED.replace("{table}", "{country_link}").replace("{place}", "place.place_key")
    return _LATEST_OF_COUNTRIES.replace("{of_languages}", _of_languages(linked, chain)), {}


def _items_of_continents(gate: Conditions, chain: Sequence[str]) -> Statement:
    named = _links(NewsContinentLink)
    text = _filled(_OF_CONTINENTS, {"members": continent_members(gate, chain), "named": named})
    return Statement(text.sql, text.params, (), named.converters)


def _latest_of_continents(gate: Conditions, chain: Sequence[str]) -> tuple[str, dict[str, Statement]]:
    of_country = _LINKED.replace("{table}", "{country_link}").replace("{place}", "country.country_key")
    of_place = _LINKED.replace("{table}", "{continent_link}").replace("{place}", "place.place_key")
    linked = _OF_CONTINENT.replace("{of_country}", of_country).replace("{of_place}", of_place)
    text = _LATEST_OF_CONTINENTS.replace("{of_languages}", _of_languages(linked, chain))
    return text, {"members": continent_members(gate, chain)}


def _of_languages(text: str, chain: Sequence[str]) -> str:
    """The text for each language of the chain, which has parts of its own: indexes have the latest of one language."""
    each = (
        text.replace("{code}", f"{{code_{rank}}}").replace("{shown}", f"{{shown_{rank}}}") for rank in range(len(chain))
    )
    return " UNION ALL ".join(f"({one})" for one in each)


def _links(model: type[Any]) -> Statement:
    links = model._default_manager.filter(any_of("place_key", "keys", KEY)).order_by()
    return compiled(links.values("place_key", "page_id").distinct())


def continent_members(gate: Conditions, chain: Sequence[str]) -> Statement:
    """The rows ``place_key`` and ``country_key`` of the continents with the parameter ``keys``, and their countries."""
    continents = Page.objects.filter(any_of("translation_key", "keys", KEY)).order_by()
    countries = page_queryset_visible(CountryPage, gate=gate).filter(locale_code__in=chain)
    # Distinct, so that the planner finds the countries first, as it does for lists of them, and not among all pages.
    countries = countries.annotate(parent_path=country_parent_path("path")).distinct()
    return _filled(
        _MEMBERS,
        {
            "continents": compiled(continents.values("path", "translation_key")),
            "countries": compiled(countries.values("parent_path", "translation_key")),
        },
    )


_COUNTRIES = NewsPlaces("countries", _items_of_countries, _latest_of_countries)
_CONTINENTS = NewsPlaces("continents", _items_of_continents, _latest_of_continents)


def place_news_rows(
    places: NewsPlaces,
    *,
    keys: Collection[Key],
    gate: Gate,
    chain: Sequence[str],
    criteria: NewsCriteria,
    part: NewsSlice,
    fields: Sequence[str] = NEWS_FIELDS,
) -> dict[Key, list[Row]]:
    """For what items are about, by key: a stretch of the news of each. One statement."""
    columns = news_columns(fields)
    statement = prepared(
        ("ranked", places.name, tuple(chain), gate.shape, criteria.shape, part.shape, columns),
        lambda: _ranked_statement(places, gate=gate.shape, chain=chain, criteria=criteria, part=part, columns=columns),
    )
    values = {**gate.values, **criteria.values(chain=chain), **part.values, "keys": set(keys)}
    found: dict[Key, list[Row]] = statement.groups(values)
    if part.from_end:
        found = {key: rows[::-1] for key, rows in found.items()}
    return found


def _ranked_statement(
    places: NewsPlaces,
    *,
    gate: Conditions,
    chain: Sequence[str],
    criteria: NewsCriteria,
    part: NewsSlice,
    columns: Sequence[str],
) -> Statement:
    """Join the compiled parts. Everything that a client sent is a parameter; the text holds names of our own alone."""
    read = compiled(NewsPage.objects.order_by().values(*columns))
    items = places.items(gate, chain)
    order = {"direction": "DESC" if part.is_descending else "ASC", "limit": int(part.limit)}
    if connection.vendor != "postgresql" or places.latest is None:
        shown = news_queryset_shown(gate=gate, chain=chain, criteria=criteria).filter(part.condition())
        parts = {"items": items, "shown": compiled(shown.values("id", "date")), "columns": read}
        made = _filled(_RANKED, parts, **order)
    else:
        text, parts = places.latest(gate, chain)
        few = ("id", "date") if "{columns}" in text else columns
        for rank, code in enumerate(chain):
            shown = news_queryset_shown(gate=gate, chain=chain, criteria=criteria, only=code).filter(part.condition())
            parts |= {f"code_{rank}": constant(code), f"shown_{rank}": compiled(shown.values(*few))}
        parts |= {
            "keys": Statement("SELECT UNNEST(%s::uuid[])", (slot("keys", KEY, is_list=True),), (), ()),
            "days": _days(criteria, part),
            "columns": read,
        }
        made = _filled(text, parts, **order, steps=_STEPS * int(part.limit))
    # How the place's key is read, and the columns after it.
    converters = [each for each in items.converters if each[0] == 0]
    converters += [(place + 1, *reading) for place, *reading in read.converters]
    return Statement(made.sql, made.params, ("place_key", *read.names), tuple(converters))


def _days(criteria: NewsCriteria, part: NewsSlice) -> Statement:
    """What the criteria say of days, said of links, whose index has them in order."""
    given = [(f"{name}_day", is_older) for name, is_older in part.ends]
    given += [("date_from", False)] if criteria.date_from is not None else []
    given += [("date_to", True)] if criteria.date_to is not None else []
    conditions = ["link.date IS NOT NULL", *(f"link.date {'<=' if is_older else '>='} %s" for _name, is_older in given)]
    return Statement(" AND ".join(conditions), tuple(slot(name, DateField()) for name, _is_older in given), (), ())


def place_news_counts(
    places: NewsPlaces, *, keys: Collection[Key], gate: Gate, chain: Sequence[str], criteria: NewsCriteria
) -> dict[Key, int]:
    """For what items are about, by key: how many items each has; those with none are left out. One statement."""

    def count() -> Statement:
        items = places.items(gate.shape, chain)
        shown = news_queryset_shown(gate=gate.shape, chain=chain, criteria=criteria).values("id")
        made = _filled(_COUNTED, {"items": items, "shown": compiled(shown)})
        return Statement(made.sql, made.params, (), tuple(each for each in items.converters if each[0] == 0))

    statement = prepared(("counted", places.name, tuple(chain), gate.shape, criteria.shape), count)
    return dict(statement.tuples({**gate.values, **criteria.values(chain=chain), "keys": set(keys)}))


def _filled(text: str, parts: dict[str, Statement], **words: Any) -> Statement:
    """The text with parts in it, and the names of tables."""
    tables = {"country_link": NewsCountryLink._meta.db_table, "continent_link": NewsContinentLink._meta.db_table}
    return joined(text, parts, **tables, **words)
