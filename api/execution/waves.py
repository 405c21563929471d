"""Waves: everything that can be executed has been, leaving holes in the response for values that are yet to come.

Every loader that was asked for keys fetches them once; then the holes whose values are there are filled, which may
leave new ones, and so on until there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from api.execution.batching import one_for_each
from api.execution.deferred import Deferred, outcome_of, queues_of
from api.execution.loaders import LoadQueue, dispatch_all
from api.execution.positions import Place, part_of

if TYPE_CHECKING:
    from api.execution.completion import Completer, Field
    from api.execution.context import DeferredExecutionContext


class Holes(NamedTuple):
    """Places in the response whose values are deferred, and what is needed to complete them."""

    deferred: list[Deferred[Any]]
    """One for each place, or a single one that gives the values of all."""
    containers: list[Any]
    keys: Sequence[Any]
    complete: Completer
    required: bool
    field: Field
    place: Place
    is_whole: bool = False

    def part(self, values: list[Any], indexes: Sequence[int]) -> Holes:
        """The holes at some indexes, whose deferred values are among `values`."""
        return self._replace(
            deferred=[values[index] for index in indexes],
            containers=[self.containers[index] for index in indexes],
            keys=[self.keys[index] for index in indexes],
            place=part_of(self.place, indexes),
            is_whole=False,
        )


class Waves:
    """The holes of one execution, and the loaders that will fill them.

    Methods are given the context, and none is kept: it holds this object, and the two would keep each other in memory.
    """

    def __init__(self) -> None:
        self._holes: list[Holes] = []
        self._queues: dict[LoadQueue, None] = {}  # used as an ordered set

    def leave(self, holes: Holes) -> None:
        """Remember holes, to be filled when their values are there."""
        self._holes.append(holes)

    def run(self, context: DeferredExecutionContext) -> None:
        """Fill all holes, those included that appear on the way."""
        while self._holes:
            self._dispatch()
            holes, self._holes = self._holes, []
            for each in holes:
                self._fill(context, each)

    def _dispatch(self) -> None:
        """Run one wave, or fail everything that is left when nothing can settle it."""
        if dispatch_all(self._queues):
            return
        # Either the first wave, or something waits for loaders of another registry.
        self._queues.update(dict.fromkeys(queues_of(each for holes in self._holes for each in holes.deferred)))
        if not dispatch_all(self._queues):
            lost = Deferred.rejected(RuntimeError("Nothing will ever settle this deferred value."))
            self._holes = [holes._replace(deferred=[lost] * len(holes.deferred)) for holes in self._holes]

    def _fill(self, context: DeferredExecutionContext, holes: Holes) -> None:
        """Fill those holes whose values are there, and keep the others."""
        if holes.is_whole:
            [whole] = holes.deferred
            if not whole.is_settled:
                self._holes.append(holes)
                return
            outcome = outcome_of(whole)
            count = len(holes.containers)
            values = [outcome] * count if isinstance(outcome, Exception) else one_for_each(outcome, holes.containers)
        else:
            values = list(holes.deferred)
        filled, left = settled(values)
        if left:
            self._holes.append(holes.part(values, left))
            holes = holes.part(values, filled)
            values = [values[index] for index in filled]
        if not values:
            return
        completed, errors = context.complete(holes.complete, values, holes.place)
        for container, key, value in zip(holes.containers, holes.keys, completed, strict=True):
            container[key] = value
        for index, error in (errors or {}).items():
            context.fail_late(error, holes.required, holes.field, holes.place(index))


def settled(values: list[Any]) -> tuple[Sequence[int], list[int]]:
    """The indexes of values that are there, and of those that are yet to come.

    A deferred value that has settled is replaced in the list by its value, or by the exception in its place.
    """
    if Deferred not in set(map(type, values)):
        return range(len(values)), []
    left = []
    for index, value in enumerate(values):
        if value.__class__ is Deferred:
            if value.is_settled:
                values[index] = outcome_of(value)
            else:
                left.append(index)
    waiting = set(left)
    return [index for index in range(len(values)) if index not in waiting], left
