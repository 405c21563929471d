"""Models of the bilateral record and the register of agreements."""

from relations.models.agreement import (
    AgreementLink,
    AgreementNewsLink,
    AgreementPage,
    AgreementParty,
    AgreementStage,
    AgreementText,
)
from relations.models.event import (
    EventContinentLink,
    EventCountryLink,
    EventDocument,
    EventNewsLink,
    EventOrganisationLink,
    EventPage,
    EventParticipant,
    EventSource,
)
from relations.models.index_pages import AgreementIndexPage, EventIndexPage

__all__ = [
    "AgreementIndexPage",
    "AgreementLink",
    "AgreementNewsLink",
    "AgreementPage",
    "AgreementParty",
    "AgreementStage",
    "AgreementText",
    "EventContinentLink",
    "EventCountryLink",
    "EventDocument",
    "EventIndexPage",
    "EventNewsLink",
    "EventOrganisationLink",
    "EventPage",
    "EventParticipant",
    "EventSource",
]
