"""Timelines: filter, orders, cursors, and the connections of the root and of places."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.blocks.types import DatePrecisionEnum
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
    page_arguments,
    rows_wanted,
)
from api.context import GraphQLContext
from api.dates import Date
from api.errors import BadUserInput
from api.execution import BatchLoader, Deferred
from api.ids import id_decode
from api.locales import scope_arguments, scope_from
from api.pages.nodes import Node, node_load
from api.place_lists import PlacePartsLoader, day_cursor
from api.records import page_or_none
from api.regions.arguments import acronyms_checked, codes_checked, date_range_checked, text_checked, values_of
from api.relations.choices import TimelineKind, VisitDirection, timeline_label
from api.rows import column, resolver_by_scope
from api.scope import Scope
from home.language.dates import period_label
from home.selectors.keys import Key
from home.selectors.visibility import Gate
from relations.selectors import places as sorts
from relations.selectors.places import Places
from relations.selectors.slices import Slice
from relations.selectors.timeline import (
    EVENT,
    STAGE,
    TimelineCriteria,
    timeline_count,
    timeline_place_counts,
    timeline_place_rows,
    timeline_rows,
)

_MAX_PEOPLE = 50


class _TimelineOrder(Enum):
    DATE_DESC = "DATE_DESC"
    DATE_ASC = "DATE_ASC"


TimelineOrder = graphene.Enum.from_enum(
    _TimelineOrder,
    name="TimelineOrder",
    description=lambda value: (
        {"DATE_DESC": "Newest first.", "DATE_ASC": "Oldest first."}[value.value] if value else "Orders of timelines."
    ),
)


class TimelineFilter(graphene.InputObjectType):
    """Narrows a timeline; all given conditions must hold, and one value of each list is enough."""

    kind = graphene.List(graphene.NonNull(TimelineKind), description="Kinds of events, and steps of agreements.")
    direction = graphene.List(
        graphene.NonNull(VisitDirection), description="Visits in these directions alone, and nothing else."
    )
    country = graphene.List(graphene.NonNull(graphene.String), description="ISO 3166-1 alpha-2 codes of countries.")
    continent = graphene.List(
        graphene.NonNull(graphene.String),
        description="UN M49 codes of continents: what is about the continent itself or about its countries.",
    )
    organisation = graphene.List(
        graphene.NonNull(graphene.String), description="Acronyms of organisations, in any of their languages."
    )
    person = graphene.List(
        graphene.NonNull(graphene.ID), description="Global ids of people: events in which they took part."
    )
    date_from = Date(description="The first day. Of what lasted, or is known to the year alone, one day is enough.")
    date_to = Date(description="The last day, included; as for the first one.")
    text = graphene.String(description="Words that all stand in the event or the agreement; up to 200 characters.")


def timeline_criteria(values: dict[str, Any] | None) -> TimelineCriteria:
    """The checked filter. Raises BadUserInput."""
    values = values or {}
    date_range_checked(values.get("date_from"), values.get("date_to"))
    return TimelineCriteria(
        kinds=values_of(values.get("kind")),
        directions=values_of(values.get("direction")),
        countries=codes_checked(values.get("country"), length=2),
        continents=codes_checked(values.get("continent"), length=3),
        organisations=acronyms_checked(values.get("organisation")),
        people=_people(values.get("person")),
        date_from=values.get("date_from"),
        date_to=values.get("date_to"),
        text=text_checked(values.get("text")),
    )


def _people(ids: list[str] | None) -> tuple[Key, ...] | None:
    if ids is None:
        return None
    if len(ids) > _MAX_PEOPLE:
        raise BadUserInput(f"At most {_MAX_PEOPLE} people can be given.")
    found = [id_decode(value) for value in ids]
    if any(each.type != "Person" for each in found):
        raise BadUserInput("`person` takes ids of people.")
    return tuple(dict.fromkeys(each.key for each in found))


def _position(entry: Node, _place: int) -> Position:
    return (entry["entry_day"].isoformat(), entry["source"], entry["entry_id"])


@dataclass(frozen=True, slots=True)
class _Timeline:
    """The checked arguments of a timeline, and what they ask the selectors for."""

    criteria: TimelineCriteria
    order: str
    arguments: PageArguments
    part: Slice

    def connection_part(self, nodes: list[Node]) -> ConnectionPart:
        return connection_part(nodes, position=_position, order=self.order, arguments=self.arguments)


def _timeline(given: dict[str, Any], names: frozenset[str] | None) -> _Timeline:
    """Raises BadUserInput."""
    criteria = timeline_criteria(given.pop("filter", None))
    order = (given.pop("order_by", None) or _TimelineOrder.DATE_DESC).value
    arguments = page_arguments(**given)
    part = Slice(
        limit=rows_wanted(arguments, names),
        newest_first=order == _TimelineOrder.DATE_DESC.value,
        after=_point(arguments.after, order),
        before=_point(arguments.before, order),
        from_end=arguments.from_end,
    )
    return _Timeline(criteria=criteria, order=order, arguments=arguments, part=part)


def _point(cursor: str | None, order: str) -> Any:
    position = day_cursor(cursor, order=order, numbers=2)
    if position is not None and position[1] not in (EVENT, STAGE):
        raise BadUserInput("The cursor is malformed.")
    return position


def _listed(gate: Gate) -> None:
    # What entries are made of, whether their pages are asked for or not.
    gate.listed.update(("Event", "Agreement"))


class TimelinePartsLoader(PlacePartsLoader):
    """A stretch of the timeline of each of many places."""

    def __init__(self, places: Places, scope: Scope, gate: Gate, wanted: _Timeline) -> None:
        self.places, self.scope, self.gate, self.wanted, self.parts = places, scope, gate, wanted, {}

    def read(self, places: Collection[Key]) -> dict[Key, list[Node]]:
        _listed(self.gate)
        rows = timeline_place_rows(
            self.places,
            keys=places,
            gate=self.gate,
            chain=self.scope.chain,
            criteria=self.wanted.criteria,
            part=self.wanted.part,
        )
        return {key: [{**row, "scope": self.scope} for row in line] for key, line in rows.items()}


class TimelineCountLoader(BatchLoader[Key, int]):
    """How many entries the timeline of each of many places has. One statement."""

    def __init__(self, places: Places, scope: Scope, gate: Gate, criteria: TimelineCriteria) -> None:
        self.places, self.scope, self.gate, self.criteria = places, scope, gate, criteria

    def batch_load(self, keys: list[Key]) -> dict[Key, int]:
        _listed(self.gate)
        return timeline_place_counts(
            self.places, keys=keys, gate=self.gate, chain=self.scope.chain, criteria=self.criteria
        )

    def missing(self, key: Key) -> int:
        return 0


def timeline_connection(context: GraphQLContext, scope: Scope, arguments: dict[str, Any]) -> Connection:
    """The connection over the whole timeline. Raises BadUserInput."""
    wanted = _timeline(arguments, context.names)
    _listed(context.gate)

    def read_part() -> ConnectionPart:
        rows = timeline_rows(gate=context.gate, chain=scope.chain, criteria=wanted.criteria, part=wanted.part)
        return wanted.connection_part([{**row, "scope": scope} for row in rows])

    return connection_of(
        read_part, lambda: timeline_count(gate=context.gate, chain=scope.chain, criteria=wanted.criteria)
    )


def _of_places(places: Places) -> Callable[..., Any]:
    @resolver_by_scope
    def resolve(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any) -> list[Connection]:
        context: GraphQLContext = info.context
        wanted = _timeline(arguments, context.names)
        parts = context.loaders.get(TimelinePartsLoader, places, scope, context.gate, wanted)
        counts = context.loaders.get(TimelineCountLoader, places, scope, context.gate, wanted.criteria)
        keys = tuple(node["translation_key"] for node in nodes)
        return Lists(partial(parts.load, keys), partial(counts.load_many, keys)).connections(len(keys))

    return resolve


class TimelineEntry(graphene.ObjectType):
    """Something that happened on a day: an event, or a step of an agreement."""

    date = Date(
        required=True,
        description="The day, or the first one; `precision` says how much of it is known.",
        resolver=column("entry_day"),
    )
    precision = graphene.Field(
        DatePrecisionEnum,
        required=True,
        description="How much of the day is known.",
        resolver=column("entry_precision"),
    )
    ends_on = Date(description="The last day of what lasted.", resolver=column("last_day"))
    date_label = graphene.String(
        required=True, description="The day, or from when until when, in words of the reader's language."
    )
    kind = graphene.Field(
        TimelineKind, required=True, description="What it tells, for filters.", resolver=column("entry_kind")
    )
    kind_label = graphene.String(required=True, description="The name of the kind in the reader's language.")
    title = graphene.String(required=True, description="The title of the event, or of the agreement.")
    event = graphene.Field("api.relations.events.Event", description="The event; null for a step of an agreement.")
    agreement = graphene.Field(
        "api.relations.agreements.Agreement", description="The agreement whose step it is; null for an event."
    )

    def resolve_date_label(self: Node, info: GraphQLResolveInfo) -> str:
        return period_label(
            self["entry_day"],
            self["entry_precision"],
            self["last_day"],
            self["last_precision"],
            language_code=self["scope"].locale,
        )

    def resolve_kind_label(self: Node, info: GraphQLResolveInfo) -> str:
        return timeline_label(self["entry_kind"], self["scope"].locale)

    def resolve_title(self: Node, info: GraphQLResolveInfo) -> Deferred[Any]:
        type_name = "Event" if self["source"] == EVENT else "Agreement"
        page = node_load(info.context, type_name=type_name, key=self["page_key"], scope=self["scope"])
        return page.then(lambda found: found and found["title"])

    def resolve_event(self: Node, info: GraphQLResolveInfo) -> Any:
        return page_or_none(info, "Event", self["page_key"], self) if self["source"] == EVENT else None

    def resolve_agreement(self: Node, info: GraphQLResolveInfo) -> Any:
        return page_or_none(info, "Agreement", self["page_key"], self) if self["source"] == STAGE else None


TimelineConnection = connection_type("Timeline", TimelineEntry, "entries of a timeline")


def timeline_field(resolver: Any, *, description: str, **arguments: Any) -> graphene.Field:
    """A connection of entries."""
    return graphene.Field(
        TimelineConnection,
        description=description,
        resolver=resolver,
        **arguments,
        **connection_arguments(),
        filter=graphene.Argument(TimelineFilter, description="Narrows the list."),
        order_by=graphene.Argument(
            TimelineOrder, default_value=_TimelineOrder.DATE_DESC, description="The order of the list."
        ),
    )


def country_timeline_field() -> graphene.Field:
    """The field ``timeline`` of a country."""
    return timeline_field(
        _of_places(sorts.COUNTRIES), description="What happened between us and the country, and became of agreements."
    )


def continent_timeline_field() -> graphene.Field:
    """The field ``timeline`` of a continent."""
    return timeline_field(
        _of_places(sorts.CONTINENTS),
        description="What happened between us and the continent's countries or the continent itself, each entry once.",
    )


def organisation_timeline_field() -> graphene.Field:
    """The field ``timeline`` of an organisation."""
    return timeline_field(
        _of_places(sorts.ORGANISATIONS),
        description="What happened between us and the organisation, and became of agreements.",
    )


def resolve_timeline(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """The whole timeline."""
    scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
    return timeline_connection(info.context, scope, arguments)


class TimelineQuery:
    """The root field ``timeline``."""

    timeline = timeline_field(
        resolve_timeline,
        description="What happened between us and others, and became of agreements with them.",
        **scope_arguments(),
    )
