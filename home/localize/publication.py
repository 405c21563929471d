"""Whether a revision of a page may go before readers."""

from typing import Any

from wagtail.models import Page, Revision
from wagtail_localize.models import String, StringTranslation, Translation, TranslationLog
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from home.localize.places import records_into
from home.localize.progress import Remaining, remaining_get


def publication_refusal(*, page: Any, revision: Revision | None, is_reviewed: bool = False) -> Remaining | None:
    """What the translation behind ``revision`` lacks; None when the revision may be published.

    ``is_reviewed``: a second person reads it first, and confirms what a machine translated.

    While a translation is under way every draft of its page comes from it. When it was stopped, the draft that it left
    behind and every version saved from that by hand may still hold the source's text.
    """
    for record in records_into(target=page).select_related("source", "target_locale"):
        if record.enabled or _is_left_behind(record, revision):
            remaining = remaining_get(source=record.source, locale=record.target_locale, is_reviewed=is_reviewed)
        else:
            remaining = Remaining(texts=_source_text_count(record, revision), references=0)
        if remaining:
            return remaining
    return None


def translation_is_under_way(*, page: Page) -> bool:
    """Is ``page`` written by a translation that goes on?"""
    return records_into(target=page).filter(enabled=True).exists()


def _is_left_behind(record: Translation, revision: Revision | None) -> bool:
    """Was ``revision`` written by the translation ``record``?"""
    logs = TranslationLog.objects.filter(source_id=record.source_id, locale_id=record.target_locale_id)
    return revision is not None and logs.filter(revision=revision).exists()


def _is_running_text(html: str) -> bool:
    """Two words or more, not all of them capitalised: hardly the name of a person or a place."""
    words = [word for word in StringValue(html).render_text().split() if any(map(str.isalpha, word))]
    return len(words) > 1 and not all(next(filter(str.isalpha, word)).isupper() for word in words)


def _source_text_count(record: Translation, revision: Revision | None) -> int:
    """How many texts of ``revision`` are still in the source's language.

    Those are the texts that are, letter by letter, a text of some source in that language and that no translator has
    confirmed as equal in both. Names and numbers may be equal, so running text counts, and a name only where every
    text of the page is the source's: then nobody has translated anything. The page's own name never counts.
    """
    if revision is None:
        return 0
    version = revision.as_object()
    own_title = version.get_own_title() if hasattr(version, "get_own_title") else ""
    texts = [
        segment.string.data
        for segment in extract_segments(version)
        if isinstance(segment, StringSegmentValue) and not segment.is_empty() and segment.string.data != own_title
    ]
    of_source = String.objects.filter(
        locale_id=record.source.locale_id, data_hash__in={String._get_data_hash(text) for text in texts}
    )
    confirmed = StringTranslation.objects.filter(
        translation_of__in=of_source, context__object_id=version.translation_key, locale_id=record.target_locale_id
    )
    alike = set(of_source.values_list("data", flat=True)) - {
        translation.data for translation in confirmed if translation.data == translation.translation_of.data
    }
    untranslated = [text for text in texts if text in alike]
    if len(untranslated) == len(texts):
        return len(untranslated)
    return sum(_is_running_text(text) for text in untranslated)
