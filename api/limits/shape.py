"""The size of what a parsed document selects, with each fragment counted wherever it is spread."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from api.errors import ErrorCode
from api.limits.exceeded import LimitExceededError
from api.limits.repetition import repetitions
from api.limits.settings import Limits


@dataclass(slots=True)
class Shape:
    """Counts of one operation or fragment. A spread is a fragment's name and the number of fields around it."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    root_fields: int = 0
    directives: int = 0
    spreads: list[tuple[str, int]] = field(default_factory=list)


def check_shape(document: DocumentNode, limits: Limits) -> None:
    """Raise LimitExceededError for the first limit that one of the operations goes over.

    Raises GraphQLError for fragments that spread themselves, which have no size; unknown ones count for nothing. Its
    own recursion is bounded by the nesting of brackets and the number of fragments.
    """
    fragments: dict[str, Shape] = {}
    selections: dict[str, SelectionSetNode] = {}
    entrances: list[tuple[Shape, SelectionSetNode]] = []
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            entrances.append((_local_shape(definition), definition.selection_set))
        elif isinstance(definition, FragmentDefinitionNode):
            fragments[definition.name.value] = _local_shape(definition)
            selections[definition.name.value] = definition.selection_set
    _check(ErrorCode.FRAGMENT_LIMIT, "a number of fragments", len(fragments), limits.fragments)
    totals: dict[str, Shape | None] = {}
    for name in fragments:
        _fragment_total(name, fragments, totals)
    # A fragment that nothing spreads is validated all the same.
    spread = {name for shape in [*fragments.values(), *(shape for shape, _ in entrances)] for name, _ in shape.spreads}
    entrances += [(shape, selections[name]) for name, shape in fragments.items() if name not in spread]
    for shape, selection_set in entrances:
        total = _total(shape, totals)
        _check(ErrorCode.DEPTH_LIMIT, "a depth of fields", total.depth, limits.depth)
        _check(ErrorCode.ALIAS_LIMIT, "a number of aliases", total.aliases, limits.aliases)
        _check(ErrorCode.ROOT_FIELD_LIMIT, "a number of root fields", total.root_fields, limits.root_fields)
        _check(ErrorCode.DIRECTIVE_LIMIT, "a number of directives", total.directives, limits.directives)
        _check(ErrorCode.FIELD_LIMIT, "a number of fields", total.fields, limits.fields)
        repeated = repetitions(selection_set, selections)
        _check(ErrorCode.FIELD_LIMIT, "a number of repetitions of fields", repeated, limits.repetitions)


def _check(code: ErrorCode, what: str, requested: int, allowed: int) -> None:
    if requested > allowed:
        raise LimitExceededError(code, what, requested=requested, allowed=allowed)


def _local_shape(definition: OperationDefinitionNode | FragmentDefinitionNode) -> Shape:
    shape = Shape(directives=len(definition.directives))
    if isinstance(definition, OperationDefinitionNode):
        shape.directives += sum(len(variable.directives) for variable in definition.variable_definitions)
    _add_selections(shape, definition.selection_set, around=0)
    return shape


def _add_selections(shape: Shape, selection_set: SelectionSetNode, *, around: int) -> None:
    shape.depth = max(shape.depth, around)
    for selection in selection_set.selections:
        shape.directives += len(selection.directives)
        if isinstance(selection, FragmentSpreadNode):
            shape.spreads.append((selection.name.value, around))
            continue
        inside = around
        if isinstance(selection, FieldNode):
            inside += 1
            shape.fields += 1
            shape.aliases += selection.alias is not None
            shape.root_fields += around == 0
            shape.depth = max(shape.depth, inside)
        if isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set is not None:
            _add_selections(shape, selection.selection_set, around=inside)


def _fragment_total(name: str, fragments: dict[str, Shape], totals: dict[str, Shape | None]) -> None:
    if name not in fragments:
        return
    if name in totals:
        if totals[name] is None:
            raise GraphQLError(f"Fragment '{name}' spreads itself.")
        return
    totals[name] = None  # being counted
    for spread, _ in fragments[name].spreads:
        _fragment_total(spread, fragments, totals)
    totals[name] = _total(fragments[name], totals)


def _total(shape: Shape, totals: dict[str, Shape | None]) -> Shape:
    total = Shape(shape.depth, shape.fields, shape.aliases, shape.root_fields, shape.directives)
    for name, around in shape.spreads:
        spread = totals.get(name)
        if spread is None:
            continue
        total.depth = max(total.depth, around + spread.depth)
        total.fields += spread.fields
        total.aliases += spread.aliases
        total.directives += spread.directives
        if around == 0:
            total.root_fields += spread.root_fields
    return total
