"""The root fields that answer one page of the floor, or any page by its global id."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.errors import NotFound
from api.execution import Deferred
from api.ids import id_decode
from api.locales import scope_arguments, scope_from
from api.pages.interface import NodeInterface, PageInterface
from api.pages.nodes import PAGE_TYPES, Node, node_from, node_load
from api.pages.types import HomePage
from home.selectors.pages import home_row_shown


def page_by_id(context: GraphQLContext, value: str, *, type_name: str | None = None) -> Deferred[Node]:
    """The page that a global id names, in the language it was asked for in. Raises BadUserInput or NotFound.

    ``type_name`` is the one type that will do.
    """
    wanted = id_decode(value)
    if wanted.type not in PAGE_TYPES or type_name not in (None, wanted.type):
        raise NotFound(f"The id names no {type_name or 'page'}.")

    def found(node: Node | None) -> Node:
        if node is None:
            raise NotFound("There is nothing with this id.")
        return node

    return node_load(context, type_name=wanted.type, key=wanted.key, scope=wanted.scope).then(found)


_ID = "A global id that this API gave."


class LookupQuery:
    """The root fields ``home``, ``page`` and ``node``."""

    home = graphene.Field(HomePage, description="The home page.", **scope_arguments())
    page = graphene.Field(
        PageInterface,
        description="The page with a global id, in the language that the id was given for.",
        id=graphene.Argument(graphene.ID, required=True, description=_ID),
    )
    node = graphene.Field(
        NodeInterface,
        description="The object with a global id, in the language that the id was given for.",
        id=graphene.Argument(graphene.ID, required=True, description=_ID),
    )

    @staticmethod
    def resolve_home(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> Node:
        scope = scope_from(**arguments)
        info.context.gate.listed.add("HomePage")
        row = home_row_shown(gate=info.context.gate, chain=scope.chain)
        if row is None:
            raise NotFound("There is no home page.")
        return node_from(row, type_name="HomePage", scope=scope, gate=info.context.gate)

    @staticmethod
    def resolve_page(_root: None, info: GraphQLResolveInfo, id: str) -> Deferred[Node]:  # noqa: A002 - the argument's name
        return page_by_id(info.context, id)

    @staticmethod
    def resolve_node(_root: None, info: GraphQLResolveInfo, id: str) -> Deferred[Node]:  # noqa: A002 - the argument's name
        return page_by_id(info.context, id)
