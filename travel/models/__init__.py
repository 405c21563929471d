"""Models of travel advice."""

from travel.models.advice import (
    AdviceStreamBlock,
    AlertLevel,
    SectionKind,
    TravelAdviceArea,
    TravelAdviceIndexPage,
    TravelAdvicePage,
)
from travel.models.change import TravelAdviceChange
from travel.models.reminder import TravelAdviceReminder

__all__ = [
    "AdviceStreamBlock",
    "AlertLevel",
    "SectionKind",
    "TravelAdviceArea",
    "TravelAdviceChange",
    "TravelAdviceIndexPage",
    "TravelAdvicePage",
    "TravelAdviceReminder",
]
