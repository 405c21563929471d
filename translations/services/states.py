"""Count how far translations are, when something they are made of has changed.

The order in which a status is chosen: the source has changed, a text has an error, the page is under review, nothing is
translated, something is, all of it is and waits to be published, all of it is published.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from threading import local
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog

from translations.models import SourceText, TranslationState
from translations.services.sources import text_digest

Status = TranslationState.Status

_CHUNK = 200
_TAG = re.compile(r"<[^>]*>")
_COUNTS = ["status", "segments", "segments_done", "words", "words_left", "errors", "segments_changed", "counted_at"]


def states_count(*, translations: Iterable[int]) -> int:
    """Count the translations with these ids anew, seven statements for every 200; return how many there are."""
    ids = sorted(set(translations))
    return sum(_count(ids[start : start + _CHUNK]) for start in range(0, len(ids), _CHUNK))


def states_count_all() -> int:
    """Count every translation anew."""
    return states_count(translations=Translation.objects.values_list("pk", flat=True))


class _Own(local):
    """The translations to count after the transaction, by thread."""

    def __init__(self) -> None:
        self.waiting: set[int] = set()


_own = _Own()


def states_count_later(*, translations: Iterable[int]) -> None:
    """Count after this transaction, once for all that changes in it; at once where there is none."""
    ids = set(translations)
    if ids:
        # What a transaction leaves here that is rolled back is counted with the next one, for nothing.
        _own.waiting |= ids
        transaction.on_commit(_count_waiting, robust=True)


def _count_waiting() -> None:
    """Count all that waits; for the callbacks that follow nothing is left."""
    ids, _own.waiting = _own.waiting, set()
    states_count(translations=ids)


@dataclass(slots=True)
class _Texts:
    """What the segments of one translation come to."""

    segments: int = 0
    done: int = 0
    errors: int = 0
    words: int = 0
    words_left: int = 0
    digests: list[str] = field(default_factory=list)
    translated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Target:
    """The page, or whatever else, that a translation writes."""

    is_live: bool = False
    published_at: datetime | None = None
    is_in_review: bool = False


@lru_cache(maxsize=4096)
def word_count(html: str) -> int:
    """Words of a text without its tags."""
    return len(_TAG.sub(" ", html).split())


def _count(ids: list[int]) -> int:
    records = list(Translation.objects.filter(pk__in=ids).select_related("source"))
    texts = _texts_of(records)
    targets = _targets_of(records)
    published = _published_sources(records)
    now = timezone.now()
    states = []
    for record in records:
        counted, target = texts[record.pk], targets.get(record.pk, _Target())
        live = published.get((record.source.object_id, record.source.locale_id))
        changed = _changed(counted.digests, live) if live is not None else 0
        states.append(
            TranslationState(
                translation=record,
                status=_status(counted, target, changed),
                segments=counted.segments,
                segments_done=counted.done,
                words=counted.words,
                words_left=counted.words_left,
                errors=counted.errors,
                segments_changed=changed,
                counted_at=now,
            )
        )
    TranslationState.objects.bulk_create(
        states, update_conflicts=True, unique_fields=["translation"], update_fields=_COUNTS
    )
    return len(states)


def _status(texts: _Texts, target: _Target, changed: int) -> Status:
    if changed:
        return Status.OUTDATED
    if texts.errors:
        return Status.ERROR
    if target.is_in_review:
        return Status.IN_REVIEW
    if texts.done < texts.segments:
        return Status.IN_PROGRESS if texts.done else Status.NEW
    is_newer = target.published_at is None or (
        texts.translated_at is not None and texts.translated_at > target.published_at
    )
    return Status.READY if is_newer or not target.is_live else Status.UP_TO_DATE


def _changed(frozen: Collection[str], live: Collection[str]) -> int:
    """How many texts of the live source are not among those being translated; or, if none, how many have gone."""
    return len(set(live) - set(frozen)) or len(set(frozen) - set(live))


def _texts_of(records: list[Translation]) -> dict[int, _Texts]:
    segments = defaultdict(list)
    rows = StringSegment.objects.filter(source__in={record.source_id for record in records}).exclude(
        context__path="slug"
    )
    for source, context, path, string, text in rows.values_list(
        "source_id", "context_id", "context__path", "string_id", "string__data"
    ):
        segments[source].append((context, path, string, text))
    translated = {
        (context, string, locale): (has_error or not data.strip(), has_error, at)
        for context, string, locale, has_error, data, at in StringTranslation.objects.filter(
            context__in=StringSegment.objects.filter(source__in={record.source_id for record in records}).values(
                "context_id"
            ),
            locale__in={record.target_locale_id for record in records},
        ).values_list("context_id", "translation_of_id", "locale_id", "has_error", "data", "updated_at")
    }
    result = {}
    for record in records:
        counted = result[record.pk] = _Texts()
        for context, path, string, text in segments[record.source_id]:
            words = word_count(text)
            counted.segments += 1
            counted.words += words
            counted.digests.append(text_digest(path=path, text=text))
            is_lacking, has_error, at = translated.get((context, string, record.target_locale_id), (True, False, None))
            counted.errors += has_error
            if is_lacking:
                counted.words_left += words
            else:
                counted.done += 1
            if at is not None and (counted.translated_at is None or at > counted.translated_at):
                counted.translated_at = at
    return result


def _targets_of(records: list[Translation]) -> dict[int, _Target]:
    """The pages, and for what has no drafts the last time it was written by its translation."""
    keys = {record.source.object_id for record in records}
    locales = {record.target_locale_id for record in records}
    pages = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=keys, locale__in=locales, alias_of=None).only(
            "pk", "translation_key", "locale_id", "live", "last_published_at"
        )
    }
    in_review = set(
        WorkflowState.objects.filter(
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            object_id__in={str(page.pk) for page in pages.values()},
            status=WorkflowState.STATUS_IN_PROGRESS,
        ).values_list("object_id", flat=True)
    )
    written = {
        (row["source_id"], row["locale_id"]): row["at"]
        for row in TranslationLog.objects.filter(
            Q(revision=None), source__in={record.source_id for record in records}, locale__in=locales
        )
        .values("source_id", "locale_id")
        .annotate(at=Max("created_at"))
    }
    result = {}
    for record in records:
        page = pages.get((record.source.object_id, record.target_locale_id))
        if page is not None:
            result[record.pk] = _Target(page.live, page.last_published_at, str(page.pk) in in_review)
        elif (at := written.get((record.source_id, record.target_locale_id))) is not None:
            result[record.pk] = _Target(is_live=True, published_at=at)
    return result


def _published_sources(records: list[Translation]) -> dict[tuple[UUID, int], list[str]]:
    return {
        (key, locale): texts
        for key, locale, texts in SourceText.objects.filter(
            translation_key__in={record.source.object_id for record in records}
        ).values_list("translation_key", "locale_id", "texts")
    }
