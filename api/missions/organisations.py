"""The types ``Organisation`` and ``OrganisationIndex``, and lists of organisations."""

from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.choices import enum_of, label_of
from api.connections import (
    Connection,
    ListOrder,
    connection_arguments,
    connection_type,
    connections_of_lists,
    page_arguments,
)
from api.context import GraphQLContext
from api.dates import Date
from api.errors import NotFound
from api.execution import BatchLoader, Deferred
from api.locales import scope_arguments, scope_from
from api.missions.lists import missions_of_place_field
from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface
from api.pages.nodes import Node, node_lists_load, node_load, nodes_from
from api.record_rows import RowsByIdLoader
from api.records import fact, fact_label, fact_page, resolve_is_current, text_or_none
from api.regions.arguments import acronyms_checked, codes_checked, list_resolver, text_checked, values_of
from api.regions.countries import Country
from api.regions.news_lists import news_of
from api.relations.agreement_lists import organisation_agreements_field
from api.relations.timeline import organisation_timeline_field
from api.rows import resolver_by_scope
from api.scope import Scope
from home.language.analysis import spelling
from home.language.collation import collation_key
from home.selectors.keys import Key
from home.selectors.today import today_of
from home.selectors.visibility import Gate
from missions.models import choices
from missions.selectors.news import NEWS_OF_ORGANISATIONS
from missions.selectors.organisations import (
    organisation_keys_by_acronyms,
    organisation_member_rows,
    organisation_rows_shown,
)

OrganisationKind = enum_of(choices.OrganisationKind, "How far an organisation reaches.")
Standing = enum_of(choices.Standing, "What a state is to an organisation.")


class OrganisationMember(graphene.ObjectType):
    """A country that belongs to an organisation, from when until when."""

    country = graphene.Field(Country, required=True, description="The country.")
    standing = graphene.Field(Standing, required=True, description="What the country is to the organisation.")
    standing_label = graphene.String(
        required=True,
        description="The same in words of the reader's language.",
        resolver=lambda row, _info: _label(row),
    )
    starts_on = Date(description="The first day; null where it is not known.")
    ends_on = Date(description="The last day; null while it lasts.")
    is_current = graphene.Boolean(required=True, description="Whether it holds today.", resolver=resolve_is_current)


def _label(row: Any) -> str:
    return label_of(choices.Standing, row["standing"], row["scope"].locale)


class Organisation(PageContent, graphene.ObjectType):
    """An international or regional organisation: its names, its members, and what we are to it."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    missions = missions_of_place_field(
        "organisation", description="Its own office here, and the missions that are accredited to it today."
    )
    acronym = graphene.String(
        description="In the language of the page; null where there is none.", resolver=text_or_none("acronym")
    )
    formal_name = graphene.String(description="Where it differs from the title.", resolver=text_or_none("formal_name"))
    organisation_kind = graphene.Field(
        OrganisationKind, required=True, description="How far it reaches.", resolver=fact("kind")
    )
    organisation_kind_label = graphene.String(
        required=True,
        description="The name of the kind in the reader's language.",
        resolver=fact_label(choices.OrganisationKind, "kind"),
    )
    seat_city = graphene.String(description="The city of its seat.", resolver=text_or_none("seat_city"))
    seat_country = graphene.Field(
        Country,
        description="The country of its seat.",
        resolver=fact_page("Country", "seat_country__translation_key"),
    )
    website = graphene.String(description="Its own website.", resolver=fact("website"))
    founded_on = Date(description="The day it came into being.", resolver=fact("founded_on"))
    standing = graphene.Field(
        Standing, description="What we are to it; null where we are nothing.", resolver=fact("standing")
    )
    standing_label = graphene.String(
        description="The same in words of the reader's language.", resolver=fact_label(choices.Standing, "standing")
    )
    standing_since = Date(description="The day from which our standing holds.", resolver=fact("standing_since"))
    members = graphene.List(
        graphene.NonNull(OrganisationMember),
        required=True,
        description="The countries that belong to it, and those that did, by name.",
    )
    news = news_of(NEWS_OF_ORGANISATIONS, description="The news about the organisation.")
    agreements = organisation_agreements_field()
    timeline = organisation_timeline_field()

    @staticmethod
    @resolver_by_scope
    def resolve_members(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Any:
        context: GraphQLContext = info.context
        rows = context.loaders.get(RowsByIdLoader, organisation_member_rows).load_many(
            node["facts"]["id"] for node in nodes
        )

        def members(lists: list[list[dict[str, Any]]]) -> Deferred[Any]:
            keys = [[row["country__translation_key"] for row in line] for line in lists]
            countries = node_lists_load(context, type_name="Country", lists=keys, scope=scope)
            return countries.then(
                lambda found: [_members(line, shown, scope) for line, shown in zip(lists, found, strict=True)]
            )

        return rows.then(members)


def _members(rows: list[dict[str, Any]], countries: list[Node], scope: Scope) -> list[dict[str, Any]]:
    shown = {node["translation_key"]: node for node in countries}
    found = [
        {**row, "country": shown[row["country__translation_key"]], "scope": scope}
        for row in rows
        if row["country__translation_key"] in shown
    ]
    return sorted(found, key=lambda row: collation_key(row["country"]["title"], scope.locale))


class OrganisationIndex(PageContent, graphene.ObjectType):
    """The page that holds the organisations."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)


class _OrganisationOrder(Enum):
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"


OrganisationOrder = graphene.Enum.from_enum(
    _OrganisationOrder,
    name="OrganisationOrder",
    description=lambda value: (
        {"NAME_ASC": "By name, as people of the reader's language sort.", "NAME_DESC": "By name, backwards."}[
            value.value
        ]
        if value
        else "Orders of lists of organisations."
    ),
)


class OrganisationFilter(graphene.InputObjectType):
    """Narrows a list of organisations; all given conditions must hold, and one value of each list is enough."""

    kind = graphene.List(graphene.NonNull(OrganisationKind), description="How far they reach.")
    standing = graphene.List(graphene.NonNull(Standing), description="What we are to them.")
    country = graphene.List(
        graphene.NonNull(graphene.String),
        description="ISO 3166-1 alpha-2 codes of countries that belong to them today.",
    )
    text = graphene.String(
        description="Part of the name, of the acronym or of the formal name; case and accents do not count."
    )


OrganisationConnection = connection_type("Organisation", Organisation, "organisations")


class OrganisationsLoader(BatchLoader[tuple[str, ...] | None, list[Node]]):
    """Every organisation by the key None, and those that some countries belong to by the countries' codes."""

    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def batch_load(self, keys: list[tuple[str, ...] | None]) -> list[list[Node]]:
        return [self._read(key) for key in keys]

    def _read(self, codes: tuple[str, ...] | None) -> list[Node]:
        today = None if codes is None else today_of(self.gate)
        rows = organisation_rows_shown(gate=self.gate, chain=self.scope.chain, member_codes=codes, today=today)
        return nodes_from(rows, type_name="Organisation", scope=self.scope, gate=self.gate)


class OrganisationKeyLoader(BatchLoader[str, Key | None]):
    """Translation keys of organisations by acronym in capitals."""

    def __init__(self, chain: tuple[str, ...], gate: Gate) -> None:
        self.chain, self.gate = chain, gate

    def batch_load(self, keys: list[str]) -> dict[str, Key | None]:
        self.gate.listed.add("Organisation")
        return {**organisation_keys_by_acronyms(acronyms=keys, gate=self.gate, chain=self.chain)}


def name_order(name: str, scope: Scope) -> ListOrder:
    """The order of a list of pages by name; those of one name by their keys."""
    return ListOrder(
        name,
        lambda node: (collation_key(node["title"], scope.locale), node["translation_key"]),
        (str, str),
        name.endswith("_DESC"),
    )


def organisation_connection(
    context: GraphQLContext,
    scope: Scope,
    *,
    filter: dict[str, Any] | None = None,  # noqa: A002 - the argument's name
    order_by: Any,
    **arguments: Any,
) -> Connection:
    """The connection over the organisations. Raises BadUserInput."""
    values = filter or {}
    kinds, standings = values_of(values.get("kind")), values_of(values.get("standing"))
    codes, text = codes_checked(values.get("country"), length=2), text_checked(values.get("text"))
    connect = connections_of_lists(order=name_order(order_by.value, scope), arguments=page_arguments(**arguments))
    part = None if text is None else spelling(text)

    def keep(nodes: list[Node]) -> list[Node]:
        return [
            node
            for node in nodes
            if (kinds is None or node["facts"]["kind"] in kinds)
            and (standings is None or node["facts"]["standing"] in standings)
            and (
                part is None
                or (part and any(part in spelling(node[name]) for name in ("title", "acronym", "formal_name")))
            )
        ]

    loader = context.loaders.get(OrganisationsLoader, scope, context.gate)
    return connect(lambda: loader.load(codes).then(keep))


def organisation_by_acronym(context: GraphQLContext, acronym: str, scope: Scope) -> Deferred[Node]:
    """The organisation with an acronym in any language and case. Raises BadUserInput or NotFound."""
    acronyms_checked([acronym])

    def found(node: Node | None) -> Node:
        if node is None:
            raise NotFound("There is no such organisation.")
        return node

    def load(key: Key | None) -> Any:
        return None if key is None else node_load(context, type_name="Organisation", key=key, scope=scope)

    loader = context.loaders.get(OrganisationKeyLoader, scope.chain, context.gate)
    return loader.load(acronym.upper()).then(load).then(found)


def resolve_organisations(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """Every organisation."""
    scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
    return organisation_connection(info.context, scope, **arguments)


class OrganisationsQuery:
    """The root fields of organisations."""

    organisations = graphene.Field(
        OrganisationConnection,
        description="The international and regional organisations.",
        resolver=list_resolver(resolve_organisations, _OrganisationOrder.NAME_ASC),
        **scope_arguments(),
        **connection_arguments(),
        filter=graphene.Argument(OrganisationFilter, description="Narrows the list."),
        order_by=graphene.Argument(
            OrganisationOrder, default_value=_OrganisationOrder.NAME_ASC, description="The order of the list."
        ),
    )
    organisation = graphene.Field(
        Organisation,
        description="An organisation by its acronym.",
        acronym=graphene.Argument(
            graphene.String, required=True, description="In any of its languages and in any case, for example ONU."
        ),
        **scope_arguments(),
    )

    @staticmethod
    def resolve_organisation(_root: None, info: GraphQLResolveInfo, acronym: str, **arguments: Any) -> Deferred[Node]:
        scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
        return organisation_by_acronym(info.context, acronym, scope)
