"""What missions are said to be: the enums of the schema."""

from api.choices import enum_of
from missions.models import choices

MissionDirection = enum_of(choices.MissionDirection, "Whose mission it is.")
MissionKind = enum_of(choices.MissionKind, "What a mission is, by the Vienna Conventions of 1961 and 1963 and usage.")
MissionStatus = enum_of(choices.MissionStatus, "Whether a mission is at work.")
ServiceKind = enum_of(choices.ServiceKind, "What a mission does for people.")
ContactKind = enum_of(choices.ContactKind, "By which means a mission is reached.")
ContactPurpose = enum_of(choices.ContactPurpose, "What a contact is for.")
ClosureKind = enum_of(choices.ClosureKind, "Why a mission is closed on a day on which it would be open.")
PostKind = enum_of(choices.PostKind, "What somebody is at a mission.")
Weekday = enum_of(choices.Weekday, "Days of the week.")
