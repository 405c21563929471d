"""Positions in a response, cheap enough to have one for each item of each list.

A position is a tuple of the same shape as graphql-core's `Path` (previous, key, type name), and equal to it; most are
never looked at, and a tuple costs a tenth of a Path.
"""

from __future__ import annotations

from typing import TypeAlias

from graphql.pyutils import Path

Position: TypeAlias = "tuple[Position | None, str | int, str | None]"


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
