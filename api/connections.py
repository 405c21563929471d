"""Relay connections: their types, their arguments, cursors, and slices of lists that are in memory already.

Fields that take arguments are nullable: an argument that is refused leaves the fields beside it answered.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import graphene
from django.utils.module_loading import import_string

from api.errors import BadUserInput
from api.execution import Deferred, batch_resolver, for_each
from api.ids import decode, encode
from api.limits.settings import limits

T = TypeVar("T")

_MAX_CURSOR_LENGTH = 2000

Node = dict[str, Any]
# A place in a list: the values it is sorted by, the last of them unique.
Position = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PageArguments:
    """Which part of a list is asked for. ``from_end`` takes the last ``limit`` items."""

    limit: int
    from_end: bool
    after: str | None
    before: str | None


def page_arguments(
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    most: int | None = None,
) -> PageArguments:
    """The checked arguments of a connection, of which a part may have ``most`` items. Raises BadUserInput.

    A list that may be longer than others stands in ``api.limits.cost.LONG_LISTS`` too.
    """
    if first is not None and last is not None:
        raise BadUserInput("Give either `first` or `last`, not both.")
    allowed = limits().list_size if most is None else most
    for name, number in (("first", first), ("last", last)):
        if number is not None and not 0 <= number <= allowed:
            raise BadUserInput(f"`{name}` must be between 0 and {allowed}.", requested=number, allowed=allowed)
    limit = next((number for number in (first, last) if number is not None), limits().page_size)
    return PageArguments(limit=limit, from_end=last is not None, after=after, before=before)


# Whoever asks for one of these learns whether there are more items than the document asked for.
_LOOKING_AHEAD = frozenset({"hasNextPage", "hasPreviousPage"})


def rows_wanted(arguments: PageArguments, names: frozenset[str] | None) -> int:
    """How many items to read: one more than asked for, where fields of these ``names`` tell whether there are more.

    None stands for a document of which nothing is known.
    """
    if names is not None and names.isdisjoint(_LOOKING_AHEAD):
        return max(arguments.limit, 1)
    return arguments.limit + 1


def cursor_encode(order: str, position: Sequence[Any]) -> str:
    """A cursor for ``position`` in a list sorted by ``order``; positions are strings and numbers."""
    return encode(json.dumps([order, *position], ensure_ascii=False, separators=(",", ":")))


def cursor_decode(cursor: str | None, *, order: str, types: Sequence[type]) -> Position | None:
    """The position that a cursor of this order names, None for no cursor. Raises BadUserInput."""
    if cursor is None:
        return None
    text = decode(cursor) if len(cursor) <= _MAX_CURSOR_LENGTH else None
    try:
        values = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or [type(value) for value in values] != [str, *types]:
        raise BadUserInput("The cursor is malformed.")
    if values[0] != order:
        raise BadUserInput("The cursor belongs to a list in another order.")
    return tuple(values[1:])


@dataclass(slots=True)
class ConnectionPart:
    """The items asked for, what tells the position of each, and whether there are more on either side.

    ``position`` is given an item and its place in the list that the part was cut from, at ``start``. ``edge`` is what
    each edge has besides its cursor and its node, for edges with fields of their own.
    """

    nodes: list[Node]
    position: Callable[[Node, int], Position]
    order: str
    has_next: bool
    has_previous: bool
    start: int = 0
    edge: Mapping[str, Any] | None = None

    def cursor(self, index: int) -> str:
        """The cursor of the item at ``index``, counted from the end where it is negative."""
        place = self.start + index % len(self.nodes)
        return cursor_encode(self.order, self.position(self.nodes[index], place))


@dataclass(slots=True, eq=False)
class Lists:
    """Lists of which connections are parts, read together. Nothing is read before a field asks for it.

    ``read_parts`` and ``read_counts`` give one of each for every list.
    """

    read_parts: Callable[[], Deferred[list[ConnectionPart]] | list[ConnectionPart]]
    read_counts: Callable[[], Deferred[list[int]] | list[int]]
    _parts: Deferred[list[ConnectionPart]] | None = field(default=None, init=False)

    def parts(self) -> Deferred[list[ConnectionPart]]:
        """The parts, read once however many fields ask."""
        if self._parts is None:
            self._parts = Deferred.resolved(self.read_parts())
        return self._parts

    def counts(self) -> Deferred[list[int]]:
        """The lengths of the whole lists."""
        return Deferred.resolved(self.read_counts())

    def connections(self, number: int) -> list["Connection"]:
        """The connections over the lists, of which there are so many."""
        return [Connection(self, place) for place in range(number)]


class Connection(NamedTuple):
    """What the fields of a connection resolve from: the list at a place among those that are read together."""

    lists: Lists
    place: int


def connection_of(
    read_part: Callable[[], Deferred[ConnectionPart] | ConnectionPart], read_count: Callable[[], Deferred[int] | int]
) -> Connection:
    """The connection over a list that is read alone."""
    return Connection(
        Lists(
            read_parts=lambda: Deferred.resolved(read_part()).then(lambda part: [part]),
            read_counts=lambda: Deferred.resolved(read_count()).then(lambda count: [count]),
        ),
        0,
    )


def connection_part(
    nodes: list[Node], *, position: Callable[[Node, int], Position], order: str, arguments: PageArguments
) -> ConnectionPart:
    """The part from what lies between ``after`` and ``before``, of which ``rows_wanted`` says how much there must be.

    ``position`` tells the position of an item of ``nodes``, given its index too; it is asked only when a cursor is.
    """
    limit = arguments.limit
    has_more = len(nodes) > limit
    start = len(nodes) - limit if arguments.from_end and has_more else 0
    beyond = arguments.before is not None if arguments.from_end else arguments.after is not None
    return ConnectionPart(
        nodes=nodes[start : start + limit] if has_more else nodes,
        position=position,
        order=order,
        has_next=beyond if arguments.from_end else has_more,
        has_previous=has_more if arguments.from_end else beyond,
        start=start,
    )


@dataclass(frozen=True, slots=True)
class ListOrder:
    """How a list that is in memory is sorted: a name for its cursors, and a node's position.

    Positions are tuples of strings and numbers of always the same ``types``, the last one unique in the list.
    """

    name: str
    position: Callable[[Node], Position]
    types: tuple[type, ...]
    is_descending: bool = False


def connections_of_lists(
    *, order: ListOrder | None, arguments: PageArguments
) -> Callable[[Callable[[], Deferred[list[Node]]]], Connection]:
    """What makes a connection over a whole list, given what reads the list. Raises BadUserInput.

    ``order=None`` keeps the order of the list; its cursors are places in it.
    """
    name, types = ("PLACE", (int,)) if order is None else (order.name, order.types)
    after = cursor_decode(arguments.after, order=name, types=types)
    before = cursor_decode(arguments.before, order=name, types=types)
    descending = order is not None and order.is_descending

    def cut(items: list[Node]) -> ConnectionPart:
        if order is not None:
            items = sorted(items, key=order.position, reverse=descending)
        if after is None and before is None:
            return connection_part(items, position=place_of, order=name, arguments=arguments)
        pairs = [(place_of(node, place), node) for place, node in enumerate(items)]
        if after is not None:
            pairs = [pair for pair in pairs if (pair[0] < after if descending else pair[0] > after)]
        if before is not None:
            pairs = [pair for pair in pairs if (pair[0] > before if descending else pair[0] < before)]
        kept = [node for _position, node in pairs]
        return connection_part(kept, position=lambda _node, place: pairs[place][0], order=name, arguments=arguments)

    def place_of(node: Node, place: int) -> Position:
        return (place,) if order is None else order.position(node)

    return lambda read: connection_of(lambda: read().then(cut), lambda: read().then(len))


class PageInfo(graphene.ObjectType):
    """Where a part of a list stands in it (Relay cursor connections)."""

    has_next_page = graphene.NonNull(graphene.Boolean, description="Whether more items follow.")
    has_previous_page = graphene.NonNull(graphene.Boolean, description="Whether items come before.")
    start_cursor = graphene.String(description="The cursor of the first item; null when there is none.")
    end_cursor = graphene.String(description="The cursor of the last item; null when there is none.")


def connection_type(
    name: str, node: Any, noun: str, *, of_list: Mapping[str, Any] | None = None, **more: Any
) -> type[graphene.ObjectType]:
    """The type ``<name>Connection`` with its ``<name>Edge``, over ``node`` (a type, or its dotted name).

    ``more`` are fields of the edge besides those of every edge, ``of_list`` fields of the connection.
    """
    edge_fields = {
        "__doc__": f"One of the {noun} of a list, with its cursor.",
        "cursor": graphene.NonNull(graphene.String, description="Where it stands, for `after` and `before`."),
        "node": graphene.Field(node, required=True, description="The item itself."),
        **more,
    }
    edge = type(f"{name}Edge", (graphene.ObjectType,), edge_fields)

    def edges(part: ConnectionPart) -> list[dict[str, Any]]:
        return [
            {"cursor": part.cursor(index), "node": node, **(part.edge or {})} for index, node in enumerate(part.nodes)
        ]

    def page_info(part: ConnectionPart) -> dict[str, Any]:
        return {
            "has_next_page": part.has_next,
            "has_previous_page": part.has_previous,
            "start_cursor": part.cursor(0) if part.nodes else None,
            "end_cursor": part.cursor(-1) if part.nodes else None,
        }

    fields = {
        "__doc__": f"A part of a list of {noun}.",
        "edges": graphene.NonNull(
            graphene.List(graphene.NonNull(edge)), description="The items with their cursors, in the order of the list."
        ),
        "nodes": graphene.NonNull(graphene.List(graphene.NonNull(_lazy(node))), description="The items alone."),
        "page_info": graphene.NonNull(PageInfo, description="What comes before and after."),
        "total_count": graphene.NonNull(graphene.Int, description="How many items the whole list has."),
        **(of_list or {}),
        "resolve_edges": of_lists(Lists.parts, edges),
        "resolve_nodes": of_lists(Lists.parts, attrgetter("nodes")),
        "resolve_page_info": of_lists(Lists.parts, page_info),
        "resolve_total_count": of_lists(Lists.counts, int),
    }
    return type(f"{name}Connection", (graphene.ObjectType,), fields)


def of_lists(what: Callable[[Any], Deferred[list[T]]], read: Callable[[T], Any]) -> Any:
    """The resolver of a field that is read from the part, or the length, of each connection's list."""

    @batch_resolver
    def resolve(connections: list[Connection], _info: Any) -> Deferred[list[Any]]:
        together = list(dict.fromkeys(lists for lists, _place in connections))
        if len(together) == 1:
            return what(together[0]).then(lambda found: [read(found[place]) for _lists, place in connections])

        def values(outcomes: list[Any]) -> list[Any]:
            found = dict(zip(together, outcomes, strict=True))
            return [
                outcome if isinstance(outcome := found[lists], Exception) else read(outcome[place])
                for lists, place in connections
            ]

        return Deferred.outcomes(for_each(what, together)).then(values)

    return resolve


def _lazy(node: Any) -> Any:
    # graphene takes a dotted name in Field only; within List and NonNull it takes a function.
    return (lambda: import_string(node)) if isinstance(node, str) else node


def connection_arguments(most: int | None = None) -> dict[str, graphene.Argument]:
    """The four arguments of every connection; ``page_arguments`` checks them, given the same ``most``."""
    most, default = most or limits().list_size, limits().page_size
    return {
        "first": graphene.Argument(
            graphene.Int, description=f"How many items from the start, 0 to {most}; {default} when omitted."
        ),
        "after": graphene.Argument(graphene.String, description="Only items after this cursor."),
        "last": graphene.Argument(graphene.Int, description=f"How many items from the end, 0 to {most}."),
        "before": graphene.Argument(graphene.String, description="Only items before this cursor."),
    }
