"""The enums of events and agreements, and of the entries of a timeline."""

from typing import Any, NamedTuple

from api.choices import choice_enum, choice_label
from relations.models import choices
from relations.selectors.timeline import STAGE_PREFIX, STAGES_SHOWN

EventKind = choice_enum("EventKind", choices.EventKind, "What happened.")
VisitDirection = choice_enum("VisitDirection", choices.VisitDirection, "Who went to whom.")
AgreementKind = choice_enum("AgreementKind", choices.AgreementKind, "What an instrument calls itself.")
AgreementField = choice_enum("AgreementField", choices.AgreementField, "What an agreement is about in the main.")
AgreementStageKind = choice_enum("AgreementStageKind", choices.AgreementStageKind, "What becomes of an agreement.")


class _Member(NamedTuple):
    """What `choice_enum` reads of a member."""

    name: str
    value: str
    label: Any


TimelineKind = choice_enum(
    "TimelineKind",
    [
        *choices.EventKind,
        *(_Member(f"AGREEMENT_{kind.name}", f"{STAGE_PREFIX}{kind.value}", kind.label) for kind in STAGES_SHOWN),
    ],
    "What an entry of a timeline tells: an event, or a step of an agreement.",
)


def timeline_label(kind: str, language_code: str) -> str:
    """The name of a kind of entries in a language."""
    if kind.startswith(STAGE_PREFIX):
        return choice_label(choices.AgreementStageKind, kind.removeprefix(STAGE_PREFIX), language_code)
    return choice_label(choices.EventKind, kind, language_code)
