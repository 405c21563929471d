"""Note what the live version of each source says whenever it is published."""

from hashlib import blake2b
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail_localize.models import StringSegment, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from translations.models import SourceText


def text_digest(*, path: str, text: str) -> str:
    """A short name for a text at a place of a page."""
    return blake2b(f"{path}\0{text}".encode(), digest_size=8).hexdigest()


def texts_of(instance: models.Model) -> list[str]:
    """The digests of the translatable texts of ``instance``, sorted."""
    return sorted(
        text_digest(path=segment.path, text=segment.string.data)
        for segment in extract_segments(instance)
        if isinstance(segment, StringSegmentValue) and not segment.is_empty()
    )


def source_text_note(*, instance: Any) -> bool:
    """Note what ``instance``, as it was just published, says; return whether a text has changed since the last time.

    Of a source that is noted for the first time, what its translators work from says when it was written.
    """
    texts = texts_of(instance)
    noted = SourceText.objects.filter(translation_key=instance.translation_key, locale_id=instance.locale_id).first()
    if noted is not None:
        if noted.texts == texts:
            return False
        noted.texts, noted.changed_at = texts, timezone.now()
        noted.save(update_fields=["texts", "changed_at"])
        return True
    frozen = TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id).first()
    is_known = frozen is not None and _frozen_texts(frozen) == texts
    SourceText.objects.create(
        translation_key=instance.translation_key,
        locale_id=instance.locale_id,
        texts=texts,
        changed_at=frozen.last_updated_at if frozen is not None and is_known else timezone.now(),
    )
    return not is_known


def _frozen_texts(source: TranslationSource) -> list[str]:
    rows = StringSegment.objects.filter(source=source).values_list("context__path", "string__data")
    return sorted(text_digest(path=path, text=text) for path, text in rows)
