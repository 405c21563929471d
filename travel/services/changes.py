"""The history of travel advice: a row for each publication in each language."""

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Revision

from home.localize.places import records_into
from travel.models import TravelAdviceChange, TravelAdvicePage

# What editors' tools put beside a text: two texts that differ by it alone are the same to readers.
_MARKS = re.compile(r' data-block-key="[^"]*"')


def advice_digest(*, version: TravelAdvicePage, areas: Sequence[tuple[str, int]] | None = None) -> str:
    """What readers are shown of a version, in 64 characters: equal where nothing differs for them.

    Facts count on the page of the source language alone: nobody reads them elsewhere. ``areas``, names and levels of
    the parts of the country, where they are not those of the version.
    """
    if areas is None:
        areas = [(area.name, area.level) for area in version.areas.all()]
    facts = [version.country_id, version.level] if version.is_source else []
    parts = [
        version.title,
        version.introduction,
        _blocks(version.sections),
        _blocks(version.body),
        [version.image_id, version.image_alt, version.image_credit],
        [[name, level if version.is_source else None] for name, level in areas],
        facts,
    ]
    return sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _blocks(stream: Any) -> Any:
    return _without_marks(list(stream.raw_data)) if stream else []


def _without_marks(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_marks(item) for name, item in value.items() if name != "id"}
    if isinstance(value, list):
        return [_without_marks(item) for item in value]
    return _MARKS.sub("", value).strip() if isinstance(value, str) else value


def advice_changes_for_readers(*, version: TravelAdvicePage, areas: Sequence[tuple[str, int]] | None = None) -> bool:
    """Would publishing ``version`` change what readers were shown last?

    No for the first publication, which has nothing to change, and for a translation, whose note is that of its source.
    """
    if not version.is_source:
        return False
    shown = TravelAdvicePage.objects.filter(pk=version.pk, first_published_at__isnull=False).first()
    if shown is None:
        return False
    return advice_digest(version=version, areas=areas) != advice_digest(version=shown)


@transaction.atomic
def change_note_publication(*, page: TravelAdvicePage, revision: Revision | None = None) -> TravelAdviceChange | None:
    """Write the row of a publication that has just happened. Done again for the same moment, it writes nothing.

    None for what is not before readers, a version that is to go live later among it, and for aliases. The level is that
    of the page of the source language. The first publication of a sheet is not minor, whatever the editor said; one
    that changes nothing for readers (only the date of a review, say) is, and has no note. A translation that carries
    another change of the source than it did is as minor as that one, though its own text be the same: the level that
    was raised is nowhere in it.
    """
    if not page.live or page.alias_of_id or page.last_published_at is None:
        return None
    digest = advice_digest(version=page)
    last = TravelAdviceChange.objects.filter(page=page).order_by("-published_at", "-pk").first()
    source = None if page.is_source else _source_change(page)
    is_minor, note = _is_minor(page, last, source), page.change_note.strip()
    if last is not None and last.digest == digest:
        if source is None or last.source_change_id == source.pk:
            is_minor, note = True, ""
        elif not source.note:
            # The source has said nothing since: what the translation still has on it was told before.
            note = ""
    change, _created = TravelAdviceChange.objects.get_or_create(
        page=page,
        published_at=page.last_published_at,
        defaults={
            "locale_code": page.locale_code,
            "level": _level(page),
            "note": note,
            "is_minor": is_minor,
            "source_change": source,
            "digest": digest,
            "of_revision": revision.pk if revision else page.live_revision_id,
        },
    )
    return change


def _is_minor(page: TravelAdvicePage, last: TravelAdviceChange | None, source: TravelAdviceChange | None) -> bool:
    if page.is_source:
        return last is not None and page.is_minor_change
    if source is None:
        return last is not None
    # What comes after a first translation of the same text corrects that translation.
    return source.is_minor or (last is not None and last.source_change_id == source.pk)


def _level(page: TravelAdvicePage) -> int:
    if page.is_source:
        return page.level
    source = TravelAdvicePage.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.DIWAN_SOURCE_LOCALE
    )
    return source.values_list("level", flat=True).first() or page.level


def _source_change(page: TravelAdvicePage) -> TravelAdviceChange | None:
    """The change of the source whose text a translation carries: the last one that its text was taken from."""
    changes = TravelAdviceChange.objects.filter(
        page__translation_key=page.translation_key, locale_code=settings.DIWAN_SOURCE_LOCALE
    ).order_by("-published_at", "-pk")
    record = records_into(target=page).select_related("source").first()
    if record is not None:
        carried = changes.filter(published_at__lte=record.source.last_updated_at).first()
        # A text that was taken from a draft went live with the first publication.
        return carried or changes.last()
    return changes.first()
