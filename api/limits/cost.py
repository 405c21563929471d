"""How many fields the answer of one operation may have, told from the document, its variables and the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.execute import get_field_def

from api.errors import ErrorCode
from api.limits.exceeded import LimitExceededError
from api.limits.settings import Limits

# What a list that takes no `first` is taken to hold: blocks of a body, breadcrumbs, entries of a menu.
PLAIN_LIST_SIZE = 10
# Lists of another length as a rule, by type and field: the nodes of a text of some paragraphs with links and emphasis;
# the services of a mission, of which there are six, and the hours of one; what one sheet tells of its past; and the
# members of an organisation.
LIST_SIZES = {
    ("RichText", "nodes"): 40,
    ("Mission", "services"): 6,
    ("MissionService", "openingHours"): 7,
    ("TravelAdvice", "history"): 20,
    ("Organisation", "members"): 50,
}
# Lists whose parts may be longer than `list_size`, by type and field: the limit that bounds each.
LONG_LISTS = {("Query", "missions"): "directory_size"}
# What makes the database look at far more rows than the answer shows, once for each place of the document and not for
# each object: to count takes up to 0.15 s with 5,000 items, to filter up to 0.07 s, as long as thousands of fields.
COUNT_COST = 5_000
COUNTED = {
    ("NewsConnection", "totalCount"),
    ("MissionConnection", "totalCount"),
    ("SearchConnection", "totalCount"),
    ("TravelAdviceChangeConnection", "totalCount"),
    ("TimelineConnection", "totalCount"),
    ("AgreementConnection", "totalCount"),
    ("AgreementConnection", "facets"),
    ("Query", "translationCoverage"),
}
FILTER_COST = 2_000
FILTERED = {"NewsConnection", "MissionConnection", "TimelineConnection", "AgreementConnection"}
# Fields that are reckoned for each object, by type and field: measured, they take as long as so many fields.
RECKONED = {("Mission", "isOpen"): 5, ("Mission", "nextOpening"): 20}
# A connection is a list of its own, with a place for each of its parts: measured, it takes as long as so many fields.
CONNECTION_COST = 8


class Costs:
    """The costs of the operations of one document, which must be valid. Threads may share it.

    A field costs 1 or what `RECKONED` says, a connection `CONNECTION_COST`, and what stands below a list as many times
    as the list may have items: `first` or `last` of a connection, `LIST_SIZES` or `PLAIN_LIST_SIZE` of other lists.
    Each place of the document that is `COUNTED` or `FILTERED` costs that once. Every alias and every fragment of a
    union counts, and directives leave nothing out. Each fragment is walked once, wherever it is spread.
    """

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        # Costs of operations whose sizes hang on no variable; by id, the document keeps the nodes alive.
        self._constant: dict[int, int] = {}

    def check(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> int:
        """What the operation costs. Raises LimitExceededError when that is too much.

        ``variables`` are as the client sent them.
        """
        cost = self.of(operation, variables)
        if cost > self._limits.cost:
            raise LimitExceededError(ErrorCode.COST_LIMIT, "a cost", requested=cost, allowed=self._limits.cost)
        return cost

    def of(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> int:
        """What the operation costs."""
        cost = self._constant.get(id(operation))
        if cost is None:
            walk = _Walk(
                self._schema, self._fragments, _sizes_of_variables(operation, variables, self._limits), self._limits
            )
            root = self._schema.get_root_type(operation.operation)
            cost = walk.selection_set(operation.selection_set, root, None)
            cost += walk.places(operation.selection_set, root)
            if not walk.used_variables:
                self._constant[id(operation)] = cost
        return cost


def _sizes_of_variables(
    operation: OperationDefinitionNode, variables: Mapping[str, Any], limits: Limits
) -> dict[str, float]:
    """The numbers that variables have, and the usual size for those that have none."""
    sizes: dict[str, float] = {}
    for definition in operation.variable_definitions:
        name = definition.variable.name.value
        default = definition.default_value
        if name in variables:
            value = variables[name]
        else:
            value = int(default.value) if isinstance(default, IntValueNode) else None
        # A value of another type is refused later, whatever it costs.
        sizes[name] = value if isinstance(value, int | float) else limits.page_size
    return sizes


def _bounded(number: float, most: int) -> int:
    # Resolvers refuse what lies outside, so it costs nothing more.
    return int(max(0, min(most, number)))


class _Walk:
    """One walk over an operation, from the leaves up: what a selection costs on one object."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        sizes: Mapping[str, float],
        limits: Limits,
    ) -> None:
        self.schema, self.fragments, self.sizes, self.limits = schema, fragments, sizes, limits
        self.used_variables = False
        self._known: dict[tuple[str, int | None], int] = {}
        self._known_places: dict[str, int] = {}

    def selection_set(self, selections: SelectionSetNode, parent: Any, connection_size: int | None) -> int:
        """The cost on one object of the type ``parent``; a connection has items ``connection_size`` times."""
        cost = 0
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                cost += self._field(selection, parent, connection_size)
            elif isinstance(selection, FragmentSpreadNode):
                cost += self._spread(selection.name.value, connection_size)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                inner = parent if condition is None else self.schema.get_type(condition.name.value)
                cost += self.selection_set(selection.selection_set, inner, connection_size)
        return cost

    def places(self, selections: SelectionSetNode, parent: Any) -> int:
        """What places of the document cost once, those of a fragment wherever it is spread."""
        cost = 0
        for selection in selections.selections:
            if isinstance(selection, FragmentSpreadNode):
                cost += self._spread_places(selection.name.value)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                inner = parent if condition is None else self.schema.get_type(condition.name.value)
                cost += self.places(selection.selection_set, inner)
            elif isinstance(selection, FieldNode):
                cost += self._place(selection, parent)
        return cost

    def _place(self, node: FieldNode, parent: Any) -> int:
        own = COUNT_COST * ((parent.name, node.name.value) in COUNTED)
        if node.selection_set is None:
            return own
        field = get_field_def(self.schema, parent, node)
        assert field is not None  # noqa: S101 - the document is valid
        named = get_named_type(field.type)
        is_filtered = named.name in FILTERED and any(argument.name.value == "filter" for argument in node.arguments)
        return own + FILTER_COST * is_filtered + self.places(node.selection_set, named)

    def _spread_places(self, name: str) -> int:
        if name not in self._known_places:
            fragment = self.fragments[name]
            parent = self.schema.get_type(fragment.type_condition.name.value)
            self._known_places[name] = self.places(fragment.selection_set, parent)
        return self._known_places[name]

    def _spread(self, name: str, connection_size: int | None) -> int:
        key = (name, connection_size)
        if key not in self._known:
            fragment = self.fragments[name]
            parent = self.schema.get_type(fragment.type_condition.name.value)
            self._known[key] = self.selection_set(fragment.selection_set, parent, connection_size)
        return self._known[key]

    def _field(self, node: FieldNode, parent: Any, connection_size: int | None) -> int:
        if node.selection_set is None:
            return RECKONED.get((parent.name, node.name.value), 1)
        field = get_field_def(self.schema, parent, node)
        assert field is not None  # noqa: S101 - the document is valid
        own, size, below = 1, 1, None
        kind: Any = field.type
        if is_non_null_type(kind):
            kind = kind.of_type
        if is_list_type(kind):
            plain = LIST_SIZES.get((parent.name, node.name.value), PLAIN_LIST_SIZE)
            size = plain if connection_size is None else connection_size
        elif "first" in field.args:
            limit = LONG_LISTS.get((parent.name, node.name.value), "list_size")
            own, below = CONNECTION_COST, self._connection_size(node, getattr(self.limits, limit))
        return own + size * self.selection_set(node.selection_set, get_named_type(field.type), below)

    def _connection_size(self, node: FieldNode, most: int) -> int:
        sizes = [
            _bounded(size, most)
            for argument in node.arguments
            if argument.name.value in ("first", "last") and (size := self._size(argument.value)) is not None
        ]
        return max(sizes, default=self.limits.page_size)

    def _size(self, value: ValueNode) -> float | None:
        if isinstance(value, VariableNode):
            self.used_variables = True
            return self.sizes.get(value.name.value)
        return int(value.value) if isinstance(value, IntValueNode) else None
