"""The types ``TravelAdvice`` and ``TravelAdviceIndex``."""

import graphene

from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface


class TravelAdvice(PageContent, graphene.ObjectType):
    """What travellers to a country should know."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)


class TravelAdviceIndex(PageContent, graphene.ObjectType):
    """The page that holds the travel advice."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
