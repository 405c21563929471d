"""Models of missions, organisations and people."""

from missions.models.appointment import MissionAppointment
from missions.models.contacts import MissionContact
from missions.models.index_pages import MissionIndexPage, OrganisationIndexPage, PersonIndexPage
from missions.models.mission import (
    MissionAccreditation,
    MissionClosure,
    MissionOpening,
    MissionPage,
    MissionService,
)
from missions.models.news_links import NewsOrganisationLink, NewsPersonLink
from missions.models.organisation import OrganisationMember, OrganisationPage
from missions.models.person import PersonOffice, PersonPage
from missions.models.post_group import PostGroup
from missions.models.status_change import MissionStatusChange

__all__ = [
    "MissionAccreditation",
    "MissionAppointment",
    "MissionClosure",
    "MissionContact",
    "MissionIndexPage",
    "MissionOpening",
    "MissionPage",
    "MissionService",
    "MissionStatusChange",
    "NewsOrganisationLink",
    "NewsPersonLink",
    "OrganisationIndexPage",
    "OrganisationMember",
    "OrganisationPage",
    "PersonIndexPage",
    "PersonOffice",
    "PersonPage",
    "PostGroup",
]
