"""The execution context: graphql-core's, without awaitables, with deferred values.

It overrides private methods of graphql-core: the lock files pin the exact release, whose own execution tests run
against this class (`python -m tests.conformance`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLError,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    is_non_null_type,
    located_error,
)
from graphql.execution.execute import assume_not_awaitable, get_field_def
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path, Undefined, is_iterable

from api.execution.deferred import Deferred
from api.execution.errors import FieldErrors, PropagatedError
from api.execution.loaders import LoadQueue, dispatch_all

Fields = dict[str, list[FieldNode]]


class Unfinished(NamedTuple):
    """A field or a list item whose value is deferred, with all that is needed to complete it."""

    deferred: Deferred[Any]
    type: GraphQLOutputType
    field_nodes: list[FieldNode]
    info: GraphQLResolveInfo
    path: Path


class DeferredExecutionContext(ExecutionContext):
    """Executes an operation synchronously; resolvers and list items may be `Deferred`.

    Everything that can be executed is, leaving a hole in the response for each deferred value. Then waves: every
    loader that was asked for keys fetches them once, and the holes whose values are there are filled, which may leave
    new ones. The answer, errors included, is the one that stock execution gives when the same values are plain.
    """

    is_awaitable = staticmethod(assume_not_awaitable)  # type: ignore[assignment]  # differs in a parameter's name only

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._data: dict[str, Any] | None = None  # of the response, from the start of its root fields
        # What is deferred, and where its value goes: container and key or index.
        self._holes: list[tuple[Unfinished, Any, Any]] = []
        self._queues: dict[LoadQueue, None] = {}  # used as an ordered set
        self._errors = FieldErrors(self)

    # Operations

    def execute_operation(self, operation: OperationDefinitionNode, root_value: Any) -> dict[str, Any] | None:
        """The data of the response; its errors are left in `collected_errors`."""
        try:
            super().execute_operation(operation, root_value)
        except PropagatedError as propagated:
            self._errors.record(propagated.error, origin=propagated.origin, caught_at=None)
            self._data = None
        # Even when no data is left: what is deferred may hold an error that comes before the one met first.
        self._run_waves()
        self._errors.collect()
        return self._data

    def execute_fields_serially(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: Fields
    ) -> dict[str, Any]:
        """Execute root fields one after the other: the waves of each end before the next begins."""
        results: dict[str, Any] = {}
        self._data = results
        for name, field_nodes in fields.items():
            self._execute_field_into(results, name, parent_type, source_value, path, field_nodes)
            self._run_waves()
            if self._data is None:
                break
        return results

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Path | None, fields: Fields
    ) -> dict[str, Any]:
        results: dict[str, Any] = {}
        if path is None:
            self._data = results
        for name, field_nodes in fields.items():
            self._execute_field_into(results, name, parent_type, source_value, path, field_nodes)
        return results

    def _execute_field_into(
        self,
        results: dict[str, Any],
        name: str,
        parent_type: GraphQLObjectType,
        source: Any,
        path: Path | None,
        field_nodes: list[FieldNode],
    ) -> None:
        result = self.execute_field(parent_type, source, field_nodes, Path(path, name, parent_type.name))
        if result is Undefined:
            return
        if isinstance(result, Unfinished):
            self._holes.append((result, results, name))
            result = None
        results[name] = result

    # Fields and values

    def execute_field(
        self, parent_type: GraphQLObjectType, source: Any, field_nodes: list[FieldNode], path: Path
    ) -> Any:
        """The completed value, Undefined for a field that the type does not have, or Unfinished."""
        field_def = get_field_def(self.schema, parent_type, field_nodes[0])
        if not field_def:
            return Undefined
        return_type = field_def.type
        resolve = field_def.resolve or self.field_resolver
        if self.middleware_manager:
            resolve = self.middleware_manager.get_field_resolver(resolve)
        info = self.build_resolve_info(field_def, field_nodes, parent_type, path)
        try:
            arguments = get_argument_values(field_def, field_nodes[0], self.variable_values)
            result = resolve(source, info, **arguments)
            if isinstance(result, Deferred):
                if not result.is_settled:
                    return Unfinished(result, return_type, field_nodes, info, path)
                result = result.result()
            return self.complete_value(return_type, field_nodes, info, path, result)
        except Exception as error:  # noqa: BLE001  whatever a resolver raises is the field's error
            return self._handle_error(error, return_type, field_nodes, path)

    def complete_list_value(
        self,
        return_type: GraphQLList[GraphQLOutputType],
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> list[Any]:
        if not is_iterable(result):
            raise GraphQLError(
                f"Expected Iterable, but did not find one for field '{info.parent_type.name}.{info.field_name}'."
            )
        item_type = return_type.of_type
        completed: list[Any] = []
        for index, item in enumerate(cast("Iterable[Any]", result)):
            item_path = Path(path, index, None)
            value: Any = None
            try:
                if isinstance(item, Deferred):
                    if not item.is_settled:
                        unfinished = Unfinished(item, item_type, field_nodes, info, item_path)
                        self._holes.append((unfinished, completed, index))
                        completed.append(None)
                        continue
                    item = item.result()
                value = self.complete_value(item_type, field_nodes, info, item_path, item)
            except Exception as error:  # noqa: BLE001  as above
                self._handle_error(error, item_type, field_nodes, item_path)
            completed.append(value)
        return completed

    def _handle_error(
        self, error: Exception, return_type: GraphQLOutputType, field_nodes: list[FieldNode], path: Path
    ) -> None:
        """Null the position, or raise PropagatedError when it is a non-null one.

        `error` was raised there, or is a PropagatedError that comes from below.
        """
        if not isinstance(error, PropagatedError):
            error = PropagatedError(located_error(error, field_nodes, path.as_list()), path)
        if is_non_null_type(return_type):
            raise error
        self._errors.record(error.error, origin=error.origin, caught_at=path)

    # Waves

    def _run_waves(self) -> None:
        """Fill all holes, those included that appear on the way."""
        while self._holes:
            self._dispatch()
            holes, self._holes = self._holes, []
            for hole in holes:
                if hole[0].deferred.is_settled:
                    self._fill(*hole)
                else:
                    self._holes.append(hole)

    def _dispatch(self) -> None:
        """Run one wave, or fail everything that is left when nothing can settle it."""
        if dispatch_all(self._queues):
            return
        # Either the first wave, or something waits for loaders of another registry.
        for unfinished, _, _ in self._holes:
            self._queues.update(dict.fromkeys(unfinished.deferred._queues()))
        if not dispatch_all(self._queues):
            lost = RuntimeError("Nothing will ever settle this deferred value.")
            self._holes = [
                (unfinished._replace(deferred=Deferred.rejected(lost)), container, key)
                for unfinished, container, key in self._holes
            ]

    def _fill(self, unfinished: Unfinished, container: Any, key: Any) -> None:
        deferred, return_type, field_nodes, info, path = unfinished
        try:
            container[key] = self.complete_value(return_type, field_nodes, info, path, deferred.result())
        except Exception as error:  # noqa: BLE001  as above
            try:
                self._handle_error(error, return_type, field_nodes, path)
            except PropagatedError as propagated:
                # The call stack above this position is long gone: find what catches the error from the types.
                caught_at = self._errors.catching_position(path)
                self._errors.record(propagated.error, origin=propagated.origin, caught_at=caught_at)
                self._null(caught_at)

    def _null(self, position: Path | None) -> None:
        if position is None:
            self._data = None
            return
        *above, last = position.as_list()
        container: Any = self._data
        for key in above:
            if container is None:  # nulled already
                return
            container = container[key]
        if container is not None:
            container[last] = None
