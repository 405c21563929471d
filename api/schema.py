"""The schema: every root field from the module of its noun."""

import graphene

from api.locales import LocalesQuery
from api.missions.missions import Mission, MissionIndex
from api.missions.organisations import Organisation, OrganisationIndex, OrganisationsQuery
from api.missions.people import PeopleQuery, Person, PersonIndex
from api.missions.queries import MissionsQuery
from api.navigation import NavigationQuery
from api.pages.lookup import LookupQuery
from api.pages.route import RouteQuery
from api.pages.search import SearchQuery
from api.pages.translations import TranslationCoverageQuery
from api.pages.types import HomePage, StandardPage
from api.regions.news import NewsIndex
from api.regions.queries import RegionsQuery
from api.relations.agreement_lists import AgreementsQuery
from api.relations.agreements import Agreement, AgreementIndex
from api.relations.events import Event, EventIndex
from api.relations.timeline import TimelineQuery
from api.site_settings import SiteSettingsQuery
from api.travel.advice import TravelAdvice, TravelAdviceIndex
from api.travel.queries import TravelQuery


class Query(
    RouteQuery,
    LookupQuery,
    RegionsQuery,
    MissionsQuery,
    OrganisationsQuery,
    PeopleQuery,
    TimelineQuery,
    AgreementsQuery,
    SearchQuery,
    LocalesQuery,
    TranslationCoverageQuery,
    NavigationQuery,
    SiteSettingsQuery,
    TravelQuery,
    graphene.ObjectType,
):
    """Everything that can be read."""


# Types that are reached by an interface alone are named here.
schema = graphene.Schema(
    query=Query,
    types=[
        HomePage,
        StandardPage,
        NewsIndex,
        Mission,
        MissionIndex,
        Organisation,
        OrganisationIndex,
        Person,
        PersonIndex,
        Event,
        EventIndex,
        Agreement,
        AgreementIndex,
        TravelAdvice,
        TravelAdviceIndex,
    ],
)
