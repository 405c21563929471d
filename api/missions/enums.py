"""What missions are said to be: the enums of the schema, and the names of their values in the reader's language."""

from functools import cache
from typing import Any

import graphene
from django.db.models import Choices
from django.utils import translation

from missions.models import choices


@cache
def label_of(kind: type[Choices], value: Any, locale: str) -> str:
    """The name of a value in a language, from the catalogues of the interface."""
    with translation.override(locale):
        return str(kind(value).label)


def enum_of(kind: type[Choices], description: str) -> Any:
    """The enum of a model's choices, under their own name; values are described by their English names."""
    return graphene.Enum.from_enum(
        kind,
        name=kind.__name__,
        description=lambda value: f"{label_of(kind, value.value, 'en')}." if value else description,
    )


MissionDirection = enum_of(choices.MissionDirection, "Whose mission it is.")
MissionKind = enum_of(choices.MissionKind, "What a mission is, by the Vienna Conventions of 1961 and 1963 and usage.")
MissionStatus = enum_of(choices.MissionStatus, "Whether a mission is at work.")
ServiceKind = enum_of(choices.ServiceKind, "What a mission does for people.")
ContactKind = enum_of(choices.ContactKind, "By which means a mission is reached.")
ContactPurpose = enum_of(choices.ContactPurpose, "What a contact is for.")
ClosureKind = enum_of(choices.ClosureKind, "Why a mission is closed on a day on which it would be open.")
PostKind = enum_of(choices.PostKind, "What somebody is at a mission.")
Weekday = enum_of(choices.Weekday, "Days of the week.")
