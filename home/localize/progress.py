"""How much of a translation is still to be done."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import ngettext
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource


@dataclass(frozen=True)
class Remaining:
    """Counts of what a translation lacks before it may be published.

    Texts without a valid translation, references without a counterpart, and texts of a machine that no person has
    confirmed by saving them.
    """

    texts: int
    references: int
    machine: int = 0

    def __bool__(self) -> bool:
        return bool(self.texts or self.references or self.machine)

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
        if self.machine:
            parts.append(
                ngettext(
                    "%(count)d machine translation is not confirmed: save it, or submit the page for review",
                    "%(count)d machine translations are not confirmed: save each, or submit the page for review",
                    self.machine,
                )
                % {"count": self.machine}
            )
        return "; ".join(parts)


class IncompleteTranslationError(ValidationError):
    """A translation was to be published while parts of it are missing. ``remaining`` says how many."""

    def __init__(self, remaining: Remaining) -> None:
        self.remaining = remaining
        # As a dict, because wagtail-localize reads ``error_dict`` of every ValidationError.
        super().__init__({"__all__": [str(remaining)]})


def remaining_get(*, source: TranslationSource, locale: Locale, is_reviewed: bool = False) -> Remaining:
    """Count what ``source`` lacks in ``locale``: two statements, and one for each reference to a snippet.

    ``is_reviewed``: a person reads all of it before it is published, so that a machine's texts lack nothing.
    """
    kinds = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), locale_id=locale.pk, context_id=OuterRef("context_id")
    ).values("translation_type")
    is_missing = Q(translation__isnull=True) | Q(translation="")
    counts = (
        StringSegment.objects.filter(source=source)
        .annotate_translation(locale)
        .annotate(translation_type=Subquery(kinds))
        .aggregate(
            texts=Count("pk", filter=is_missing),
            machine=Count("pk", filter=~is_missing & Q(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)),
        )
    )
    references = sum(
        not segment.object.has_translation(locale)
        for segment in source.relatedobjectsegment_set.select_related("object__content_type")
    )
    return Remaining(texts=counts["texts"], references=references, machine=0 if is_reviewed else counts["machine"])
