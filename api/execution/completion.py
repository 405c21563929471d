"""How values become parts of a response: section 6.4.3, "Value Completion", of the GraphQL specification.

A completer is made once for each field of a plan, and knows all that the types say. It completes the values of many
places at once: those of one field on all objects that a list, or many lists, hold. It is given a function that tells
the position of each, for nobody asks for it but errors. It returns the completed values in the same order, and the
errors by index (None when there are none) with null in the place of each; null at a non-null position is such an error.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLError,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.execute import invalid_return_type_error
from graphql.pyutils import Undefined, is_iterable
from graphql.type.scalars import serialize_boolean, serialize_id, serialize_string

from api.execution.positions import Place, part_of
from api.execution.waves import Holes, settled

if TYPE_CHECKING:
    from api.execution.context import DeferredExecutionContext
    from api.execution.plans import Selection

Errors = dict[int, Exception]
Completed = tuple[list[Any], Errors | None]
Completer = Callable[["DeferredExecutionContext", list[Any], Place], Completed]
F = TypeVar("F", bound=Callable[..., Any])


class Field(Protocol):
    """What completers know of the field that they are for."""

    name: str
    parent_type: GraphQLObjectType
    field_nodes: list[FieldNode]


# Serialisers, and the class whose instances they return as they are.
PASSING = [(serialize_string, str), (serialize_id, str), (serialize_boolean, bool)]


def passes(class_: type) -> Callable[[F], F]:
    """Marks the serialiser of a scalar that returns instances of exactly `class_` as they are: it is not called."""

    def mark(serialize: F) -> F:
        serialize.passes = class_  # type: ignore[attr-defined]  # functions may have attributes
        return serialize

    return mark


def passing_class(type_: GraphQLOutputType) -> type | None:
    """The class whose instances complete to themselves, None when there is no such class."""
    if is_non_null_type(type_):
        type_ = cast("GraphQLNonNull[Any]", type_).of_type
    if not is_leaf_type(type_):
        return None
    serialize = cast(GraphQLLeafType, type_).serialize
    stock = next((class_ for passing, class_ in PASSING if passing is serialize), None)
    return cast("type | None", getattr(serialize, "passes", stock))


def completer(type_: GraphQLOutputType, field: Field) -> Completer:
    """The completer of values of `type_`."""
    required = is_non_null_type(type_)
    if required:
        type_ = cast("GraphQLNonNull[Any]", type_).of_type
    if is_leaf_type(type_):
        return _leaf(cast(GraphQLLeafType, type_), required, field)
    if is_list_type(type_):
        item_type = cast("GraphQLList[GraphQLOutputType]", type_).of_type
        return _list(item_type, completer(item_type, field), required, field)
    if is_abstract_type(type_):
        return _abstract(cast(GraphQLAbstractType, type_), required, field)
    return _object(cast(GraphQLObjectType, type_), required, field)


def are_all(values: Iterable[Any], class_: type) -> bool:
    """Whether there are values, and each is an instance of exactly this class."""
    return set(map(type, values)) == {class_}


def are_there(values: list[Any]) -> bool:
    """Whether there are values, and none of them is missing or an exception."""
    return bool(values) and not any(issubclass(class_, _BLANK) for class_ in set(map(type, values)))


_BLANK = (type(None), type(Undefined), Exception)


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
    serialize = type_.serialize

    def complete(context: DeferredExecutionContext, values: list[Any], place: Place) -> Completed:
        if passing is not None and are_all(values, passing):
            return values, None
        completed: list[Any] = []
        errors: Errors | None = None
        for value in values:
            if value.__class__ is passing:
                completed.append(value)
                continue
            try:
                leaf = None
                if not (value is None or value is Undefined or isinstance(value, Exception)):
                    leaf = serialize(value)
                    if leaf is None or leaf is Undefined:
                        leaf = context.complete_leaf_value(type_, value)  # raises what is to be said of that
                else:
                    _blank(value, required, field)
            except Exception as error:  # noqa: BLE001  whatever it is, it is the value's error
                errors = errors or {}
                errors[len(completed)] = error
                leaf = None
            completed.append(leaf)
        return completed, errors

    return complete


def _list(item_type: GraphQLOutputType, complete_item: Completer, required: bool, field: Field) -> Completer:
    item_required = is_non_null_type(item_type)

    def complete(context: DeferredExecutionContext, values: list[Any], place: Place) -> Completed:
        # The items of all lists are completed together; `starts` says where each list begins among them.
        items: list[Any] = []
        starts: list[int] = [0]
        absent: list[int] = []
        errors: Errors = {}
        for index, value in enumerate(values):
            if value.__class__ is list:
                items += value
            else:
                try:
                    if not _take(value, items, required, field):
                        absent.append(index)
                except Exception as error:  # noqa: BLE001  as above
                    errors[index] = error
                    absent.append(index)
            starts.append(len(items))

        def item_place(number: int) -> tuple[Any, int, None]:
            # Of lists that begin at the same item all are empty but the last.
            owner = bisect_right(starts, number) - 1
            return (place(owner), number - starts[owner], None)

        filled, left = settled(items)
        if not left:
            item_values, item_errors = complete_item(context, items, item_place)
        else:
            item_values = [None] * len(items)
            some_values, some_errors = complete_item(
                context, [items[number] for number in filled], part_of(item_place, filled)
            )
            for number, value in zip(filled, some_values, strict=True):
                item_values[number] = value
            item_errors = some_errors and {filled[number]: error for number, error in some_errors.items()}
        lists: list[Any] = [item_values[start:end] for start, end in pairwise(starts)]
        if left:
            owners = [bisect_right(starts, number) - 1 for number in left]
            context.leave_holes(
                Holes(
                    deferred=[items[number] for number in left],
                    containers=[lists[owner] for owner in owners],
                    keys=[number - starts[owner] for number, owner in zip(left, owners, strict=True)],
                    complete=complete_item,
                    required=item_required,
                    field=field,
                    place=part_of(item_place, left),
                )
            )
        for index in absent:
            lists[index] = None
        # In the order of the list: the first item that nulls it is the one to tell.
        for number, failure in sorted((item_errors or {}).items(), key=itemgetter(0)):
            if (propagated := context.fail(failure, item_required, field, item_place(number))) is not None:
                owner = bisect_right(starts, number) - 1
                lists[owner] = None
                errors.setdefault(owner, propagated)
        return lists, errors or None

    return complete


def _take(value: Any, items: list[Any], required: bool, field: Field) -> bool:
    """Add the items of what stands for a list to `items`. False for null; raises the error in the list's place.

    What an iterator gave before it failed has been added all the same.
    """
    if _blank(value, required, field):
        return False
    if not is_iterable(value):
        name = f"{field.parent_type.name}.{field.name}"
        raise GraphQLError(f"Expected Iterable, but did not find one for field '{name}'.")
    items.extend(value)
    return True


def _object(type_: GraphQLObjectType, required: bool, field: Field) -> Completer:
    selection: Selection | None = None

    def complete(context: DeferredExecutionContext, values: list[Any], place: Place) -> Completed:
        nonlocal selection
        sources, kept, errors = _sources(context, type_, values, place, required, field)
        if not sources:
            return [None] * len(values), errors or None
        if selection is None:
            selection = context.plan.selection(context, type_, field.field_nodes)
        objects: list[Any] = [{} for _source in sources]
        failed = context.execute_fields_of(selection, sources, objects, place if kept is None else part_of(place, kept))
        if kept is None:
            # Not in place: holes know the list of objects.
            return [
                None if index in failed else each for index, each in enumerate(objects)
            ] if failed else objects, failed
        completed: list[Any] = [None] * len(values)
        for number, index in enumerate(kept):
            if failed and number in failed:
                errors[index] = failed[number]
            else:
                completed[index] = objects[number]
        return completed, errors or None

    return complete


def _sources(
    context: DeferredExecutionContext,
    type_: GraphQLObjectType,
    values: list[Any],
    place: Place,
    required: bool,
    field: Field,
) -> tuple[list[Any], list[int] | None, Errors]:
    """The values that are objects of `type_`, their indexes (None: all), and the errors of others."""
    is_type_of = type_.is_type_of
    if is_type_of is None and are_there(values):
        return values, None, {}
    kept: list[int] = []
    errors: Errors = {}
    for index, value in enumerate(values):
        try:
            if _blank(value, required, field):
                continue
            if is_type_of is not None and not is_type_of(value, context.type_info(field, place(index))):
                raise invalid_return_type_error(type_, value, field.field_nodes)
            kept.append(index)
        except Exception as error:  # noqa: BLE001  as above
            errors[index] = error
    if len(kept) == len(values):
        return values, None, errors
    return [values[index] for index in kept], kept, errors


def _abstract(type_: GraphQLAbstractType, required: bool, field: Field) -> Completer:
    completers: dict[str, Completer] = {}  # by the name of the object type; filled as types are met

    def complete(context: DeferredExecutionContext, values: list[Any], place: Place) -> Completed:
        resolve_type = type_.resolve_type or context.type_resolver
        completed: list[Any] = [None] * len(values)
        errors: Errors = {}
        by_type: dict[str, list[int]] = {}
        for index, value in enumerate(values):
            try:
                if _blank(value, required, field):
                    continue
                info = context.type_info(field, place(index))
                name: Any = resolve_type(value, info, type_)
                if not isinstance(name, str) or name not in completers:
                    runtime_type = context.ensure_valid_runtime_type(name, type_, field.field_nodes, info, value)
                    name = runtime_type.name
                    completers.setdefault(name, _object(runtime_type, required, field))
                by_type.setdefault(name, []).append(index)
            except Exception as error:  # noqa: BLE001  as above
                errors[index] = error
        for name, indexes in by_type.items():
            objects, failed = completers[name](context, [values[index] for index in indexes], part_of(place, indexes))
            for number, index in enumerate(indexes):
                completed[index] = objects[number]
                if failed and number in failed:
                    errors[index] = failed[number]
        return completed, errors or None

    return complete
