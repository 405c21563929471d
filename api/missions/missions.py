"""The types ``Mission`` and ``MissionIndex``."""

import graphene

from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface


class Mission(PageContent, graphene.ObjectType):
    """A diplomatic or consular mission: one of ours abroad, or one of others here."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)


class MissionIndex(PageContent, graphene.ObjectType):
    """The page that holds the missions."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
