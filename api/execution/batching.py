"""Resolvers that answer for many objects in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from graphql import GraphQLFieldResolver, GraphQLResolveInfo

from api.execution.deferred import Deferred

# Given objects of one type and what a resolver is given besides, gives their values in the same order; a value may be
# deferred, or an exception, which is the error of that object's field. The whole may be deferred too.
BatchResolver = Callable[..., "list[Any] | Deferred[list[Any]]"]


def batch_resolver(function: BatchResolver) -> GraphQLFieldResolver:
    """The resolver of a field whose values are resolved for all objects of a list, or of many lists, in one call.

    `function(sources, info, **arguments)` gives a value for each source. What it raises is the error of the field on
    each of them. `info.path` is that of the first. Called as a resolver of one object, as stock execution does it, the
    result does the same for that one.
    """

    @wraps(function)
    def resolve(source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        values = function([source], info, **arguments)
        return values.then(_only) if isinstance(values, Deferred) else _only(values)

    resolve.of_batch = function  # type: ignore[attr-defined]  # functions may have attributes
    return resolve


def for_each(function: Callable[[Any], Any], sources: Iterable[Any]) -> list[Any]:
    """What `function` gives for each source, or the exception that it raises: values of a batch resolver."""
    values: list[Any] = []
    for source in sources:
        try:
            values.append(function(source))
        except Exception as error:  # noqa: BLE001  becomes the error of that source's field
            values.append(error)
    return values


def of_batch(resolver: GraphQLFieldResolver) -> BatchResolver | None:
    """The function that `batch_resolver` was given; None for other resolvers."""
    return getattr(resolver, "of_batch", None)


def one_for_each(values: Any, places: Sequence[Any]) -> list[Any]:
    """The values that a batch resolver gave, or for each place the error that they do not fit."""
    if isinstance(values, list) and len(values) == len(places):
        return list(values)
    given = f"{len(values)} values" if isinstance(values, list) else type(values).__qualname__
    return [TypeError(f"A batch resolver gave {given} for {len(places)} objects.")] * len(places)


def _only(values: list[Any]) -> Any:
    [value] = values
    if isinstance(value, Exception):
        raise value
    return value
