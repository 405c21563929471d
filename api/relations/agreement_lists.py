"""The register of agreements: filter, orders, cursors, facets, and the connections of the root and of places."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import (
    Connection,
    ConnectionPart,
    Lists,
    PageArguments,
    Position,
    connection_arguments,
    connection_part,
    connection_type,
    of_lists,
    page_arguments,
    rows_wanted,
)
from api.context import GraphQLContext
from api.dates import Date
from api.execution import BatchLoader, Deferred
from api.locales import scope_arguments, scope_from
from api.pages.nodes import Node, nodes_from
from api.place_lists import PlacePartsLoader, day_cursor
from api.regions.arguments import acronyms_checked, codes_checked, date_range_checked, text_checked, values_of
from api.relations.choices import AgreementField, AgreementKind, AgreementStageKind
from api.relations.facets import AgreementFacets, FacetCounts
from api.rows import resolver_by_scope
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.today import today_of
from home.selectors.visibility import Gate
from relations.selectors import places as sorts
from relations.selectors.agreements import (
    AgreementCriteria,
    agreement_count_shown,
    agreement_facets,
    agreement_place_counts,
    agreement_place_rows,
    agreement_rows_shown,
)
from relations.selectors.places import Places
from relations.selectors.slices import Slice


class _AgreementOrder(Enum):
    DATE_DESC = "DATE_DESC"
    DATE_ASC = "DATE_ASC"


AgreementOrder = graphene.Enum.from_enum(
    _AgreementOrder,
    name="AgreementOrder",
    description=lambda value: (
        {"DATE_DESC": "The latest signed first.", "DATE_ASC": "The earliest signed first."}[value.value]
        if value
        else "Orders of lists of agreements; the first stage counts where nothing is signed."
    ),
)


class AgreementFilter(graphene.InputObjectType):
    """Narrows a list of agreements; all given conditions must hold, and one value of each list is enough."""

    text = graphene.String(description="Words that all stand in the agreement; up to 200 characters.")
    field = graphene.List(graphene.NonNull(AgreementField), description="What they are about.")
    kind = graphene.List(graphene.NonNull(AgreementKind), description="What they call themselves.")
    status = graphene.List(graphene.NonNull(AgreementStageKind), description="Where they stand today.")
    country = graphene.List(
        graphene.NonNull(graphene.String), description="ISO 3166-1 alpha-2 codes of countries that are parties."
    )
    organisation = graphene.List(
        graphene.NonNull(graphene.String), description="Acronyms of organisations that are parties, in any language."
    )
    signed_from = Date(
        description="The first day of the signature; a month or a year that may lie within the days does."
    )
    signed_to = Date(description="The last day of the signature, included.")


@dataclass(frozen=True, slots=True)
class _AgreementList:
    """The checked arguments of a connection of agreements, and what they ask the selectors for."""

    criteria: AgreementCriteria
    order: str
    arguments: PageArguments
    part: Slice

    def connection_part(self, nodes: list[Node]) -> ConnectionPart:
        return connection_part(nodes, position=_position, order=self.order, arguments=self.arguments)


def _position(node: Node, _place: int) -> Position:
    return (node["facts"]["day"].isoformat(), node["facts"]["id"])


def _agreement_list(context: GraphQLContext, given: dict[str, Any]) -> _AgreementList:
    """Raises BadUserInput."""
    values = given.pop("filter", None) or {}
    date_range_checked(values.get("signed_from"), values.get("signed_to"), name="signed")
    statuses = values_of(values.get("status"))
    # Nothing else follows from the day: an answer without them may be kept for longer.
    is_of_today = statuses is not None or context.names is None or "facets" in context.names
    criteria = AgreementCriteria(
        today=today_of(context.gate) if is_of_today else None,
        kinds=values_of(values.get("kind")),
        fields=values_of(values.get("field")),
        statuses=statuses,
        countries=codes_checked(values.get("country"), length=2),
        organisations=acronyms_checked(values.get("organisation")),
        signed_from=values.get("signed_from"),
        signed_to=values.get("signed_to"),
        text=text_checked(values.get("text")),
    )
    order = (given.pop("order_by", None) or _AgreementOrder.DATE_DESC).value
    arguments = page_arguments(**given)
    part = Slice(
        limit=rows_wanted(arguments, context.names),
        newest_first=order == _AgreementOrder.DATE_DESC.value,
        after=_point(arguments.after, order),
        before=_point(arguments.before, order),
        from_end=arguments.from_end,
    )
    return _AgreementList(criteria=criteria, order=order, arguments=arguments, part=part)


def _point(cursor: str | None, order: str) -> Any:
    position = day_cursor(cursor, order=order, numbers=1)
    return None if position is None else (position[0], 0, position[1])


class AgreementPartsLoader(PlacePartsLoader):
    """A stretch of the agreements with each of many places."""

    def __init__(self, places: Places, scope: Scope, gate: Gate, wanted: _AgreementList) -> None:
        self.places, self.scope, self.gate, self.wanted, self.parts = places, scope, gate, wanted, {}

    def read(self, places: Collection[Key]) -> dict[Key, list[Node]]:
        rows = agreement_place_rows(
            self.places,
            keys=places,
            gate=self.gate,
            chain=self.scope.chain,
            criteria=self.wanted.criteria,
            part=self.wanted.part,
        )
        every = [row for line in rows.values() for row in line]
        nodes_from(every, type_name="Agreement", scope=self.scope, gate=self.gate)
        return rows


class AgreementCountLoader(BatchLoader[Key, int]):
    """How many agreements there are with each of many places. One statement."""

    def __init__(self, places: Places, scope: Scope, gate: Gate, criteria: AgreementCriteria) -> None:
        self.places, self.scope, self.gate, self.criteria = places, scope, gate, criteria

    def batch_load(self, keys: list[Key]) -> dict[Key, int]:
        self.gate.listed.add("Agreement")
        return agreement_place_counts(
            self.places, keys=keys, gate=self.gate, chain=self.scope.chain, criteria=self.criteria
        )

    def missing(self, key: Key) -> int:
        return 0


class AgreementFacetsLoader(BatchLoader[Key | None, FacetCounts]):
    """The counts by facets of each of many places, or of the whole register by the key None. One statement."""

    def __init__(self, places: Places | None, scope: Scope, gate: Gate, criteria: AgreementCriteria) -> None:
        self.places, self.scope, self.gate, self.criteria = places, scope, gate, criteria

    def batch_load(self, keys: list[Key | None]) -> dict[Key | None, FacetCounts]:
        self.gate.listed.add("Agreement")
        found = agreement_facets(self.places, keys=keys, gate=self.gate, chain=self.scope.chain, criteria=self.criteria)
        return {key: FacetCounts(self.scope, counts) for key, counts in found.items()}


@dataclass(slots=True, eq=False)
class AgreementLists(Lists):
    """Lists of agreements, with their counts by facets."""

    read_facets: Callable[[], Deferred[list[FacetCounts]]] = field(kw_only=True)

    def facets(self) -> Deferred[list[FacetCounts]]:
        """The counts by facets of each list."""
        return self.read_facets()


def agreement_connection(context: GraphQLContext, scope: Scope, arguments: dict[str, Any]) -> Connection:
    """The connection over the whole register. Raises BadUserInput."""
    wanted = _agreement_list(context, arguments)
    context.gate.listed.add("Agreement")

    def read_parts() -> list[ConnectionPart]:
        rows = agreement_rows_shown(gate=context.gate, chain=scope.chain, criteria=wanted.criteria, part=wanted.part)
        return [wanted.connection_part(nodes_from(rows, type_name="Agreement", scope=scope, gate=context.gate))]

    def read_counts() -> list[int]:
        return [agreement_count_shown(gate=context.gate, chain=scope.chain, criteria=wanted.criteria)]

    facets = context.loaders.get(AgreementFacetsLoader, None, scope, context.gate, wanted.criteria)
    lists = AgreementLists(read_parts, read_counts, read_facets=partial(facets.load_many, [None]))
    return Connection(lists, 0)


def _of_places(places: Places) -> Callable[..., Any]:
    @resolver_by_scope
    def resolve(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any) -> list[Connection]:
        context: GraphQLContext = info.context
        wanted = _agreement_list(context, arguments)
        parts = context.loaders.get(AgreementPartsLoader, places, scope, context.gate, wanted)
        counts = context.loaders.get(AgreementCountLoader, places, scope, context.gate, wanted.criteria)
        facets = context.loaders.get(AgreementFacetsLoader, places, scope, context.gate, wanted.criteria)
        keys = tuple(node["translation_key"] for node in nodes)
        lists = AgreementLists(
            partial(parts.load, keys),
            partial(counts.load_many, keys),
            read_facets=partial(facets.load_many, keys),
        )
        return lists.connections(len(keys))

    return resolve


AgreementConnection = connection_type(
    "Agreement",
    "api.relations.agreements.Agreement",
    "agreements",
    of_list={
        "facets": graphene.NonNull(
            AgreementFacets, description="How many agreements of the whole list have which kind, field, status …"
        ),
        "resolve_facets": of_lists(AgreementLists.facets, lambda counts: counts),
    },
)


def agreements_field(resolver: Any, *, description: str, **arguments: Any) -> graphene.Field:
    """A connection of agreements."""
    return graphene.Field(
        AgreementConnection,
        description=description,
        resolver=resolver,
        **arguments,
        **connection_arguments(),
        filter=graphene.Argument(AgreementFilter, description="Narrows the list."),
        order_by=graphene.Argument(
            AgreementOrder, default_value=_AgreementOrder.DATE_DESC, description="The order of the list."
        ),
    )


def country_agreements_field() -> graphene.Field:
    """The field ``agreements`` of a country."""
    return agreements_field(_of_places(sorts.COUNTRIES), description="The agreements that the country is a party to.")


def organisation_agreements_field() -> graphene.Field:
    """The field ``agreements`` of an organisation."""
    return agreements_field(
        _of_places(sorts.ORGANISATIONS), description="The agreements that the organisation is a party to."
    )


def resolve_agreements(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """The whole register."""
    scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
    return agreement_connection(info.context, scope, arguments)


class AgreementsQuery:
    """The root field ``agreements``."""

    agreements = agreements_field(
        resolve_agreements, description="The agreements with other states and organisations.", **scope_arguments()
    )
