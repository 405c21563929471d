"""Lists of news: filter, orders, cursors, and the connections of the root, of a country and of a continent."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import (
    Connection,
    ConnectionPart,
    Lists,
    PageArguments,
    Position,
    connection_arguments,
    connection_of,
    connection_part,
    connection_type,
    cursor_decode,
    page_arguments,
    rows_wanted,
)
from api.context import GraphQLContext
from api.dates import Date
from api.errors import BadUserInput
from api.execution import BatchLoader
from api.pages.columns import columns_of
from api.pages.nodes import Node, nodes_from
from api.pages.translations import status_filter, statuses_from
from api.regions.arguments import codes_checked, date_range_checked
from api.rows import resolver_by_scope
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.pages import Row
from home.selectors.visibility import Gate
from regions.selectors.news import NewsCriteria, NewsSlice, news_count_shown, news_rows_shown
from regions.selectors.news_of_places import (
    NewsPlaces,
    continent_news_counts,
    continent_news_rows,
    country_news_counts,
    country_news_rows,
    place_news_counts,
    place_news_rows,
)
from translations.selectors.freshness import NewsFreshness

_MAX_TEXT = 200
_MAX_KINDS = 50
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")


class _NewsOrder(Enum):
    DATE_DESC = "DATE_DESC"
    DATE_ASC = "DATE_ASC"


NewsOrder = graphene.Enum.from_enum(
    _NewsOrder,
    name="NewsOrder",
    description=lambda value: (
        {"DATE_DESC": "Newest first.", "DATE_ASC": "Oldest first."}[value.value]
        if value
        else "Orders of lists of news."
    ),
)


class NewsFilter(graphene.InputObjectType):
    """Narrows a list of news; all given conditions must hold, and one value of each list is enough."""

    kind = graphene.List(graphene.NonNull(graphene.String), description="Slugs of kinds, for example visit.")
    country = graphene.List(graphene.NonNull(graphene.String), description="ISO 3166-1 alpha-2 codes of countries.")
    continent = graphene.List(
        graphene.NonNull(graphene.String),
        description="UN M49 codes of continents: news of the continent itself and of its countries.",
    )
    date_from = Date(description="The first day.")
    date_to = Date(description="The last day, included.")
    featured = graphene.Boolean(description="Featured items only, or the others only.")
    text = graphene.String(description=f"Words that all stand in the item; up to {_MAX_TEXT} characters.")
    translation_status = status_filter("items")


def news_criteria(values: dict[str, Any] | None) -> NewsCriteria:
    """The checked filter. Raises BadUserInput."""
    values = values or {}
    kinds, text = values.get("kind"), values.get("text")
    if kinds is not None and len(kinds) > _MAX_KINDS:
        raise BadUserInput(f"At most {_MAX_KINDS} kinds can be given.")
    if kinds is not None and not all(_SLUG.fullmatch(kind) for kind in kinds):
        raise BadUserInput("A kind is named by its slug.")
    if text is not None and len(text) > _MAX_TEXT:
        raise BadUserInput(f"`text` may have {_MAX_TEXT} characters.")
    statuses = statuses_from(values)
    date_range_checked(values.get("date_from"), values.get("date_to"))
    return NewsCriteria(
        kinds=None if kinds is None else tuple(dict.fromkeys(kinds)),
        countries=codes_checked(values.get("country"), length=2),
        continents=codes_checked(values.get("continent"), length=3),
        date_from=values.get("date_from"),
        date_to=values.get("date_to"),
        featured=values.get("featured"),
        text=text,
        more=None if statuses is None else NewsFreshness(statuses),
    )


def _position(node: Node, _place: int) -> Position:
    return (node["date"].isoformat(), node["id"])


def _point(cursor: str | None, order: str) -> tuple[date, int] | None:
    position = cursor_decode(cursor, order=order, types=(str, int))
    if position is None:
        return None
    try:
        day = date.fromisoformat(position[0])
    except ValueError:
        raise BadUserInput("The cursor is malformed.") from None
    if not 0 < position[1] < 2**63:
        raise BadUserInput("The cursor is malformed.")
    return day, position[1]


@dataclass(frozen=True, slots=True)
class _NewsList:
    """The checked arguments of a connection of news, and what they ask the selectors for."""

    criteria: NewsCriteria
    order: str
    arguments: PageArguments
    part: NewsSlice

    def connection_part(self, nodes: list[Node]) -> ConnectionPart:
        return connection_part(nodes, position=_position, order=self.order, arguments=self.arguments)


def _news_list(given: dict[str, Any], names: frozenset[str] | None) -> _NewsList:
    """Raises BadUserInput."""
    criteria = news_criteria(given.pop("filter", None))
    order = given.pop("order_by", None) or _NewsOrder.DATE_DESC
    arguments = page_arguments(**given)
    part = NewsSlice(
        limit=rows_wanted(arguments, names),
        newest_first=order.value == _NewsOrder.DATE_DESC.value,
        after=_point(arguments.after, order.value),
        before=_point(arguments.before, order.value),
        from_end=arguments.from_end,
    )
    return _NewsList(criteria=criteria, order=order.value, arguments=arguments, part=part)


class _PlaceNewsLoader(BatchLoader[tuple[Key, ...], list[ConnectionPart]]):
    """A stretch of the news of each of many places, by the places that are asked for together.

    One statement, however many places, and each place once.
    """

    read_rows: Callable[..., dict[Key, list[Row]]]

    def __init__(self, scope: Scope, gate: Gate, wanted: _NewsList, fields: tuple[str, ...]) -> None:
        self.scope, self.gate, self.wanted, self.fields = scope, gate, wanted, fields
        self.parts: dict[Key, ConnectionPart] = {}

    def batch_load(self, keys: list[tuple[Key, ...]]) -> list[list[ConnectionPart]]:
        parts = self.parts
        missing = {place for together in keys for place in together if place not in parts}
        if missing:
            found = self._read(missing)  # where that fails, nothing is known of these places
            parts.update(dict.fromkeys(missing, self.wanted.connection_part([])))
            parts.update(found)
        return [[parts[place] for place in together] for together in keys]

    def _read(self, places: Collection[Key]) -> dict[Key, ConnectionPart]:
        wanted = self.wanted
        rows = type(self).read_rows(
            keys=places,
            gate=self.gate,
            chain=self.scope.chain,
            criteria=wanted.criteria,
            part=wanted.part,
            fields=self.fields,
        )
        every = [row for line in rows.values() for row in line]
        nodes_from(every, type_name="NewsItem", scope=self.scope, gate=self.gate)
        return {key: wanted.connection_part(line) for key, line in rows.items()}


class _PlaceNewsCountLoader(BatchLoader[Key, int]):
    """How many items each of many places has. One statement."""

    read_counts: Callable[..., dict[Key, int]]

    def __init__(self, scope: Scope, gate: Gate, criteria: NewsCriteria) -> None:
        self.scope, self.gate, self.criteria = scope, gate, criteria

    def batch_load(self, keys: list[Key]) -> dict[Key, int]:
        self.gate.listed.add("NewsItem")
        return type(self).read_counts(keys=keys, gate=self.gate, chain=self.scope.chain, criteria=self.criteria)

    def missing(self, key: Key) -> int:
        return 0


class CountryNewsLoader(_PlaceNewsLoader):
    """The news of countries by translation key."""

    read_rows = staticmethod(country_news_rows)


class CountryNewsCountLoader(_PlaceNewsCountLoader):
    """How many items countries have."""

    read_counts = staticmethod(country_news_counts)


class ContinentNewsLoader(_PlaceNewsLoader):
    """The news of continents by translation key: their countries' and their own."""

    read_rows = staticmethod(continent_news_rows)


class ContinentNewsCountLoader(_PlaceNewsCountLoader):
    """How many items continents have."""

    read_counts = staticmethod(continent_news_counts)


def news_connection(context: GraphQLContext, scope: Scope, arguments: dict[str, Any]) -> Connection:
    """The connection over all news. Raises BadUserInput."""
    wanted = _news_list(arguments, context.names)
    context.gate.listed.add("NewsItem")

    def read_part() -> ConnectionPart:
        rows = news_rows_shown(
            gate=context.gate,
            chain=scope.chain,
            criteria=wanted.criteria,
            part=wanted.part,
            fields=columns_of("NewsItem", context.names),
        )
        return wanted.connection_part(nodes_from(rows, type_name="NewsItem", scope=scope, gate=context.gate))

    return connection_of(
        read_part,
        read_count=lambda: news_count_shown(gate=context.gate, chain=scope.chain, criteria=wanted.criteria),
    )


def _place_news(loader: type[_PlaceNewsLoader], count_loader: type[_PlaceNewsCountLoader]) -> Callable[..., Connection]:
    def prepare(
        context: GraphQLContext, scope: Scope, arguments: dict[str, Any]
    ) -> tuple[_PlaceNewsLoader, _PlaceNewsCountLoader]:
        wanted = _news_list(arguments, context.names)
        counts = context.loaders.get(count_loader, scope, context.gate, wanted.criteria)
        fields = columns_of("NewsItem", context.names)
        return context.loaders.get(loader, scope, context.gate, wanted, fields), counts

    @resolver_by_scope
    def resolve(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any) -> list[Connection]:
        parts, counts = prepare(info.context, scope, arguments)
        keys = tuple(node["translation_key"] for node in nodes)
        return Lists(partial(parts.load, keys), partial(counts.load_many, keys)).connections(len(keys))

    return resolve


NewsConnection = connection_type("News", "api.regions.news.NewsItem", "news items")


def news_field(resolver: Any, *, description: str, **arguments: Any) -> graphene.Field:
    """A connection of news."""
    return graphene.Field(
        NewsConnection,
        description=description,
        resolver=resolver,
        **arguments,
        **connection_arguments(),
        filter=graphene.Argument(NewsFilter, description="Narrows the list."),
        order_by=graphene.Argument(NewsOrder, default_value=_NewsOrder.DATE_DESC, description="The order of the list."),
    )


def news_of(places: NewsPlaces, *, description: str) -> graphene.Field:
    """The field ``news`` of something else that items are about, or linked with: one statement for all its objects."""
    rows = type("NewsOfLoader", (_PlaceNewsLoader,), {"read_rows": staticmethod(partial(place_news_rows, places))})
    counts = type(
        "NewsOfCountLoader", (_PlaceNewsCountLoader,), {"read_counts": staticmethod(partial(place_news_counts, places))}
    )
    return news_field(_place_news(rows, counts), description=description)


def country_news_field() -> graphene.Field:
    """The field ``news`` of a country."""
    return news_field(_place_news(CountryNewsLoader, CountryNewsCountLoader), description="The country's news.")


def continent_news_field() -> graphene.Field:
    """The field ``news`` of a continent."""
    return news_field(
        _place_news(ContinentNewsLoader, ContinentNewsCountLoader),
        description="The news of the continent's countries and its own, each item once.",
    )
