"""Fill a translation that begins with what the memory has for the very same texts."""

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from translations.models import MemoryUnit
from translations.selectors.memory import EXACT, matches_for
from translations.services.states import states_count_later

TOOL = "Translation memory"


def memory_prefill(*, translation_id: int) -> int:
    """Suggest for each text that has no translation what the memory says; return how many there were.

    A suggestion stands in the translation editor with a note and counts as untranslated: it is stored as a text with
    an error, which wagtail-localize writes to no page and lets nobody publish, until a translator saves it. What
    machines translated is not suggested.
    """
    record = Translation.objects.select_related("source__locale", "target_locale").filter(pk=translation_id).first()
    if record is None:
        return 0
    segments = (
        StringSegment.objects.filter(source=record.source_id)
        .annotate_translation(record.target_locale, include_errors=True)
        .filter(translation__isnull=True)
        .exclude(context__path="slug")
        .select_related("string")
    )
    wanted = list(segments)
    matches = matches_for(
        texts=[segment.string.data for segment in wanted],
        source_locale=record.source.locale,
        target_locale=record.target_locale,
        limit=1,
    )
    # For its translators, whoever began it and wherever this runs: in the language that they write.
    with translation.override(record.target_locale.language_code):
        note = _("From the translation memory: read it, then save it.")
    rows = [
        StringTranslation(
            translation_of=segment.string,
            context_id=segment.context_id,
            locale=record.target_locale,
            data=match.target,
            translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
            tool_name=TOOL,
            has_error=True,
            field_error=note,
        )
        for segment in wanted
        for match in matches[segment.string.data]
        if match.score == EXACT and match.origin != MemoryUnit.Origin.MACHINE
    ]
    # In bulk: a suggestion for a title must not become the draft's title, as it would when it is saved.
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        states_count_later(translations=[record.pk])
    return len(rows)
