"""The front door: one function that executes a document."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLFieldResolver,
    GraphQLSchema,
    GraphQLTypeResolver,
    execute_sync,
)
from graphql.execution import ExecutionContext, Middleware, MiddlewareManager
from graphql.execution.execute import assert_valid_execution_arguments

from api.execution.context import DeferredExecutionContext
from api.execution.deferred import Deferred
from api.execution.loaders import wait
from api.execution.plans import Plans


def execute(
    schema: GraphQLSchema,
    document: DocumentNode,
    *,
    root_value: Any = None,
    context_value: Any = None,
    variable_values: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    field_resolver: GraphQLFieldResolver | None = None,
    type_resolver: GraphQLTypeResolver | None = None,
    middleware: Middleware = None,
    max_coercion_errors: int = 50,
    hide_suggestions: bool = False,
    plans: Plans | None = None,
    stock: bool = False,
) -> ExecutionResult:
    """Execute a parsed document that was validated against `schema`.

    The arguments are those of graphql-core's `execute_sync`, but for two. Field errors are in the result; a TypeError
    is raised when `variable_values` is no mapping or the schema is invalid.

    `plans` are what the executions of one document share, for whoever keeps documents: `Plans(schema, document)`, made
    once, kept with the document, and given to each of its executions. Threads may share them.

    `stock=True` executes with graphql-core's own context instead, to tell whose fault a strange answer is. That one
    does not know deferred values, so each is waited for where it stands, before its siblings are executed: the same
    answer, with one statement for each row where there was one for each wave.
    """
    variables = dict(variable_values) if isinstance(variable_values, Mapping) else variable_values
    if stock:
        return execute_sync(
            schema,
            document,
            root_value,
            context_value,
            variables,
            operation_name,
            field_resolver,
            type_resolver,
            max_coercion_errors,
            _with_waiting(middleware),
            ExecutionContext,
            hide_suggestions=hide_suggestions,
        )
    if plans is not None and (plans.schema is not schema or plans.document is not document):
        raise ValueError("These plans were made for another schema or document.")
    assert_valid_execution_arguments(schema, document, variables)
    context = DeferredExecutionContext.build(
        schema,
        document,
        root_value,
        context_value,
        variables,
        operation_name,
        field_resolver,
        type_resolver,
        None,
        max_coercion_errors,
        middleware,
        hide_suggestions=hide_suggestions,
    )
    if isinstance(context, list):
        return ExecutionResult(data=None, errors=context)
    context = cast(DeferredExecutionContext, context)
    context.plans = plans
    data = None
    try:
        data = context.execute_operation(context.operation, root_value)
    except GraphQLError as error:  # the operation cannot be executed at all
        context.collected_errors.add(error, None)
    return context.build_response(data, context.collected_errors.errors)


def _with_waiting(middleware: Middleware) -> MiddlewareManager:
    if isinstance(middleware, MiddlewareManager):
        return MiddlewareManager(*middleware.middlewares, _wait_for_deferred)
    return MiddlewareManager(*(middleware or ()), _wait_for_deferred)


def _wait_for_deferred(resolve: Callable[..., Any], source: Any, info: Any, **arguments: Any) -> Any:
    return _plain(resolve(source, info, **arguments))


def _plain(value: Any) -> Any:
    """`value` without deferred ones. Stock execution takes an exception in an item's place as that item's error."""
    if isinstance(value, Deferred):
        return _plain(wait(value))
    if isinstance(value, Generator):
        return (_plain_item(item) for item in value)
    if isinstance(value, list | tuple):
        items = [_plain_item(item) for item in value]
        # The very value where nothing was deferred: it may be that of a custom scalar.
        return value if all(item is old for item, old in zip(items, value, strict=True)) else items
    return value


def _plain_item(item: Any) -> Any:
    try:
        return _plain(item)
    except Exception as error:  # noqa: BLE001  becomes the item's error
        return error
