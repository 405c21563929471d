"""The execution context: graphql-core's, without awaitables, with deferred values and compiled plans.

It overrides private methods of graphql-core: the lock files pin the exact release, whose own execution tests run
against this class (`python -m tests.conformance`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple, cast

from graphql import (
    ExecutionContext,
    GraphQLObjectType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    located_error,
)
from graphql.execution.execute import assume_not_awaitable
from graphql.pyutils import Path

from api.execution.completion import Completer, Field
from api.execution.deferred import Deferred
from api.execution.errors import FieldErrors, PropagatedError
from api.execution.loaders import LoadQueue, dispatch_all
from api.execution.plans import FieldPlan, Fields, Plan, Plans, Row, Selection, field_arguments
from api.execution.positions import Position, keys_to, path_to


class Info(GraphQLResolveInfo):
    """GraphQLResolveInfo whose path is made when somebody asks for it."""

    __slots__ = ()

    @property
    def path(self) -> Path:
        return path_to(cast(Position, self[4]))


class Hole(NamedTuple):
    """A place in the response whose value is deferred, and what is needed to complete it."""

    deferred: Deferred[Any]
    container: Any
    key: Any
    complete: Completer
    required: bool
    field: Field
    position: Position
    info: GraphQLResolveInfo | None


class DeferredExecutionContext(ExecutionContext):
    """Executes an operation synchronously; resolvers and list items may be `Deferred`.

    Everything that can be executed is, leaving a hole in the response for each deferred value. Then waves: every
    loader that was asked for keys fetches them once, and the holes whose values are there are filled, which may leave
    new ones. The answer, errors included, is the one that stock execution gives when the same values are plain.

    Fields are executed from plans: overriding graphql-core's `execute_field`, `complete_value` and the like in a
    subclass has no effect.
    """

    is_awaitable = staticmethod(assume_not_awaitable)  # type: ignore[assignment]  # differs in a parameter's name only

    # Set by the front door when the document's plans are kept.
    plans: Plans | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = Plan(None)
        self._data: dict[str, Any] | None = None  # of the response, from the start of its root fields
        self._holes: list[Hole] = []
        self._queues: dict[LoadQueue, None] = {}  # used as an ordered set
        self._errors = FieldErrors(self)
        self._arguments: dict[FieldPlan, dict[str, Any]] = {}
        self._info_tail = (
            self.schema,
            self.fragments,
            self.root_value,
            self.operation,
            self.variable_values,
            self.context_value,
            self.is_awaitable,
        )

    # Operations

    def execute_operation(self, operation: OperationDefinitionNode, root_value: Any) -> dict[str, Any] | None:
        """The data of the response; its errors are left in `collected_errors`."""
        if self.plans is not None:
            self.plan = self.plans.plan(self)
        try:
            # Collects the root fields, and calls one of the two methods below.
            super().execute_operation(operation, root_value)
        except PropagatedError as propagated:
            self._errors.record(propagated.error, origin=propagated.origin, caught_at=None)
            self._data = None
        # Even when no data is left: what is deferred may hold an error that comes before the one met first.
        self._run_waves()
        self._errors.collect()
        return self._data

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: Fields
    ) -> dict[str, Any]:
        """Execute root fields."""
        results: dict[str, Any] = {}
        self._data = results
        rows = self._root_selection(parent_type, fields).rows_for(source_value)
        return self.execute_rows(rows, source_value, None, results)

    def execute_fields_serially(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: Fields
    ) -> dict[str, Any]:
        """Execute root fields one after the other: the waves of each end before the next begins."""
        results: dict[str, Any] = {}
        self._data = results
        for row in self._root_selection(parent_type, fields).rows_for(source_value):
            self.execute_rows([row], source_value, None, results)
            self._run_waves()
            if self._data is None:
                break
        return results

    def _root_selection(self, type_: GraphQLObjectType, fields: Fields) -> Selection:
        if self.plan.root is None:
            self.plan.root = self.plan.compile(self, type_, fields)
        return self.plan.root

    # Fields

    def execute_rows(
        self, rows: Iterable[Row], source: Any, position: Position | None, results: dict[str, Any]
    ) -> dict[str, Any]:
        """Put each field of `rows` into `results`: its completed value, or None and a hole. Returns `results`."""
        read = source.get if isinstance(source, dict) else partial(getattr, source)
        for key, attribute, default, passing, field in rows:
            try:
                info: GraphQLResolveInfo | None = None
                if attribute is not None:
                    value = read(attribute, default)
                    if value.__class__ is passing:
                        results[key] = value
                        continue
                    place: Position = (position, key, field.parent_type.name)
                    if field.calls and callable(value):
                        info = self._info(field, place)
                        value = value(info)
                    elif field.needs_info:
                        info = self._info(field, place)
                elif field.constant is not None:
                    results[key] = field.constant
                    continue
                else:
                    place = (position, key, field.parent_type.name)
                    info = self._info(field, place)
                    arguments = field.arguments
                    value = field.resolve(
                        source, info, **(self._arguments_of(field) if arguments is None else arguments)
                    )
                if value.__class__ is Deferred:
                    if not value.is_settled:
                        self.leave_hole(results, key, value, field.complete, field.required, field, place, info)
                        results[key] = None
                        continue
                    value = value.result()
                results[key] = field.complete(self, value, place, info)
            except Exception as error:  # noqa: BLE001  whatever a resolver raises is the field's error
                results[key] = None
                self.fail(error, field.required, field, (position, key, field.parent_type.name))
        return results

    def _info(self, field: FieldPlan, place: Position) -> GraphQLResolveInfo:
        # Not Info(...): the constructor of a named tuple takes longer than all the rest of a simple field.
        return tuple.__new__(Info, (*field.info_head, place, *self._info_tail))

    def _arguments_of(self, field: FieldPlan) -> dict[str, Any]:
        """Arguments that use variables: coerced once for all values of this execution, where that is safe."""
        arguments = self._arguments.get(field)
        if arguments is None:
            arguments, reusable = field_arguments(field, self.variable_values)
            if reusable:
                self._arguments[field] = arguments
        return arguments

    # For completers

    def leave_hole(
        self,
        container: dict[str, Any] | list[Any],
        key: str | int,
        deferred: Deferred[Any],
        complete: Completer,
        required: bool,
        field: Field,
        position: Position,
        info: GraphQLResolveInfo | None,
    ) -> None:
        """Remember to put the completed value of `deferred` into `container` at `key`."""
        self._holes.append(Hole(deferred, container, key, complete, required, field, position, info))

    def fail(self, error: Exception, required: bool, field: Field, position: Position) -> None:
        """Null the position, or raise PropagatedError when it is `required`.

        `error` was raised there, or is a PropagatedError that comes from below.
        """
        if not isinstance(error, PropagatedError):
            error = PropagatedError(located_error(error, field.field_nodes, keys_to(position)), position)
        if required:
            raise error
        self._errors.record(error.error, origin=error.origin, caught_at=position)

    # Waves

    def _run_waves(self) -> None:
        """Fill all holes, those included that appear on the way."""
        while self._holes:
            self._dispatch()
            holes, self._holes = self._holes, []
            for hole in holes:
                if hole.deferred.is_settled:
                    self._fill(hole)
                else:
                    self._holes.append(hole)

    def _dispatch(self) -> None:
        """Run one wave, or fail everything that is left when nothing can settle it."""
        if dispatch_all(self._queues):
            return
        # Either the first wave, or something waits for loaders of another registry.
        for hole in self._holes:
            self._queues.update(dict.fromkeys(hole.deferred._queues()))
        if not dispatch_all(self._queues):
            lost = Deferred.rejected(RuntimeError("Nothing will ever settle this deferred value."))
            self._holes = [hole._replace(deferred=lost) for hole in self._holes]

    def _fill(self, hole: Hole) -> None:
        try:
            hole.container[hole.key] = hole.complete(self, hole.deferred.result(), hole.position, hole.info)
        except Exception as error:  # noqa: BLE001  as above
            try:
                self.fail(error, hole.required, hole.field, hole.position)
            except PropagatedError as propagated:
                # The call stack above this position is long gone: find what catches the error from the types.
                caught_at = self._errors.catching_position(hole.position)
                self._errors.record(propagated.error, origin=propagated.origin, caught_at=caught_at)
                self._null(caught_at)

    def _null(self, position: Position | None) -> None:
        if position is None:
            self._data = None
            return
        *above, last = keys_to(position)
        container: Any = self._data
        for key in above:
            if container is None:  # nulled already
                return
            container = container[key]
        if container is not None:
            container[last] = None
