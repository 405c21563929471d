"""Whether a revision of a page may go before readers."""

from typing import Any

from wagtail.models import Revision
from wagtail_localize.models import Translation, TranslationLog

from home.localize.progress import Remaining, remaining_get


def publication_refusal(*, page: Any, revision: Revision | None) -> Remaining | None:
    """What the translation behind ``revision`` lacks; None when the revision may be published.

    While a translation is under way every draft of its page comes from it; a draft that it left behind when it was
    stopped still holds the source's text.
    """
    records = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id
    ).select_related("source", "target_locale")
    for record in records:
        if record.enabled or _is_left_behind(record, revision):
            remaining = remaining_get(source=record.source, locale=record.target_locale)
            if remaining:
                return remaining
    return None


def _is_left_behind(record: Translation, revision: Revision | None) -> bool:
    """Was ``revision`` written by the translation ``record``?"""
    logs = TranslationLog.objects.filter(source_id=record.source_id, locale_id=record.target_locale_id)
    return revision is not None and logs.filter(revision=revision).exists()
