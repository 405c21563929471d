"""The status of a mission that holds today, and the one that is announced."""

from datetime import timedelta
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.choices import label_of
from api.dates import Date
from api.missions.enums import MissionStatus
from api.pages.nodes import Node
from home.selectors.today import day_has_come
from home.selectors.visibility import Gate
from missions.models import choices
from missions.schedules import status_on

Row = dict[str, Any]


class AnnouncedStatus(graphene.ObjectType):
    """A status that begins on a day to come."""

    status = graphene.NonNull(MissionStatus, description="Whether the mission will be at work.")
    label = graphene.NonNull(graphene.String, description="The name of the status in the reader's language.")
    from_ = graphene.NonNull(Date, name="from", description="The first day of it, by the ministry's calendar.")

    def resolve_status(self: Row, info: GraphQLResolveInfo) -> str:
        return str(self["facts"]["status"])

    def resolve_label(self: Row, info: GraphQLResolveInfo) -> str:
        return label_of(choices.MissionStatus, self["facts"]["status"], self["scope"].locale)

    def resolve_from_(self: Row, info: GraphQLResolveInfo) -> Any:
        return self["facts"]["status_since"]


def _is_ahead(facts: Row, gate: Gate) -> bool:
    """Whether the status is announced alone. Then the answer lasts until it begins."""
    since = facts["status_since"]
    return since is not None and not day_has_come(since, gate)


def _status(node: Node, gate: Gate) -> str:
    facts = node["facts"]
    if not _is_ahead(facts, gate):
        return str(facts["status"])
    return status_on(status=facts["status"], since=facts["status_since"], day=facts["status_since"] - timedelta(days=1))


def resolve_status(node: Node, info: GraphQLResolveInfo) -> str:
    """The status that holds today."""
    return _status(node, info.context.gate)


def resolve_status_label(node: Node, info: GraphQLResolveInfo) -> str:
    """The name of the status that holds today."""
    return label_of(choices.MissionStatus, _status(node, info.context.gate), node["scope"].locale)


def resolve_status_since(node: Node, info: GraphQLResolveInfo) -> Any:
    """Since when the status of today holds, as far as that is known."""
    return None if _is_ahead(node["facts"], info.context.gate) else node["facts"]["status_since"]


def resolve_announced_status(node: Node, info: GraphQLResolveInfo) -> Node | None:
    """The mission itself, where its status begins later."""
    return node if _is_ahead(node["facts"], info.context.gate) else None
