"""The enums of events and agreements, and of the entries of a timeline."""

from enum import Enum

import graphene

from api.choices import enum_of, label_of
from relations.models import choices
from relations.selectors.timeline import STAGE_PREFIX, STAGES_SHOWN

EventKind = enum_of(choices.EventKind, "What happened.")
VisitDirection = enum_of(choices.VisitDirection, "Who went to whom.")
AgreementKind = enum_of(choices.AgreementKind, "What an instrument calls itself.")
AgreementField = enum_of(choices.AgreementField, "What an agreement is about in the main.")
AgreementStageKind = enum_of(choices.AgreementStageKind, "What becomes of an agreement.")


_ENTRIES: dict[str, str] = {
    **{kind.name: kind.value for kind in choices.EventKind},
    **{f"AGREEMENT_{kind.name}": f"{STAGE_PREFIX}{kind.value}" for kind in STAGES_SHOWN},
}
_TimelineKind = Enum("_TimelineKind", _ENTRIES)  # type: ignore[misc] # members are those of the choices
TimelineKind = graphene.Enum.from_enum(
    _TimelineKind,
    name="TimelineKind",
    description=lambda value: (
        f"{timeline_label(value.value, 'en')}."
        if value
        else "What an entry of a timeline tells: an event, or a step of an agreement."
    ),
)


def timeline_label(kind: str, language_code: str) -> str:
    """The name of a kind of entries in a language."""
    if kind.startswith(STAGE_PREFIX):
        return label_of(choices.AgreementStageKind, kind.removeprefix(STAGE_PREFIX), language_code)
    return label_of(choices.EventKind, kind, language_code)
