"""Links to pages with a label, as blocks and menus hold them."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from api.context import GraphQLContext
from api.execution import Deferred
from api.pages.nodes import Node, page_path, page_reference_load, page_url, reference_whole
from api.scope import Scope

Link = dict[str, Any]


def link_load(context: GraphQLContext, page_id: int, scope: Scope, *, label: str = "") -> Deferred[Link | None]:
    """The link ``{"label", "reference"}`` to what the reader is shown of a page; None when that is nothing.

    Without ``label`` it bears the page's title, in the language of the page shown.
    """

    def link(reference: Node | None) -> Link | None:
        return None if reference is None else {"label": label or reference["title"], "reference": reference}

    def checked(reference: Node | None) -> Link | Deferred[Link | None] | None:
        # An item without a date is never shown, and a reference does not know the date.
        if reference is not None and reference["__typename"] == "NewsItem":
            return reference_whole(context, reference).then(link)
        return link(reference)

    return page_reference_load(context, page_id, scope).then(checked)


class PageLink(graphene.ObjectType):
    """A link to a page of this site, in the reader's language where the page exists in it."""

    label = graphene.String(required=True, description="The words of the link.")
    path = graphene.String(required=True, description="Public path of the page.")
    url = graphene.String(required=True, description="Public address of the page.")
    page = graphene.Field("api.pages.interface.PageInterface", required=True, description="The page itself.")

    @staticmethod
    def resolve_path(link: Link, info: GraphQLResolveInfo) -> str:
        return page_path(info.context, link["reference"])

    @staticmethod
    def resolve_url(link: Link, info: GraphQLResolveInfo) -> str:
        return page_url(info.context, link["reference"])

    @staticmethod
    def resolve_page(link: Link, info: GraphQLResolveInfo) -> Deferred[Node | None]:
        return reference_whole(info.context, link["reference"])
