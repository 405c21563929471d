"""Models of the translators' desk: assignments, reviews, states, source texts, memory, glossary, jobs."""

from translations.models.assignment import TranslationAssignment
from translations.models.glossary import GlossaryTerm
from translations.models.job import DeskJob
from translations.models.memory import MemoryUnit, MemoryWord
from translations.models.review import TranslationReviewTask
from translations.models.source_text import SourceText
from translations.models.state import TranslationState

__all__ = [
    "DeskJob",
    "GlossaryTerm",
    "MemoryUnit",
    "MemoryWord",
    "SourceText",
    "TranslationAssignment",
    "TranslationReviewTask",
    "TranslationState",
]
