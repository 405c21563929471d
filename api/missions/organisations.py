"""The types ``Organisation`` and ``OrganisationIndex``."""

import graphene

from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface


class Organisation(PageContent, graphene.ObjectType):
    """An international or regional organisation."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)


class OrganisationIndex(PageContent, graphene.ObjectType):
    """The page that holds the organisations."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
