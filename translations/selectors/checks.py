"""What the checks say of a whole translation."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from translations.checks import Finding, Level, Pair, Term, Terms, check
from translations.models import GlossaryTerm


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text of a translation with what was found; ``segment`` is the id of its StringSegment."""

    segment: int
    path: str
    source: str
    target: str
    findings: list[Finding]

    @property
    def is_blocking(self) -> bool:
        """Whether it must be mended before review."""
        return any(finding.level is Level.BLOCKING for finding in self.findings)


def checked_list(*, translation: Translation) -> list[CheckedText]:
    """The texts of a translation of which something is to be said, in their order on the page; two statements."""
    terms = term_list(source=translation.source.locale_id, target=translation.target_locale_id)
    return [text for text in _checked(translation, terms) if text.findings]


def term_list(*, source: int, target: int) -> Terms:
    """The glossary for two locales, by their ids."""
    return Terms(
        Term(term.source_term, term.target_term, tuple(term.forbidden_list()), term.match_case)
        for term in GlossaryTerm.objects.filter(source_locale=source, target_locale=target)
    )


def _checked(translation: Translation, terms: Terms) -> Iterator[CheckedText]:
    source_locale = translation.source.locale.language_code
    target_locale = translation.target_locale.language_code
    segments = (
        StringSegment.objects.filter(source=translation.source_id)
        .annotate_translation(translation.target_locale_id, include_errors=True)
        .order_by("order")
        .values_list("pk", "context__path", "string__data", "translation")
    )
    for segment, path, source, target in segments:
        pair = Pair(source, target or "", source_locale, target_locale, text_limit(translation.source, path))
        yield CheckedText(segment, path, source, target or "", check(pair, terms))


def text_limit(source: TranslationSource, path: str) -> int | None:
    """The characters that fit in the field at ``path``; None for a text without a limit."""
    model = source.specific_content_type.model_class()
    try:
        field = model._meta.get_field(path) if model else None
    except FieldDoesNotExist:
        return None
    return field.max_length if isinstance(field, models.CharField) else None
