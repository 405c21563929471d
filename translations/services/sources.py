"""Note what the live version of each source says whenever it is published."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.services.content_changes import changes_are_wanted, transaction_changes
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

    Of a source that is noted for the first time, what its translators work from says when it was written; where there
    is no such thing, or it says something else, that was when the page was last published.
    """
    texts = texts_of(instance)
    noted = SourceText.objects.filter(translation_key=instance.translation_key, locale_id=instance.locale_id).first()
    if noted is not None:
        if noted.texts == texts:
            return False
        noted.texts, noted.changed_at = texts, _published_at(instance)
        noted.save(update_fields=["texts", "changed_at"])
        return True
    frozen = TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id).first()
    is_known = frozen is not None and _frozen_texts(frozen) == texts
    SourceText.objects.create(
        translation_key=instance.translation_key,
        locale_id=instance.locale_id,
        texts=texts,
        changed_at=frozen.last_updated_at if frozen is not None and is_known else _published_at(instance),
    )
    return not is_known


def source_texts_note_new(*, instances: Iterable[Any]) -> None:
    """Note what new pages say that were made in bulk, those of the source language. One statement."""
    SourceText.objects.bulk_create(
        [
            SourceText(
                translation_key=page.translation_key,
                locale_id=page.locale_id,
                texts=texts_of(page),
                changed_at=_published_at(page),
            )
            for page in instances
            if page.live and not page.alias_of_id and page.locale.language_code == settings.DIWAN_SOURCE_LOCALE
        ],
        ignore_conflicts=True,
    )


def source_texts_note_all() -> int:
    """Note what every live source says; return how many say something else than was noted, or were not noted."""
    sources = Page.objects.live().filter(locale__language_code=settings.DIWAN_SOURCE_LOCALE, alias_of=None, depth__gt=1)
    with transaction.atomic():
        number = sum(source_text_note(instance=page) for page in sources.specific().iterator(chunk_size=200))
        if changes_are_wanted():
            # Other writes come with a page, whose answers are purged; which ones these make old is in no statement.
            transaction_changes(connection).all()
    return number


def _published_at(instance: Any) -> datetime:
    published_at: datetime | None = getattr(instance, "last_published_at", None)
    return published_at or timezone.now()


def _frozen_texts(source: TranslationSource) -> list[str]:
    rows = StringSegment.objects.filter(source=source).values_list("context__path", "string__data")
    return sorted(text_digest(path=path, text=text) for path, text in rows)
