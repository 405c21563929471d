"""The types ``Agreement`` and ``AgreementIndex``."""

import graphene

from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface


class Agreement(PageContent, graphene.ObjectType):
    """An agreement between states, or with organisations."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)


class AgreementIndex(PageContent, graphene.ObjectType):
    """The page that holds the agreements."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
