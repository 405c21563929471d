"""Positions in a response, made when somebody asks for one.

A position is a tuple of the same shape as graphql-core's `Path` (previous, key, type name), and equal to it. Values
that are executed together come with a function that tells the position of each: most are never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from graphql.pyutils import Path

Position: TypeAlias = "tuple[Position | None, str | int, str | None]"
# Tells the position of the value at an index of many that are executed together; None stands for the root's.
Place: TypeAlias = "Callable[[int], Any]"


def part_of(place: Place, indexes: Sequence[int]) -> Place:
    """The positions of the values at `indexes` alone, in their order."""
    return lambda index: place(indexes[index])


def field_position(position: Position) -> Position:
    """The position of the field whose list, or list of lists, `position` is an item of; itself when it is none."""
    while isinstance(position[1], int):
        assert position[0] is not None  # noqa: S101 - a list is the value of a field
        position = position[0]
    return position


def keys_to(position: Position) -> list[str | int]:
    """The keys from the root to `position`, as the `path` of an error has them."""
    keys: list[str | int] = []
    step: Position | None = position
    while step is not None:
        keys.append(step[1])
        step = step[0]
    return keys[::-1]


def path_to(position: Position) -> Path:
    """The Path that equals `position`."""
    above: list[Position] = []
    step: Position = position
    while step[0] is not None:
        above.append(step)
        step = step[0]
    path = Path(*step)
    for _, key, type_name in reversed(above):
        path = Path(path, key, type_name)
    return path


class Where(tuple[Place, int]):
    """A place of many that are executed together; equal to its Path."""

    __slots__ = ()

    @property
    def path(self) -> Path:
        place, index = self
        return path_to(place(index))

    def __eq__(self, other: object) -> bool:
        return self.path == (other.path if isinstance(other, Where) else other)

    def __hash__(self) -> int:
        return hash(self.path)
