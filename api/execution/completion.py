"""How values become parts of a response: section 6.4.3, "Value Completion", of the GraphQL specification.

A completer is made once for each field of a plan, and knows all that the types say. It is called with what differs from
one value to the next: the execution context, the value, its position and, where type resolvers need it, the resolve
info. It raises what makes the position an error; null at a non-null position is such an error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, cast

from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLError,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.execute import invalid_return_type_error
from graphql.pyutils import Undefined, is_iterable
from graphql.type.scalars import serialize_boolean, serialize_id, serialize_string

from api.execution.deferred import Deferred
from api.execution.positions import Position

if TYPE_CHECKING:
    from api.execution.context import DeferredExecutionContext
    from api.execution.plans import Selection

Completer = Callable[["DeferredExecutionContext", Any, Position, GraphQLResolveInfo | None], Any]


class Field(Protocol):
    """What completers know of the field that they are for."""

    name: str
    parent_type: GraphQLObjectType
    field_nodes: list[FieldNode]


# Serialisers, and the class whose instances they return as they are.
PASSING = [(serialize_string, str), (serialize_id, str), (serialize_boolean, bool)]


def passing_class(type_: GraphQLOutputType) -> type | None:
    """The class whose instances complete to themselves, None when there is no such class."""
    if is_non_null_type(type_):
        type_ = cast("GraphQLNonNull[Any]", type_).of_type
    if not is_leaf_type(type_):
        return None
    serialize = cast(GraphQLLeafType, type_).serialize
    return next((class_ for passing, class_ in PASSING if passing is serialize), None)


def completer(type_: GraphQLOutputType, field: Field) -> tuple[Completer, bool]:
    """The completer of values of `type_`, and whether it needs the resolve info."""
    required = is_non_null_type(type_)
    if required:
        type_ = cast("GraphQLNonNull[Any]", type_).of_type
    if is_leaf_type(type_):
        return _leaf(cast(GraphQLLeafType, type_), required, field), False
    if is_list_type(type_):
        item_type = cast("GraphQLList[GraphQLOutputType]", type_).of_type
        complete_item, needs_info = completer(item_type, field)
        return _list(item_type, complete_item, required, field), needs_info
    if is_abstract_type(type_):
        return _abstract(cast(GraphQLAbstractType, type_), required, field), True
    object_type = cast(GraphQLObjectType, type_)
    return _object(object_type, required, field), object_type.is_type_of is not None


def _blank(value: Any, required: bool, field: Field) -> bool:
    """Is there nothing to complete? Raises an error that stands in the value's place, or that of a missing value."""
    if value is None or value is Undefined:
        if required:
            raise TypeError(f"Cannot return null for non-nullable field {field.parent_type.name}.{field.name}.")
        return True
    if isinstance(value, Exception):
        raise value
    return False


def _leaf(type_: GraphQLLeafType, required: bool, field: Field) -> Completer:
    passing = passing_class(type_)

    def complete(
        context: DeferredExecutionContext, value: Any, position: Position, info: GraphQLResolveInfo | None
    ) -> Any:
        if value.__class__ is passing:
            return value
        return None if _blank(value, required, field) else context.complete_leaf_value(type_, value)

    return complete


def _list(item_type: GraphQLOutputType, complete_item: Completer, required: bool, field: Field) -> Completer:
    item_required = is_non_null_type(item_type)

    def complete(
        context: DeferredExecutionContext, value: Any, position: Position, info: GraphQLResolveInfo | None
    ) -> list[Any] | None:
        if value.__class__ is not list and _blank(value, required, field):
            return None
        if value.__class__ is not list and not is_iterable(value):
            name = f"{field.parent_type.name}.{field.name}"
            raise GraphQLError(f"Expected Iterable, but did not find one for field '{name}'.")
        items: list[Any] = []
        for index, item in enumerate(value):
            place: Position = (position, index, None)
            completed = None
            try:
                if item.__class__ is Deferred:
                    if item.is_settled:
                        completed = complete_item(context, item.result(), place, info)
                    else:
                        context.leave_hole(items, index, item, complete_item, item_required, field, place, info)
                else:
                    completed = complete_item(context, item, place, info)
            except Exception as error:  # noqa: BLE001  whatever it is, it is the item's error
                context.fail(error, item_required, field, place)
            items.append(completed)
        return items

    return complete


def _object(type_: GraphQLObjectType, required: bool, field: Field) -> Completer:
    is_type_of = type_.is_type_of
    selection: Selection | None = None

    def complete(
        context: DeferredExecutionContext, value: Any, position: Position, info: GraphQLResolveInfo | None
    ) -> dict[str, Any] | None:
        nonlocal selection
        if value.__class__ is not dict and _blank(value, required, field):
            return None
        if selection is None:
            selection = context.plan.selection(context, type_, field.field_nodes)
        if is_type_of is not None and not is_type_of(value, cast(GraphQLResolveInfo, info)):
            raise invalid_return_type_error(type_, value, field.field_nodes)
        return context.execute_rows(selection.rows_for(value), value, position, {})

    return complete


def _abstract(type_: GraphQLAbstractType, required: bool, field: Field) -> Completer:
    completers: dict[str, Completer] = {}  # by the name of the object type; filled as types are met

    def complete(
        context: DeferredExecutionContext, value: Any, position: Position, info: GraphQLResolveInfo | None
    ) -> Any:
        if _blank(value, required, field):
            return None
        resolve_type = type_.resolve_type or context.type_resolver
        name: Any = resolve_type(value, cast(GraphQLResolveInfo, info), type_)
        complete_object = completers.get(name) if isinstance(name, str) else None
        if complete_object is None:
            runtime_type = context.ensure_valid_runtime_type(
                name, type_, field.field_nodes, cast(GraphQLResolveInfo, info), value
            )
            complete_object = completers[runtime_type.name] = _object(runtime_type, required, field)
        return complete_object(context, value, position, info)

    return complete
