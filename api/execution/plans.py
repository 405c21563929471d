"""What can be known of an operation before there are values: compiled once, used by every execution of its document.

A plan holds nothing of a request. It depends on the schema, the document, the operation, and the variables that decide
on @skip and @include; one is made for each set of values of those. Its selections are compiled when they are first
met. Threads share plans without a lock: compiling a selection twice gives the same, and either may be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLFieldResolver,
    GraphQLObjectType,
    GraphQLSchema,
    Node,
    TypeNameMetaFieldDef,
    VariableNode,
    Visitor,
    default_field_resolver,
    is_non_null_type,
    visit,
)
from graphql.execution.execute import get_field_def
from graphql.execution.values import get_argument_values
from graphql.pyutils import Undefined

from api.execution.batching import of_batch
from api.execution.completion import completer, passing_class

if TYPE_CHECKING:
    from api.execution.context import DeferredExecutionContext

# Tells which attribute, and which default, a resolver reads, when all it does is
# `source.get(attribute, default) if isinstance(source, dict) else getattr(source, attribute, default)`.
AttributeOf = Callable[[GraphQLFieldResolver], tuple[str, Any] | None]
Fields = dict[str, list[FieldNode]]

# More sets of values of conditions than this are planned for one execution only. A planned field takes about 1 KB, for
# each object type that it is executed on.
MAX_VARIANTS = 8


class FieldPlan:
    """One field of a selection."""

    __slots__ = (
        "arguments",
        "calls",
        "complete",
        "constant",
        "definition",
        "field_nodes",
        "info_head",
        "name",
        "parent_type",
        "required",
        "resolve",
        "resolve_batch",
    )

    def __init__(
        self,
        definition: GraphQLField,
        field_nodes: list[FieldNode],
        parent_type: GraphQLObjectType,
        resolve: GraphQLFieldResolver,
    ) -> None:
        self.definition = definition
        self.field_nodes = field_nodes
        self.parent_type = parent_type
        self.name = field_nodes[0].name.value
        self.resolve = resolve
        self.resolve_batch = of_batch(resolve)
        # graphql-core's default resolver calls what it finds when that can be called.
        self.calls = resolve is default_field_resolver
        self.required = is_non_null_type(definition.type)
        self.complete = completer(definition.type, self)
        # The first fields of GraphQLResolveInfo; position and request follow.
        self.info_head = (self.name, field_nodes, definition.type, parent_type)
        self.arguments = _constant_arguments(definition, field_nodes[0])
        self.constant = parent_type.name if definition is TypeNameMetaFieldDef else None


class Row(NamedTuple):
    """A field as the loop over a selection reads it."""

    key: str
    attribute: str | None
    """What to read from the source; None when the resolver has to be called."""
    default: Any
    passing: type | None
    """Instances of exactly this class are their own completed values."""
    field: FieldPlan


class Selection:
    """The fields to execute on a value of one object type."""

    __slots__ = ("_mapping_rows", "_rows")

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        # graphql-core's default resolver reads every Mapping by key, not dict alone: such a source is left to it.
        reads_mappings = any(row.attribute is not None and row.field.calls for row in rows)
        self._mapping_rows = [row._replace(attribute=None) for row in rows] if reads_mappings else None

    def rows_for(self, source: Any) -> list[Row]:
        """The rows to execute on `source`."""
        if self._mapping_rows is None or source.__class__ is dict or not isinstance(source, Mapping):
            return self._rows
        return self._mapping_rows

    def shared_rows(self, sources: list[Any]) -> list[Row] | None:
        """The rows to execute on all of `sources`; None when they differ."""
        if self._mapping_rows is None or all(source.__class__ is dict for source in sources):
            return self._rows
        rows = self.rows_for(sources[0])
        return rows if all(self.rows_for(source) is rows for source in sources) else None


class Plan:
    """The selections of one operation under given conditions."""

    __slots__ = ("_attribute_of", "_selections", "root")

    def __init__(self, attribute_of: AttributeOf | None) -> None:
        self._attribute_of = attribute_of
        self._selections: dict[tuple[Any, ...], Selection] = {}
        self.root: Selection | None = None

    def selection(
        self, context: DeferredExecutionContext, type_: GraphQLObjectType, field_nodes: list[FieldNode]
    ) -> Selection:
        """What `field_nodes` select on an object of `type_`."""
        # The nodes live as long as their document, which outlives the plan: their ids stay theirs.
        key = (type_, id(field_nodes[0])) if len(field_nodes) == 1 else (type_, *map(id, field_nodes))
        selection = self._selections.get(key)
        if selection is None:
            selection = self.compile(context, type_, context.collect_subfields(type_, field_nodes))
            self._selections[key] = selection
        return selection

    def compile(self, context: DeferredExecutionContext, type_: GraphQLObjectType, fields: Fields) -> Selection:
        rows: list[Row] = []
        for key, field_nodes in fields.items():
            definition = get_field_def(context.schema, type_, field_nodes[0])
            # Only a document that was not validated has fields that the type has not; they are left out.
            if definition:
                rows.append(self._row(context, key, definition, field_nodes, type_))
        return Selection(rows)

    def _row(
        self,
        context: DeferredExecutionContext,
        key: str,
        definition: GraphQLField,
        field_nodes: list[FieldNode],
        type_: GraphQLObjectType,
    ) -> Row:
        resolve = definition.resolve or context.field_resolver
        read: tuple[str, Any] | None = None
        if context.middleware_manager:
            resolve = context.middleware_manager.get_field_resolver(resolve)
        elif definition.args:
            pass  # coercing them may fail, even when the resolver does not look at them
        elif resolve is default_field_resolver:
            read = field_nodes[0].name.value, None
        elif self._attribute_of is not None:
            read = self._attribute_of(resolve)
        attribute, default = read or (None, None)
        field = FieldPlan(definition, field_nodes, type_, resolve)
        return Row(key, attribute, default, passing_class(definition.type), field)


class Plans:
    """The plans of one document, to be kept with it: `execute(schema, document, plans=plans)`."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, *, attribute_of: AttributeOf | None = None
    ) -> None:
        """`attribute_of` recognises resolvers that only read, besides graphql-core's own default resolver.

        graphene's, for example, are `functools.partial` objects of its `dict_or_attr_resolver` whose `args` are the
        two to tell.
        """
        self.schema = schema
        self.document = document
        self._attribute_of = attribute_of
        self._conditions = _condition_variables(document)
        self._plans: dict[tuple[Any, ...], Plan] = {}

    def plan(self, context: DeferredExecutionContext) -> Plan:
        """The plan for what `context` executes: a shared one, unless its resolvers or conditions are unusual."""
        values = [context.variable_values.get(name, Undefined) for name in self._conditions]
        shared = (
            context.middleware_manager is None
            and context.field_resolver is default_field_resolver
            and all(value is True or value is False or value is None or value is Undefined for value in values)
        )
        if not shared:
            return Plan(self._attribute_of)
        key = (id(context.operation), *values)
        plan = self._plans.get(key)
        if plan is None:
            plan = Plan(self._attribute_of)
            if len(self._plans) < MAX_VARIANTS:
                self._plans[key] = plan
        return plan


def _condition_variables(document: DocumentNode) -> list[str]:
    """The variables that @skip and @include use anywhere in `document`."""
    names: dict[str, None] = {}

    class Conditions(Visitor):
        def enter_directive(self, node: Any, *_: Any) -> None:
            if node.name.value in ("skip", "include"):
                values = [argument.value for argument in node.arguments]
                names.update((value.name.value, None) for value in values if isinstance(value, VariableNode))

    visit(document, Conditions())
    return list(names)


def field_arguments(field: FieldPlan, variable_values: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The arguments of a field, and whether they may be given to its resolver again. Raises GraphQLError."""
    arguments = get_argument_values(field.definition, field.field_nodes[0], dict(variable_values))
    return arguments, all(_immutable(value) for value in arguments.values())


def _constant_arguments(definition: GraphQLField, node: FieldNode) -> dict[str, Any] | None:
    """The arguments when they are the same in every execution, else None."""
    if not definition.args:
        return {}
    if any(_has_variable(argument.value) for argument in node.arguments):
        return None
    try:
        arguments = get_argument_values(definition, node)
    except GraphQLError:
        return None  # raised again, where it belongs, by each execution
    return arguments if all(_immutable(value) for value in arguments.values()) else None


def _has_variable(value: Node) -> bool:
    found = False

    class Variables(Visitor):
        def enter_variable(self, *_: Any) -> None:
            nonlocal found
            found = True

    visit(value, Variables())
    return found


def _immutable(value: Any) -> bool:
    """May two calls of a resolver be given the same object?"""
    return value is None or type(value) in (str, int, float, bool) or isinstance(value, Enum)
