"""The root fields of travel advice: the list of sheets, and what has changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import (
    Connection,
    ListOrder,
    Position,
    connection_arguments,
    connection_type,
    connections_of_lists,
    page_arguments,
)
from api.context import GraphQLContext
from api.errors import BadUserInput
from api.execution import Deferred
from api.locales import scope_arguments, scope_from
from api.pages.nodes import Node, nodes_from
from api.pages.translations import nodes_in_states, status_filter, statuses_from
from api.regions.arguments import codes_checked, list_resolver
from api.scope import Scope
from api.travel.advice import TravelAdvice
from api.travel.changes import changed_at_load, changes_connection, changes_field
from api.travel.levels import AlertLevel
from home.language.collation import collation_key
from travel.selectors.advice import AdviceCriteria, advice_rows_shown

_MAX_TEXT = 200
_ORDERS = {
    "NAME_ASC": "By title, as people of the reader's language sort.",
    "NAME_DESC": "By title, backwards.",
    "LEVEL_DESC": "The highest alert level first, and those of one level by title.",
    "LEVEL_ASC": "The lowest alert level first, and those of one level by title.",
    "CHANGED_DESC": "By `changedAt`, the newest first.",
    "CHANGED_ASC": "By `changedAt`, the oldest first.",
}
TravelAdviceOrder = graphene.Enum.from_enum(
    Enum("TravelAdviceOrderValue", {name: name for name in _ORDERS}),
    name="TravelAdviceOrder",
    description=lambda value: _ORDERS[value.value] if value else "Orders of lists of travel advice.",
)


class TravelAdviceFilter(graphene.InputObjectType):
    """Narrows a list of travel advice; all given conditions must hold, and one value of each list is enough."""

    country = graphene.List(graphene.NonNull(graphene.String), description="ISO 3166-1 alpha-2 codes of countries.")
    level = graphene.List(graphene.NonNull(AlertLevel), description="Levels of the country as a whole.")
    min_level = graphene.Field(AlertLevel, description="This level of the country as a whole, or a higher one.")
    text = graphene.String(description=f"Words that all stand in the advice; up to {_MAX_TEXT} characters.")
    translation_status = status_filter("sheets")


TravelAdviceConnection = connection_type("TravelAdvice", TravelAdvice, "sheets of travel advice")


def _criteria(values: dict[str, Any]) -> AdviceCriteria:
    """The checked filter. Raises BadUserInput."""
    text, levels, least = values.get("text"), values.get("level"), values.get("min_level")
    if text is not None and len(text) > _MAX_TEXT:
        raise BadUserInput(f"`text` may have {_MAX_TEXT} characters.")
    return AdviceCriteria(
        countries=codes_checked(values.get("country"), length=2),
        levels=None if levels is None else tuple(dict.fromkeys(level.value for level in levels)),
        min_level=None if least is None else least.value,
        text=text,
    )


def _list_order(name: str, scope: Scope) -> ListOrder:
    is_descending = name.endswith("_DESC")

    def title(node: Node) -> str:
        return collation_key(node["title"], scope.locale)

    if name.startswith("LEVEL"):
        sign = -1 if is_descending else 1
        position: Callable[[Node], Position] = lambda node: (  # noqa: E731 - one of three
            sign * node["facts"]["level"],
            title(node),
            node["translation_key"],
        )
        return ListOrder(name, position, (int, str, str))
    if name.startswith("CHANGED"):
        return ListOrder(name, lambda node: (node["changed"], node["translation_key"]), (str, str), is_descending)
    return ListOrder(name, lambda node: (title(node), node["translation_key"]), (str, str), is_descending)


def _with_moments(context: GraphQLContext) -> Callable[[list[Node]], Deferred[list[Node]]]:
    """What notes on each sheet when it changed, as text that sorts."""

    def note(nodes: list[Node]) -> Deferred[list[Node]]:
        def noted(moments: list[datetime | None]) -> list[Node]:
            for node, moment in zip(nodes, moments, strict=True):
                node["changed"] = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}" if moment else ""
            return nodes

        return Deferred.all([changed_at_load(context, node) for node in nodes]).then(noted)

    return note


def _advice_connection(
    context: GraphQLContext,
    scope: Scope,
    *,
    filter: dict[str, Any] | None = None,  # noqa: A002 - the argument's name
    order_by: Any = None,
    **arguments: Any,
) -> Connection:
    """The connection over all sheets. Raises BadUserInput."""
    criteria = _criteria(filter or {})
    order = order_by.value
    connect = connections_of_lists(order=_list_order(order, scope), arguments=page_arguments(**arguments))
    in_states = nodes_in_states(context, scope, statuses_from(filter))

    def read() -> Deferred[list[Node]]:
        rows = advice_rows_shown(gate=context.gate, chain=scope.chain, criteria=criteria)
        nodes = Deferred.resolved(nodes_from(rows, type_name="TravelAdvice", scope=scope, gate=context.gate))
        narrowed = nodes.then(in_states)
        return narrowed.then(_with_moments(context)) if order.startswith("CHANGED") else narrowed

    kept: list[Deferred[list[Node]]] = []

    def read_once() -> Deferred[list[Node]]:
        if not kept:
            kept.append(read())
        return kept[0]

    return connect(read_once)


def resolve_travel_advice(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """Every sheet."""
    scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
    return _advice_connection(info.context, scope, **arguments)


def resolve_travel_advice_changes(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """What has changed."""
    scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
    return changes_connection(info.context, scope, arguments)


class TravelQuery:
    """The root fields of travel advice."""

    travel_advice = graphene.Field(
        TravelAdviceConnection,
        description="Travel advice, one sheet for each country.",
        resolver=list_resolver(resolve_travel_advice, TravelAdviceOrder.get("NAME_ASC")),
        **scope_arguments(),
        **connection_arguments(),
        filter=graphene.Argument(TravelAdviceFilter, description="Narrows the list."),
        order_by=graphene.Argument(
            TravelAdviceOrder, default_value=TravelAdviceOrder.get("NAME_ASC"), description="The order of the list."
        ),
    )
    travel_advice_changes = changes_field(resolve_travel_advice_changes, **scope_arguments())
