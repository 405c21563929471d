"""Lists of missions: their orders and cursors, and the connections of the root, of countries and of organisations."""

from collections.abc import Callable
from enum import Enum
from functools import partial
from math import isfinite
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import (
    Connection,
    ConnectionPart,
    ListOrder,
    Position,
    connection_arguments,
    connection_of,
    connection_part,
    connection_type,
    connections_of_lists,
    cursor_decode,
    page_arguments,
    rows_wanted,
)
from api.context import GraphQLContext
from api.errors import BadUserInput
from api.execution import BatchLoader
from api.limits.settings import limits
from api.missions.arguments import MissionFilter, mission_criteria
from api.pages.nodes import Node, nodes_from
from api.rows import resolver_by_scope
from api.scope import Scope
from home.language.collation import collation_key
from home.selectors.keys import Key
from home.selectors.today import today_of
from home.selectors.visibility import Gate
from missions.models.choices import MissionKind
from missions.selectors.missions import MissionCriteria, MissionSlice, mission_count_shown, mission_rows_shown
from missions.selectors.missions_of_places import mission_rows_of_places


class _MissionOrder(Enum):
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    COUNTRY_ASC = "COUNTRY_ASC"
    COUNTRY_DESC = "COUNTRY_DESC"
    DISTANCE_ASC = "DISTANCE_ASC"


_ORDER_DESCRIPTIONS = {
    "NAME_ASC": "By name, as people of the reader's language sort.",
    "NAME_DESC": "By name, backwards.",
    "COUNTRY_ASC": "By the name of the country that it stands in or comes from, then by its own.",
    "COUNTRY_DESC": "By country and name, backwards.",
    "DISTANCE_ASC": "The nearest first; with `near` alone.",
}
MissionOrder = graphene.Enum.from_enum(
    _MissionOrder,
    name="MissionOrder",
    description=lambda value: _ORDER_DESCRIPTIONS[value.value] if value else "Orders of lists of missions.",
)
# What cursors of each order hold.
_TYPES: dict[str, tuple[type, ...]] = {
    "name": (str, int),
    "country": (str, str, int),
    "distance": (float, int),
}
# The places of kinds in the lists of countries: embassies first.
_KINDS = {kind.value: place for place, kind in enumerate(MissionKind)}


def _distance(edge: dict[str, Any], info: GraphQLResolveInfo) -> float | None:
    kilometres = edge["node"].get("distance_km")
    return None if kilometres is None else round(kilometres, 3)


MissionConnection = connection_type(
    "Mission",
    "api.missions.missions.Mission",
    "missions",
    distance_km=graphene.Float(
        description="How far it is from the place of the filter `near`, in kilometres; null without one.",
        resolver=_distance,
    ),
)


def _point(cursor: str | None, order: str, by: str) -> Position | None:
    position = cursor_decode(cursor, order=order, types=_TYPES[by])
    for value in position or ():
        if not _is_sound(value):
            raise BadUserInput("The cursor is malformed.")
    return position


def _is_sound(value: Any) -> bool:
    """Whether a database can compare with it: text that can be written as UTF-8, numbers that it has."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return isfinite(value) if isinstance(value, float) else 0 < value < 2**63


def missions_connection(context: GraphQLContext, scope: Scope, arguments: dict[str, Any]) -> Connection:
    """The connection over all missions. Raises BadUserInput."""
    gate = context.gate
    criteria = mission_criteria(arguments.pop("filter", None))
    order = (arguments.pop("order_by", None) or _MissionOrder.NAME_ASC).value
    by = order.partition("_")[0].lower()
    if by == "distance" and criteria.near is None:
        raise BadUserInput("The order by distance needs `near`.")
    wanted = page_arguments(**arguments, most=limits().directory_size)
    part = MissionSlice(
        limit=rows_wanted(wanted, context.names),
        by=by,
        is_reversed=order.endswith("_DESC"),
        after=_point(wanted.after, order, by),
        before=_point(wanted.before, order, by),
        from_end=wanted.from_end,
    )
    today = today_of(gate) if criteria.hangs_on_today else None
    asked: dict[str, Any] = {"gate": gate, "chain": scope.chain, "criteria": criteria, "today": today}
    gate.listed.add("Mission")

    def read_part() -> ConnectionPart:
        nodes = nodes_from(mission_rows_shown(**asked, part=part), type_name="Mission", scope=scope, gate=gate)
        return connection_part(nodes, position=lambda node, _place: node["position"], order=order, arguments=wanted)

    return connection_of(read_part, read_count=lambda: mission_count_shown(**asked))


class MissionsOfPlacesLoader(BatchLoader[Key, list[Node]]):
    """The missions of countries or of organisations by translation key. The same statements, however many places."""

    def __init__(self, place: str, scope: Scope, gate: Gate, criteria: MissionCriteria) -> None:
        self.place, self.scope, self.gate, self.criteria = place, scope, gate, criteria

    def batch_load(self, keys: list[Key]) -> dict[Key, list[Node]]:
        found = mission_rows_of_places(
            place=self.place,
            keys=keys,
            gate=self.gate,
            chain=self.scope.chain,
            criteria=self.criteria,
            today=today_of(self.gate),
        )
        every = [row for rows in found.values() for row in rows]
        nodes_from(every, type_name="Mission", scope=self.scope, gate=self.gate)
        return found

    def missing(self, key: Key) -> list[Node]:
        return []


def _order_of_place(scope: Scope) -> ListOrder:
    def position(node: Node) -> Position:
        name = collation_key(node["title"], scope.locale)
        return (int(not node["is_resident"]), _KINDS.get(node["facts"]["kind"], len(_KINDS)), name, node["id"])

    return ListOrder("MISSIONS_OF_PLACE", position, (int, int, str, int))


def _resolver(place: str) -> Callable[..., Any]:
    @resolver_by_scope
    def resolve(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any) -> list[Connection]:
        criteria = mission_criteria(arguments.pop("filter", None), within_country=place == "country")
        connect = connections_of_lists(order=_order_of_place(scope), arguments=page_arguments(**arguments))
        loader = info.context.loaders.get(MissionsOfPlacesLoader, place, scope, info.context.gate, criteria)
        info.context.gate.listed.add("Mission")
        return [connect(partial(loader.load, node["translation_key"])) for node in nodes]

    return resolve


def missions_of_place_field(place: str, *, description: str) -> graphene.Field:
    """The field ``missions`` of a ``country`` or an ``organisation``."""
    return graphene.Field(
        MissionConnection,
        description=description,
        resolver=_resolver(place),
        **connection_arguments(),
        filter=graphene.Argument(MissionFilter, description="Narrows the list."),
    )


def missions_field(resolver: Any, *, description: str, **arguments: Any) -> graphene.Field:
    """The connection over all missions."""
    return graphene.Field(
        MissionConnection,
        description=description,
        resolver=resolver,
        **arguments,
        **connection_arguments(limits().directory_size),
        filter=graphene.Argument(MissionFilter, description="Narrows the list."),
        order_by=graphene.Argument(
            MissionOrder, default_value=_MissionOrder.NAME_ASC, description="The order of the list."
        ),
    )
