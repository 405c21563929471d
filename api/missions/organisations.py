"""The types ``Organisation`` and ``OrganisationIndex``."""

import graphene

from api.missions.lists import missions_of_place_field
from api.pages.content import PageContent
from api.pages.interface import NodeInterface, PageInterface


class Organisation(PageContent, graphene.ObjectType):
    """An international or regional organisation."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)

    missions = missions_of_place_field(
        "organisation", description="Its own office here, and the missions that are accredited to it today."
    )


class OrganisationIndex(PageContent, graphene.ObjectType):
    """The page that holds the organisations."""

    class Meta:
        interfaces = (NodeInterface, PageInterface)
