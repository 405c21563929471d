"""Which field errors an answer shows, and which positions they null.

With deferred values, errors are met in the order in which values arrive. The answer must not depend on that order: it
shows the errors that execution without deferred values meets, which visits positions in the order of the document and
leaves a selection set at the first error that nulls it (GraphQL specification, section 6.4.4, "Handling Execution
Errors").
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple, cast

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    is_non_null_type,
)
from graphql.execution.collect_fields import collect_fields
from graphql.execution.execute import get_field_def

from api.execution.positions import Position, path_to

if TYPE_CHECKING:
    from graphql import ExecutionContext


class PropagatedError(Exception):
    """An error at a non-null position, on its way to the nearest position above that may be null."""

    def __init__(self, error: GraphQLError, origin: Position) -> None:
        super().__init__(error)
        self.error = error
        self.origin = origin


class Step(NamedTuple):
    """A position on the way from the root: its place among its siblings, and its type."""

    ordinal: int
    type: GraphQLOutputType


class FieldErrors:
    """The errors of one execution, until their order is known.

    It costs nothing while there are no errors: places and types of positions are found from the paths, afterwards.
    Methods are given the context, and none is kept: it holds this object, and the two would keep each other in memory.
    """

    def __init__(self) -> None:
        self._met: list[tuple[GraphQLError, Position, Position | None]] = []

    def record(self, error: GraphQLError, *, origin: Position, caught_at: Position | None) -> None:
        """Remember an error raised at `origin` that nulls the position `caught_at` (None: all of the data)."""
        self._met.append((error, origin, caught_at))

    @staticmethod
    def catching_position(context: ExecutionContext, origin: Position) -> Position | None:
        """The nearest position at or above `origin` that may be null, None when it is the data itself."""
        position: Position | None = origin
        for step in reversed(_steps(context, origin)):
            if not is_non_null_type(step.type):
                break
            position = cast(Position, position)[0]
        return position

    def collect(self, context: ExecutionContext) -> None:
        """Hand the errors that count to `collected_errors` of the context."""
        met, self._met = self._met, []
        if len(met) > 1:
            # An error of a position itself was raised after everything below had been executed.
            met.sort(key=lambda item: [*(step.ordinal for step in _steps(context, item[1])), inf])
        for error, _, caught_at in met:
            # Leaves out what lies below a position that an earlier error nulled.
            context.collected_errors.add(error, None if caught_at is None else path_to(caught_at))


def _steps(context: ExecutionContext, position: Position) -> list[Step]:
    positions: list[Position] = []
    place: Position | None = position
    while place is not None:
        positions.append(place)
        place = place[0]
    steps: list[Step] = []
    field_nodes: list[FieldNode] = []
    fields = collect_fields(
        context.schema,
        context.fragments,
        context.variable_values,
        cast(GraphQLObjectType, context.schema.get_root_type(context.operation.operation)),
        context.operation.selection_set,
    )
    for _, key, type_name in reversed(positions):
        if isinstance(key, int):
            list_type = steps[-1].type
            if is_non_null_type(list_type):
                list_type = cast("GraphQLNonNull[GraphQLList[GraphQLOutputType]]", list_type).of_type
            steps.append(Step(key, cast("GraphQLList[GraphQLOutputType]", list_type).of_type))
            continue
        parent_type = cast(GraphQLObjectType, context.schema.get_type(cast(str, type_name)))
        if steps:
            fields = context.collect_subfields(parent_type, field_nodes)
        field_nodes = fields[key]
        field_def = get_field_def(context.schema, parent_type, field_nodes[0])
        steps.append(Step(list(fields).index(key), field_def.type))
    return steps
