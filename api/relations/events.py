"""The types ``Event`` and ``EventIndex``."""

import graphene

from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface


class Event(PageContent, graphene.ObjectType):
    """Something that happened between us and others: a visit, a summit, a recognition …"""

    class Meta:
        interfaces = (NodeInterface, PageInterface)


class EventIndex(PageContent, graphene.ObjectType):
    """The page that holds the events."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
