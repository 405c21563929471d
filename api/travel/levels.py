"""Alert levels and kinds of sections, with their words in the reader's language."""

from functools import lru_cache
from typing import Any

import graphene
from django.utils import translation
from graphql import GraphQLResolveInfo

from travel.models import AlertLevel as Level
from travel.models import SectionKind

_LEVELS = {
    Level.NORMAL: "Normal vigilance.",
    Level.HEIGHTENED: "Heightened vigilance.",
    Level.ESSENTIAL_ONLY: "Advised against unless for compelling reasons.",
    Level.AVOID: "Formally advised against.",
}
AlertLevel = graphene.Enum.from_enum(
    Level,
    name="AlertLevel",
    description=lambda value: _LEVELS[value] if value else "How much travellers should beware, from the least to most.",
)
_KINDS = {
    SectionKind.ENTRY: "Entry and stay.",
    SectionKind.SAFETY: "Safety and security.",
    SectionKind.HEALTH: "Health.",
    SectionKind.LAWS: "Local laws and customs.",
    SectionKind.TRANSPORT: "Transport.",
    SectionKind.NATURE: "Natural hazards.",
    SectionKind.MONEY: "Money.",
    SectionKind.CONTACTS: "Useful contacts.",
}
TravelAdviceSectionKind = graphene.Enum.from_enum(
    SectionKind,
    name="TravelAdviceSectionKind",
    description=lambda value: _KINDS[value] if value else "What a section of travel advice is about.",
)


@lru_cache(maxsize=256)
def level_label(level: int, language_code: str) -> str:
    """The words for an alert level in a language."""
    with translation.override(language_code):
        return str(Level(level).label)


@lru_cache(maxsize=256)
def section_label(kind: str, language_code: str) -> str:
    """The words for a kind of section in a language."""
    with translation.override(language_code):
        return str(SectionKind(kind).label)


class WithLevel:
    """Mixin for what has an alert level: rows with ``level`` and ``scope``."""

    level = graphene.Field(AlertLevel, required=True, description="The alert level.")
    level_label = graphene.String(required=True, description="The alert level in words of the language asked for.")

    @staticmethod
    def resolve_level_label(row: dict[str, Any], info: GraphQLResolveInfo) -> str:
        return level_label(row["level"], row["scope"].locale)
