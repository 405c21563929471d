"""What missions are said to be: the enums of the schema."""

from api.choices import choice_enum
from missions.models import choices

MissionDirection = choice_enum("MissionDirection", choices.MissionDirection, "Whose mission it is.")
MissionKind = choice_enum(
    "MissionKind", choices.MissionKind, "What a mission is, by the Vienna Conventions of 1961 and 1963 and usage."
)
MissionStatus = choice_enum("MissionStatus", choices.MissionStatus, "Whether a mission is at work.")
ServiceKind = choice_enum("ServiceKind", choices.ServiceKind, "What a mission does for people.")
ContactKind = choice_enum("ContactKind", choices.ContactKind, "By which means a mission is reached.")
ContactPurpose = choice_enum("ContactPurpose", choices.ContactPurpose, "What a contact is for.")
ClosureKind = choice_enum(
    "ClosureKind", choices.ClosureKind, "Why a mission is closed on a day on which it would be open."
)
PostKind = choice_enum("PostKind", choices.PostKind, "What somebody is at a mission.")
Weekday = choice_enum("Weekday", choices.Weekday, "Days of the week.")
