"""The types ``Person`` and ``PersonIndex``."""

import graphene

from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface


class Person(PageContent, graphene.ObjectType):
    """Somebody who holds, or held, an office."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)


class PersonIndex(PageContent, graphene.ObjectType):
    """The page that holds the people."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
