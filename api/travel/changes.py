"""The type ``TravelAdviceChange``: the history of a sheet, and the list of what has changed anywhere."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import (
    Connection,
    ConnectionPart,
    PageArguments,
    Position,
    connection_arguments,
    connection_of,
    connection_part,
    connection_type,
    cursor_decode,
    page_arguments,
    rows_wanted,
)
from api.context import GraphQLContext
from api.errors import BadUserInput
from api.execution import BatchLoader, Deferred
from api.locales import LocaleCode
from api.pages.nodes import Node, node_load
from api.regions.arguments import codes_checked
from api.rows import column
from api.scope import Scope
from api.travel.levels import WithLevel
from home.selectors.keys import Key
from home.selectors.visibility import Gate
from travel.selectors.changes import (
    HISTORY_LENGTH,
    ChangeCriteria,
    ChangeSlice,
    change_count_shown,
    change_moments,
    change_notes_by_sheets,
    change_rows_by_sheets,
    change_rows_shown,
)

_ORDER = "PUBLISHED_DESC"
# Beyond these years databases have no moments, or none in every time zone.
_YEARS = range(1900, 9000)


class TravelAdviceChange(WithLevel, graphene.ObjectType):
    """A publication of travel advice: what was said, and when."""

    published_at = graphene.DateTime(required=True, description="When it was published.")
    note = graphene.String(
        description="What has changed; null for a first publication without words, and where nothing has changed.",
    )
    is_minor = graphene.Boolean(
        required=True, description="Whether it is a correction, of which readers need not be told."
    )
    locale = graphene.Field(
        LocaleCode,
        required=True,
        description="The language of the note: that of the translation once it is public, before that of the source.",
        resolver=column("locale_code"),
    )
    advice = graphene.Field(
        "api.travel.advice.TravelAdvice", required=True, description="The travel advice as it stands now."
    )

    def resolve_note(self: Node, info: GraphQLResolveInfo) -> str | None:
        return self["note"] or None

    def resolve_advice(self: Node, info: GraphQLResolveInfo) -> Any:
        return node_load(info.context, type_name="TravelAdvice", key=self["sheet_key"], scope=self["scope"])


class HistoryLoader(BatchLoader[Key, list[Node]]):
    """The latest changes of sheets by translation key. One statement."""

    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def batch_load(self, keys: list[Key]) -> dict[Key, list[Node]]:
        found = change_rows_by_sheets(keys=keys, gate=self.gate, chain=self.scope.chain)
        return {key: _in_scope(rows, self.scope) for key, rows in found.items()}

    def missing(self, key: Key) -> list[Node]:
        return []


class ChangeNoteLoader(BatchLoader[Key, tuple[str | None, str | None]]):
    """Language and note of the latest change of sheets by translation key. One statement."""

    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def batch_load(self, keys: list[Key]) -> dict[Key, tuple[str | None, str | None]]:
        return {**change_notes_by_sheets(keys=keys, gate=self.gate, chain=self.scope.chain)}

    def missing(self, key: Key) -> tuple[str | None, str | None]:
        return (None, None)


def change_note_load(context: GraphQLContext, node: Node) -> Deferred[tuple[str | None, str | None]]:
    """Language and note of the latest change of a sheet; two Nones where the chain has no word on it."""
    loader = context.loaders.get(ChangeNoteLoader, node["scope"], context.gate)
    return loader.load(node["translation_key"])


class ChangeMomentLoader(BatchLoader[int, datetime | None]):
    """When readers were last told of something new, by the id of the source's page. One statement."""

    def batch_load(self, keys: list[int]) -> dict[int, datetime | None]:
        return {**change_moments(source_ids=keys)}


def changed_at_load(context: GraphQLContext, node: Node) -> Deferred[datetime | None]:
    """When a sheet last changed in more than a correction; its first publication where nobody has kept a history."""
    facts = node["facts"]
    moment = context.loaders.get(ChangeMomentLoader).load(facts["id"])
    return moment.then(lambda found: found or facts["first_published_at"])


def _in_scope(rows: list[Node], scope: Scope) -> list[Node]:
    for row in rows:
        row["scope"] = scope
    return rows


TravelAdviceChangeConnection = connection_type(
    "TravelAdviceChange", TravelAdviceChange, "changes of travel advice, the newest first"
)
HISTORY_DESCRIPTION = (
    f"The latest {HISTORY_LENGTH} publications, minor ones among them, the newest first; `travelAdviceChanges` has all."
)


@dataclass(frozen=True, slots=True)
class _ChangeList:
    """The checked arguments of a list of changes, and what they ask the selectors for."""

    criteria: ChangeCriteria
    arguments: PageArguments
    part: ChangeSlice

    def connection_part(self, rows: list[Node], scope: Scope) -> ConnectionPart:
        return connection_part(_in_scope(rows, scope), position=_position, order=_ORDER, arguments=self.arguments)


def _position(row: Node, _place: int) -> Position:
    return (row["published_at"].astimezone(UTC).isoformat(), row["id"])


def _moment_checked(moment: datetime | None, message: str) -> datetime | None:
    if moment is None:
        return None
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise BadUserInput(message)
    return moment


def _point(cursor: str | None) -> tuple[datetime, int] | None:
    position = cursor_decode(cursor, order=_ORDER, types=(str, int))
    if position is None:
        return None
    malformed = "The cursor is malformed."
    try:
        moment = _moment_checked(datetime.fromisoformat(position[0]), malformed)
    except ValueError:
        raise BadUserInput(malformed) from None
    if moment is None or not 0 < position[1] < 2**63:
        raise BadUserInput(malformed)
    return moment, position[1]


def _change_list(
    *,
    names: frozenset[str] | None,
    since: datetime | None = None,
    country: list[str] | None = None,
    major_only: bool | None = True,
    **given: Any,
) -> _ChangeList:
    """Raises BadUserInput."""
    criteria = ChangeCriteria(
        since=_moment_checked(since, "`since` must be a moment with its time zone, such as 2026-01-31T00:00:00Z."),
        countries=codes_checked(country, length=2),
        major_only=major_only is not False,
    )
    arguments = page_arguments(**given)
    part = ChangeSlice(
        limit=rows_wanted(arguments, names),
        after=_point(arguments.after),
        before=_point(arguments.before),
        from_end=arguments.from_end,
    )
    return _ChangeList(criteria=criteria, arguments=arguments, part=part)


def changes_connection(context: GraphQLContext, scope: Scope, arguments: dict[str, Any]) -> Connection:
    """The connection over what has changed anywhere. Raises BadUserInput."""
    wanted = _change_list(names=context.names, **arguments)
    # Sheets may come and go: an answer without any says so too.
    context.gate.listed.add("TravelAdvice")

    def read_part() -> ConnectionPart:
        rows = change_rows_shown(gate=context.gate, chain=scope.chain, criteria=wanted.criteria, part=wanted.part)
        return wanted.connection_part(rows, scope)

    return connection_of(
        read_part,
        read_count=lambda: change_count_shown(gate=context.gate, chain=scope.chain, criteria=wanted.criteria),
    )


def changes_field(resolver: Any, **arguments: Any) -> graphene.Field:
    """The root field ``travelAdviceChanges``."""
    return graphene.Field(
        TravelAdviceChangeConnection,
        description="What has changed in travel advice, the newest first.",
        resolver=resolver,
        **arguments,
        **connection_arguments(),
        since=graphene.Argument(
            graphene.DateTime, description="Only changes of this moment and later; with its time zone."
        ),
        country=graphene.List(
            graphene.NonNull(graphene.String), description="ISO 3166-1 alpha-2 codes of countries, for example MX."
        ),
        major_only=graphene.Argument(
            graphene.Boolean, default_value=True, description="Whether to leave out minor changes."
        ),
    )
