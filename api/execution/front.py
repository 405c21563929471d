"""The front door: one function that executes a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLFieldResolver, GraphQLSchema, GraphQLTypeResolver
from graphql import execute_sync as graphql_execute_sync
from graphql.execution import ExecutionContext, Middleware, MiddlewareManager

from api.execution.context import DeferredExecutionContext
from api.execution.deferred import Deferred
from api.execution.loaders import wait


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
    stock: bool = False,
) -> ExecutionResult:
    """Execute a parsed document that was validated against `schema`.

    The arguments are those of graphql-core's `execute_sync`. Field errors are in the result; a TypeError is raised when
    `variable_values` is no mapping or the schema is invalid.

    `stock=True` executes with graphql-core's own context instead, to tell whose fault a strange answer is. That one
    does not know deferred values, so each is waited for where it stands, before its siblings are executed: the same
    answer, with one statement for each row where there was one for each wave.
    """
    if stock:
        middleware = _with_waiting(middleware)
    return graphql_execute_sync(
        schema,
        document,
        root_value,
        context_value,
        dict(variable_values) if isinstance(variable_values, Mapping) else variable_values,
        operation_name,
        field_resolver,
        type_resolver,
        max_coercion_errors,
        middleware,
        ExecutionContext if stock else DeferredExecutionContext,
        hide_suggestions=hide_suggestions,
    )


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
    if isinstance(value, list | tuple):
        return [_plain_item(item) for item in value]
    return value


def _plain_item(item: Any) -> Any:
    try:
        return _plain(item)
    except Exception as error:  # noqa: BLE001  becomes the item's error
        return error
