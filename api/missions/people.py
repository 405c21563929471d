"""The types ``Person`` and ``PersonIndex``, and lists of people."""

from enum import Enum
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.connections import Connection, connection_arguments, connection_type, connections_of_lists, page_arguments
from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.locales import scope_arguments, scope_from
from api.missions.offices import Office, OfficeKind, PersonPost, offices_load, posts_load
from api.missions.organisations import name_order
from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface
from api.pages.lookup import page_by_id
from api.pages.nodes import Node, nodes_from
from api.records import fact_page, text_or_none
from api.regions.arguments import codes_checked, list_resolver, text_checked, values_of
from api.regions.countries import Country
from api.rows import resolver_by_scope
from api.scope import Scope
from home.language.analysis import spelling
from home.selectors.today import today_of
from home.selectors.visibility import Gate
from missions.selectors.people import PeopleCriteria, people_rows_shown


class Person(PageContent, graphene.ObjectType):
    """Somebody who holds, or held, an office. The title is the name; the picture is the portrait."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    courtesy_title = graphene.String(
        description="What stands before the name: S. M. le Roi, Mme, H.E.; null where nothing does.",
        resolver=text_or_none("courtesy_title"),
    )
    nationality = graphene.Field(
        Country,
        description="Whose offices the person holds; null for our own.",
        resolver=fact_page("Country", "nationality__translation_key"),
    )
    offices = graphene.List(
        graphene.NonNull(Office),
        required=True,
        description="The offices that the person holds or held elsewhere than at a mission, in the editors' order.",
    )
    posts = graphene.List(
        graphene.NonNull(PersonPost),
        required=True,
        description="The posts that the person holds or held at missions, the latest first.",
    )

    @staticmethod
    @resolver_by_scope
    def resolve_offices(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Any:
        return offices_load(info.context, [node["translation_key"] for node in nodes], scope)

    @staticmethod
    @resolver_by_scope
    def resolve_posts(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo) -> Any:
        return posts_load(info.context, [node["translation_key"] for node in nodes], scope)


class PersonIndex(PageContent, graphene.ObjectType):
    """The page that holds the people."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)


class _PersonOrder(Enum):
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"


PersonOrder = graphene.Enum.from_enum(
    _PersonOrder,
    name="PersonOrder",
    description=lambda value: (
        {"NAME_ASC": "By name, as people of the reader's language sort.", "NAME_DESC": "By name, backwards."}[
            value.value
        ]
        if value
        else "Orders of lists of people."
    ),
)


class PersonFilter(graphene.InputObjectType):
    """Narrows a list of people; all given conditions must hold, and one value of each list is enough."""

    text = graphene.String(description="Part of the name; case and accents do not count.")
    country = graphene.List(
        graphene.NonNull(graphene.String),
        description="ISO 3166-1 alpha-2 codes of the countries whose offices they hold or held.",
    )
    current_office = graphene.List(
        graphene.NonNull(OfficeKind), description="Kinds of offices that they hold today, posts at missions left out."
    )


PersonConnection = connection_type("Person", Person, "people")


class PeopleLoader(BatchLoader[PeopleCriteria, list[Node]]):
    """The people that meet some criteria."""

    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def batch_load(self, keys: list[PeopleCriteria]) -> list[list[Node]]:
        return [self._read(criteria) for criteria in keys]

    def _read(self, criteria: PeopleCriteria) -> list[Node]:
        rows = people_rows_shown(gate=self.gate, chain=self.scope.chain, criteria=criteria)
        return nodes_from(rows, type_name="Person", scope=self.scope, gate=self.gate)


def people_connection(
    context: GraphQLContext,
    scope: Scope,
    *,
    filter: dict[str, Any] | None = None,  # noqa: A002 - the argument's name
    order_by: Any,
    **arguments: Any,
) -> Connection:
    """The connection over the people. Raises BadUserInput."""
    values = filter or {}
    offices, text = values_of(values.get("current_office")), text_checked(values.get("text"))
    criteria = PeopleCriteria(
        countries=codes_checked(values.get("country"), length=2),
        offices=offices,
        today=None if offices is None else today_of(context.gate),
    )
    connect = connections_of_lists(order=name_order(order_by.value, scope), arguments=page_arguments(**arguments))
    part = None if text is None else spelling(text)

    def keep(nodes: list[Node]) -> list[Node]:
        if part is None:
            return nodes
        return [node for node in nodes if part and part in spelling(node["title"])]

    loader = context.loaders.get(PeopleLoader, scope, context.gate)
    return connect(lambda: loader.load(criteria).then(keep))


def resolve_people(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Connection:
    """Everybody."""
    scope = scope_from(arguments.pop("locale", None), arguments.pop("fallback", None))
    return people_connection(info.context, scope, **arguments)


class PeopleQuery:
    """The root fields of people."""

    people = graphene.Field(
        PersonConnection,
        description="The people who hold, or held, an office.",
        resolver=list_resolver(resolve_people, _PersonOrder.NAME_ASC),
        **scope_arguments(),
        **connection_arguments(),
        filter=graphene.Argument(PersonFilter, description="Narrows the list."),
        order_by=graphene.Argument(
            PersonOrder, default_value=_PersonOrder.NAME_ASC, description="The order of the list."
        ),
    )
    person = graphene.Field(
        Person,
        description="A person by the global id, in the language that the id was given for.",
        id=graphene.Argument(graphene.ID, required=True, description="A global id that this API gave."),
    )

    @staticmethod
    def resolve_person(_root: None, info: GraphQLResolveInfo, id: str) -> Deferred[Node]:  # noqa: A002 - its name
        return page_by_id(info.context, id, type_name="Person")
