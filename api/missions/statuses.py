"""The status of a mission that holds today, the one that is announced, and those that it had."""

from datetime import timedelta
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.blocks.types import DatePrecisionEnum
from api.choices import label_of
from api.dates import Date
from api.execution import Deferred
from api.missions.enums import MissionStatus
from api.missions.loaders import StatusHistoryLoader, source_ids
from api.pages.nodes import Node
from api.rows import column, resolver_by_scope
from api.scope import Scope
from home.selectors.today import day_has_come
from home.selectors.visibility import Gate
from missions.models import choices
from missions.schedules import StatusOfDay, status_changes, status_of_day

Row = dict[str, Any]


def _label(row: Row, info: GraphQLResolveInfo) -> str:
    return label_of(choices.MissionStatus, row["status"], row["scope"].locale)


class AnnouncedStatus(graphene.ObjectType):
    """A status that begins on a day to come."""

    status = graphene.NonNull(MissionStatus, description="Whether the mission will be at work.")
    label = graphene.NonNull(
        graphene.String, description="The name of the status in the reader's language.", resolver=_label
    )
    from_ = graphene.NonNull(
        Date, name="from", description="The first day of it, by the ministry's calendar.", resolver=column("since")
    )
    until = Date(description="The last day of it; null where it lasts.")


class MissionStatusChange(graphene.ObjectType):
    """A status that a mission had or has, from some day on."""

    status = graphene.NonNull(MissionStatus, description="Whether the mission was at work.")
    label = graphene.NonNull(
        graphene.String, description="The name of the status in the reader's language.", resolver=_label
    )
    since = graphene.NonNull(Date, description="The day from which; `precision` says how much of it is known.")
    precision = graphene.Field(DatePrecisionEnum, required=True, description="How much of the day is known.")


def _own(facts: Row) -> Row:
    """The status of the page as ``missions.schedules`` takes it."""
    return {
        "status": facts["status"],
        "since": facts["status_since"],
        "precision": facts["status_precision"],
        "until": facts["status_until"],
    }


def _begun(facts: Row, gate: Gate) -> list[StatusOfDay]:
    """The statuses of the page that have begun. Where one is to come, the answer lasts until it begins."""
    found = []
    for change in status_changes(**_own(facts)):
        if change.since is not None and not day_has_come(change.since, gate):
            break
        found.append(change)
    return found


def _now(node: Node, gate: Gate) -> StatusOfDay:
    facts = node["facts"]
    begun = _begun(facts, gate)
    if begun:
        return begun[-1]
    return status_of_day(**_own(facts), day=facts["status_since"] - timedelta(days=1))


def resolve_status(node: Node, info: GraphQLResolveInfo) -> str:
    """The status that holds today."""
    return _now(node, info.context.gate).status


def resolve_status_label(node: Node, info: GraphQLResolveInfo) -> str:
    """The name of the status that holds today."""
    return label_of(choices.MissionStatus, _now(node, info.context.gate).status, node["scope"].locale)


def resolve_status_since(node: Node, info: GraphQLResolveInfo) -> Any:
    """Since when the status of today holds, as far as that is known."""
    return _now(node, info.context.gate).since


def resolve_status_precision(node: Node, info: GraphQLResolveInfo) -> str | None:
    """How much of that day is known."""
    now = _now(node, info.context.gate)
    return None if now.since is None else now.precision


def resolve_status_until(node: Node, info: GraphQLResolveInfo) -> Any:
    """The last day of the status of today, where an end of it is known."""
    return _now(node, info.context.gate).until


def resolve_announced_status(node: Node, info: GraphQLResolveInfo) -> Row | None:
    """The status that begins later."""
    following = _now(node, info.context.gate).following
    return None if following is None else _row(following, node["scope"])


@resolver_by_scope
def resolve_status_history(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Deferred[list[list[Row]]]:
    """The changes of status until today."""
    gate = info.context.gate
    earlier = info.context.loaders.get(StatusHistoryLoader, scope, gate).load_many(source_ids(nodes))

    def with_own(found: list[list[Row]]) -> list[list[Row]]:
        return [
            [*rows, *(_row(change, scope) for change in _begun(node["facts"], gate) if change.since is not None)]
            for node, rows in zip(nodes, found, strict=True)
        ]

    return earlier.then(with_own)


def _row(status: StatusOfDay, scope: Scope) -> Row:
    return {
        "status": status.status,
        "since": status.since,
        "precision": status.precision,
        "until": status.until,
        "scope": scope,
    }
