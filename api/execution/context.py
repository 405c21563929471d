"""The execution context: graphql-core's, without awaitables, with deferred values and compiled plans.

It overrides private methods of graphql-core: the lock files pin the exact release, whose own execution tests run
against this class (`python -m tests.conformance`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from graphql import (
    ExecutionContext,
    GraphQLObjectType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    located_error,
)
from graphql.execution.execute import assume_not_awaitable
from graphql.pyutils import Path

from api.execution.batching import BatchResolver, one_for_each
from api.execution.completion import Completed, Completer, Errors, Field, are_all
from api.execution.deferred import Deferred
from api.execution.errors import FieldErrors, PropagatedError
from api.execution.plans import FieldPlan, Fields, Plan, Plans, Row, Selection, field_arguments
from api.execution.positions import Place, Position, Where, field_position, keys_to, part_of
from api.execution.waves import Holes, Waves, settled


class Info(GraphQLResolveInfo):
    """GraphQLResolveInfo whose path is made when somebody asks for it."""

    __slots__ = ()

    @property
    def path(self) -> Path:
        return cast(Where, self[4]).path


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
        self._waves = Waves()
        self._errors = FieldErrors()
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
        self._waves.run(self)
        self._errors.collect(self)
        return self._data

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: Fields
    ) -> dict[str, Any]:
        """Execute root fields."""
        self._data = {}
        self._execute_root(self._root_selection(parent_type, fields).rows_for(source_value), source_value)
        return self._data

    def execute_fields_serially(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: Fields
    ) -> dict[str, Any]:
        """Execute root fields one after the other: the waves of each end before the next begins."""
        results: dict[str, Any] = {}
        self._data = results
        for row in self._root_selection(parent_type, fields).rows_for(source_value):
            self._execute_root([row], source_value)
            self._waves.run(self)
            if self._data is None:
                break
        return results

    def _execute_root(self, rows: Iterable[Row], source: Any) -> None:
        errors = self._execute_rows(rows, [source], [self._data], lambda _index: None)
        if errors:
            raise errors[0]

    def _root_selection(self, type_: GraphQLObjectType, fields: Fields) -> Selection:
        if self.plan.root is None:
            self.plan.root = self.plan.compile(self, type_, fields)
        return self.plan.root

    # Fields

    def execute_fields_of(
        self, selection: Selection, sources: list[Any], results: list[dict[str, Any]], place: Place
    ) -> Errors | None:
        """Put the fields that are selected on each source into the dict at the same index of `results`.

        A field that is deferred is None there until its hole is filled. `place` tells the positions of the sources.
        Returns the errors that null a source, by its index.
        """
        rows = selection.shared_rows(sources)
        if rows is not None:
            return self._execute_rows(rows, sources, results, place)
        errors: Errors = {}
        for index, source in enumerate(sources):
            failed = self._execute_rows(
                selection.rows_for(source), [source], [results[index]], part_of(place, (index,))
            )
            if failed:
                errors[index] = failed[0]
        return errors or None

    def _execute_rows(self, rows: Iterable[Row], sources: list[Any], results: list[Any], place: Place) -> Errors | None:
        errors: Errors | None = None
        are_dicts = are_all(sources, dict)
        for key, attribute, default, passing, field in rows:
            if attribute is not None:
                if are_dicts:
                    values = [source.get(attribute, default) for source in sources]
                else:
                    values = [_read(source, attribute, default) for source in sources]
                if field.calls:
                    values = [
                        self._call(value, field, place, key, index) if callable(value) else value
                        for index, value in enumerate(values)
                    ]
            elif field.constant is not None:
                for result in results:
                    result[key] = field.constant
                continue
            elif field.resolve_batch is not None:
                given = self._resolve_batch(field.resolve_batch, sources, results, key, field, place)
                if given is None:
                    continue
                values = given
            else:
                values = self._resolve_each(sources, key, field, place)
            if passing is not None and are_all(values, passing):
                for result, value in zip(results, values, strict=True):
                    result[key] = value
                continue
            failed = self._put(values, results, key, field, place)
            if failed:
                # The error met first is that of the field that comes first.
                errors = {**failed, **errors} if errors else failed
        return errors

    def _resolve_each(self, sources: list[Any], key: str, field: FieldPlan, place: Place) -> list[Any]:
        """What the resolver gives for each source, or the exception that it raises."""
        values: list[Any] = []
        resolve, arguments = field.resolve, field.arguments
        at = _below(place, key, field)
        for index, source in enumerate(sources):
            try:
                info = self._info(field, at, index)
                values.append(resolve(source, info, **(self._arguments_of(field) if arguments is None else arguments)))
            except Exception as error:  # noqa: BLE001  whatever a resolver raises is the field's error
                values.append(error)
        return values

    def _resolve_batch(
        self,
        resolve: BatchResolver,
        sources: list[Any],
        results: list[Any],
        key: str,
        field: FieldPlan,
        place: Place,
    ) -> list[Any] | None:
        """What a batch resolver gives for the sources; None after leaving holes for what it will give."""
        arguments = field.arguments
        at = _below(place, key, field)
        try:
            info = self._info(field, at, 0)
            values = resolve(sources, info, **(self._arguments_of(field) if arguments is None else arguments))
            if isinstance(values, Deferred) and values.is_settled:
                values = values.result()
        except Exception as error:  # noqa: BLE001  as above
            return [error] * len(sources)
        if not isinstance(values, Deferred):
            return one_for_each(values, sources)
        for result in results:
            result[key] = None
        keys = [key] * len(results)
        self.leave_holes(Holes([values], results, keys, field.complete, field.required, field, at, is_whole=True))
        return None

    def _call(self, function: Any, field: FieldPlan, place: Place, key: str, index: int) -> Any:
        """What a method gives that graphql-core's default resolver finds, or the exception that it raises."""
        try:
            return function(self._info(field, _below(place, key, field), index))
        except Exception as error:  # noqa: BLE001  as above
            return error

    def _put(self, values: list[Any], results: list[Any], key: str, field: FieldPlan, place: Place) -> Errors | None:
        """Complete the values of one field, and put them into `results`. Returns the errors that null a result."""
        at = _below(place, key, field)
        filled, left = settled(values)
        if left:
            for result in results:
                result[key] = None  # keys stand in the order of the document, whenever their values arrive
            self.leave_holes(
                Holes(
                    deferred=[values[index] for index in left],
                    containers=[results[index] for index in left],
                    keys=[key] * len(left),
                    complete=field.complete,
                    required=field.required,
                    field=field,
                    place=part_of(at, left),
                )
            )
            if not filled:
                return None
            values, results = [values[index] for index in filled], [results[index] for index in filled]
            at = part_of(at, filled)
        completed, errors = self.complete(field.complete, values, at)
        for result, value in zip(results, completed, strict=True):
            result[key] = value
        propagated: Errors = {}
        for index, error in (errors or {}).items():
            if (raised := self.fail(error, field.required, field, at(index))) is not None:
                propagated[filled[index] if left else index] = raised
        return propagated or None

    def _info(self, field: FieldPlan, at: Place, index: int) -> GraphQLResolveInfo:
        # Not Info(...): the constructor of a named tuple takes longer than all the rest of a simple field.
        return tuple.__new__(Info, (*field.info_head, tuple.__new__(Where, (at, index)), *self._info_tail))

    def _arguments_of(self, field: FieldPlan) -> dict[str, Any]:
        """Arguments that use variables: coerced once for all values of this execution, where that is safe."""
        arguments = self._arguments.get(field)
        if arguments is None:
            arguments, reusable = field_arguments(field, self.variable_values)
            if reusable:
                self._arguments[field] = arguments
        return arguments

    # For completers and waves

    def complete(self, complete: Completer, values: list[Any], place: Place) -> Completed:
        """What a completer makes of values."""
        try:
            return complete(self, values, place)
        except Exception as error:  # noqa: BLE001  of the fields below, whatever the values are: nested too deeply
            return [None] * len(values), dict.fromkeys(range(len(values)), error)

    def leave_holes(self, holes: Holes) -> None:
        """Remember to complete deferred values, and to put each into its container at its key."""
        self._waves.leave(holes)

    def fail(self, error: Exception, required: bool, field: Field, position: Position) -> PropagatedError | None:
        """Record an error whose position is nulled, or return what nulls the position above when it is `required`.

        `error` was raised there, or is a PropagatedError that comes from below.
        """
        if not isinstance(error, PropagatedError):
            error = PropagatedError(located_error(error, field.field_nodes, keys_to(position)), position)
        if required:
            return error
        self._errors.record(error.error, origin=error.origin, caught_at=position)
        return None

    def type_info(self, field: Field, position: Position) -> GraphQLResolveInfo:
        """What type resolvers are given for the value at a position: the info of its field."""
        at = field_position(position)
        return self._info(cast(FieldPlan, field), lambda _index: at, 0)

    def fail_late(self, error: Exception, required: bool, field: Field, position: Position) -> None:
        """As `fail`, where nothing above the position is being executed any more: what has to be null is made so."""
        propagated = self.fail(error, required, field, position)
        if propagated is not None:
            # What catches the error is found from the types.
            caught_at = self._errors.catching_position(self, position)
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


def _read(source: Any, attribute: str, default: Any) -> Any:
    """The attribute, or the exception that reading it raises."""
    try:
        return source.get(attribute, default) if isinstance(source, dict) else getattr(source, attribute, default)
    except Exception as error:  # noqa: BLE001  as above
        return error


def _below(place: Place, key: str, field: FieldPlan) -> Place:
    """The positions of a field of the objects at `place`."""
    return lambda index: (place(index), key, field.parent_type.name)
