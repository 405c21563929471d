"""The floor's page types: ``HomePage`` and ``StandardPage``."""

import graphene
from graphql import GraphQLResolveInfo

from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface


class HomePage(PageContent, graphene.ObjectType):
    """The first page of the website in one language."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    heading = graphene.String(
        required=True, description="The first line that visitors read; the title unless editors chose."
    )

    def resolve_heading(self: dict[str, str], info: GraphQLResolveInfo) -> str:
        return self["heading"] or self["title"]


class StandardPage(PageContent, graphene.ObjectType):
    """A plain page of text."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
