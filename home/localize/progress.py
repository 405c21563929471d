"""How much of a translation is still to be done."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import ngettext
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, TranslationSource


@dataclass(frozen=True)
class Remaining:
    """Counts of what a translation lacks: texts without a valid translation, and references without a counterpart."""

    texts: int
    references: int

    def __bool__(self) -> bool:
        return bool(self.texts or self.references)

    def __str__(self) -> str:
        parts = []
        if self.texts:
            parts.append(
                ngettext("%(count)d segment is not translated", "%(count)d segments are not translated", self.texts)
                % {"count": self.texts}
            )
        if self.references:
            parts.append(
                ngettext(
                    "%(count)d linked entry does not exist in this language",
                    "%(count)d linked entries do not exist in this language",
                    self.references,
                )
                % {"count": self.references}
            )
        return "; ".join(parts)


class IncompleteTranslationError(ValidationError):
    """A translation was to be published while parts of it are missing. ``remaining`` says how many."""

    def __init__(self, remaining: Remaining) -> None:
        self.remaining = remaining
        # As a dict, because wagtail-localize reads ``error_dict`` of every ValidationError.
        super().__init__({"__all__": [str(remaining)]})


def remaining_get(*, source: TranslationSource, locale: Locale) -> Remaining:
    """Count what ``source`` lacks in ``locale``: two statements, and one for each reference to a snippet."""
    texts = (
        StringSegment.objects.filter(source=source)
        .annotate_translation(locale)
        .filter(Q(translation__isnull=True) | Q(translation=""))
        .count()
    )
    references = sum(
        not segment.object.has_translation(locale)
        for segment in source.relatedobjectsegment_set.select_related("object__content_type")
    )
    return Remaining(texts=texts, references=references)
