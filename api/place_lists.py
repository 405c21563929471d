"""Lists that many places have one of each: a stretch of every list is read in one statement."""

from collections.abc import Collection
from datetime import date
from typing import Any, Protocol

from api.connections import ConnectionPart, Node, cursor_decode
from api.errors import BadUserInput
from api.execution import BatchLoader
from home.selectors.keys import Key


class Wanted(Protocol):
    """The checked arguments of a connection; hashable, for it is part of a loader's key."""

    def connection_part(self, nodes: list[Node]) -> ConnectionPart:
        """The part of the list that was asked for, from the nodes that were read."""
        ...


class PlacePartsLoader(BatchLoader[tuple[Key, ...], list[ConnectionPart]]):
    """A stretch of the list of each of many places, by the places that are asked for together.

    Each place is read once. Subclasses write ``read``.
    """

    wanted: Any
    parts: dict[Key, ConnectionPart]

    def read(self, places: Collection[Key]) -> dict[Key, list[Node]]:
        """The nodes of places, those with none left out."""
        raise NotImplementedError

    def batch_load(self, keys: list[tuple[Key, ...]]) -> list[list[ConnectionPart]]:
        parts = self.parts
        missing = {place for together in keys for place in together if place not in parts}
        if missing:
            found = self.read(missing)  # where that fails, nothing is known of these places
            parts.update({place: self.wanted.connection_part(found.get(place, [])) for place in missing})
        return [[parts[place] for place in together] for together in keys]


def day_cursor(cursor: str | None, *, order: str, numbers: int) -> tuple[Any, ...] | None:
    """The position that a cursor of a list sorted by a day names: the day, then so many numbers, the last one an id.

    Raises BadUserInput.
    """
    position = cursor_decode(cursor, order=order, types=(str, *[int] * numbers))
    if position is None:
        return None
    try:
        day = date.fromisoformat(position[0])
    except ValueError:
        raise BadUserInput("The cursor is malformed.") from None
    if not 0 < position[-1] < 2**63:
        raise BadUserInput("The cursor is malformed.")
    return (day, *position[1:])
