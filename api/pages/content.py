"""What every page type of the project shows besides the interface: chapeau, text and main picture."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.blocks import BodyBlock, body_load
from api.execution import Deferred, batch_resolver
from api.pages.interface import image_field
from api.pages.nodes import Node
from api.pages.texts import text_load


def resolve_text_or_none(field: str) -> Any:
    """A resolver for a text field of a model: null where it is empty in every language of the chain."""

    @batch_resolver
    def resolve(nodes: list[Node], info: GraphQLResolveInfo) -> list[Any]:
        return [text_load(info.context, node, field) or None for node in nodes]

    return resolve


def resolve_page_body(node: Node, info: GraphQLResolveInfo) -> Any:
    """The blocks of the body, in the reader's scope."""
    return Deferred.resolved(text_load(info.context, node, "body")).then(
        lambda stream: body_load(info.context, stream, scope=node["scope"], owner=node["id"])
    )


def body_field() -> graphene.Field:
    """The field ``body`` of a page type."""
    return graphene.Field(
        graphene.NonNull(graphene.List(graphene.NonNull(BodyBlock))),
        description="The text of the page, block by block.",
        resolver=resolve_page_body,
    )


class PageContent:
    """Mixin for page types with an ``introduction``."""

    introduction = graphene.String(
        description="Two or three sentences that stand above the text; null where there are none.",
        resolver=resolve_text_or_none("introduction"),
    )
    body = body_field()
    image = image_field()
