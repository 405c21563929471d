"""Write the translation memory: what people and machines translate, and what comes in files."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from threading import local

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, TranslationSource

from translations.models import MemoryUnit, MemoryWord
from translations.selectors.memory import compared_length, memory_words, text_hash

Origin = MemoryUnit.Origin

_CHUNK = 500
_RANKS = {Origin.MACHINE: 0, Origin.IMPORT: 1, Origin.TRANSLATION: 2}
_CHANGEABLE = ["origin", "origin_name", "translator_id", "uses", "used_at"]


@dataclass(frozen=True, slots=True)
class MemoryText:
    """A text and its translation, as HTML with numbered links; locales and people by their ids."""

    source_locale: int
    target_locale: int
    source: str
    target: str
    origin: MemoryUnit.Origin
    origin_name: str = ""
    translator: int | None = None
    uses: int = 1
    used_at: datetime | None = None

    @property
    def key(self) -> tuple[int, int, str, str]:
        """What makes it one unit."""
        return self.source_locale, self.target_locale, text_hash(self.source), text_hash(self.target)


@dataclass(slots=True)
class Stored:
    """How many units were new, and how many known ones changed."""

    created: int = 0
    changed: int = 0


def memory_store(*, texts: Iterable[MemoryText]) -> Stored:
    """Put texts into the memory, six statements for every 500 on PostgreSQL; storing them again changes nothing.

    A unit that is there keeps the better origin (people, then files, then machines), the greater number of uses and the
    later date. Empty texts are left out.
    """
    stored = Stored()
    iterator = iter(texts)
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    while chunk := list(islice(iterator, _CHUNK)):
        with transaction.atomic():
            _store(chunk, codes, stored)
    return stored


def _store(chunk: list[MemoryText], codes: dict[int, str], stored: Stored) -> None:
    wanted: dict[tuple[int, int, str, str], MemoryText] = {}
    for text in chunk:
        if text.source.strip() and text.target.strip():
            known = wanted.get(text.key)
            wanted[text.key] = text if known is None else _merged(known, text)
    units = _units(wanted)
    changed = [unit for key, unit in units.items() if _update(unit, wanted[key])]
    MemoryUnit.objects.bulk_update(changed, [name.removesuffix("_id") for name in _CHANGEABLE])
    new = {key: text for key, text in wanted.items() if key not in units}
    if new:
        # Two requests may store the same text at once: both find it afterwards, and both know its words.
        MemoryUnit.objects.bulk_create([_unit(key, text) for key, text in new.items()], ignore_conflicts=True)
        made = _units(new)
        MemoryWord.objects.bulk_create(
            (
                MemoryWord(unit_id=unit.pk, source_locale_id=key[0], target_locale_id=key[1], word=word)
                for key, unit in made.items()
                for word in sorted(memory_words(new[key].source, codes[key[0]]))
            ),
            batch_size=5_000,
            ignore_conflicts=True,
        )
    stored.created += len(new)
    stored.changed += len(changed)


def _units(wanted: Iterable[tuple[int, int, str, str]]) -> dict[tuple[int, int, str, str], MemoryUnit]:
    keys = set(wanted)
    # The index begins with the locales.
    rows = MemoryUnit.objects.filter(
        source_locale__in={key[0] for key in keys},
        target_locale__in={key[1] for key in keys},
        source_hash__in={key[2] for key in keys},
    ).defer("source_text", "target_text")
    found = {(row.source_locale_id, row.target_locale_id, row.source_hash, row.target_hash): row for row in rows}
    return {key: row for key, row in found.items() if key in keys}


def _unit(key: tuple[int, int, str, str], text: MemoryText) -> MemoryUnit:
    return MemoryUnit(
        source_locale_id=text.source_locale,
        target_locale_id=text.target_locale,
        source_text=text.source,
        source_hash=key[2],
        target_text=text.target,
        target_hash=key[3],
        length=compared_length(text.source),
        origin=text.origin,
        origin_name=text.origin_name[:255],
        translator_id=text.translator,
        uses=max(text.uses, 1),
        used_at=text.used_at or timezone.now(),
    )


def _merged(one: MemoryText, other: MemoryText) -> MemoryText:
    """Of the same text twice: the better origin, of equal ones the later."""
    moments = [moment for moment in (one.used_at, other.used_at) if moment]
    better = other if _rank(other) >= _rank(one) else one
    return replace(better, uses=max(one.uses, other.uses), used_at=max(moments, default=None))


def _rank(text: MemoryText) -> tuple[int, float]:
    return _RANKS[text.origin], text.used_at.timestamp() if text.used_at else 0.0


def _update(unit: MemoryUnit, text: MemoryText) -> bool:
    before = [getattr(unit, name) for name in _CHANGEABLE]
    used_at = text.used_at or unit.used_at
    rank, known_rank = _RANKS[text.origin], _RANKS[Origin(unit.origin)]
    if rank > known_rank or (rank == known_rank and used_at > unit.used_at):
        unit.origin, unit.origin_name, unit.translator_id = text.origin, text.origin_name[:255], text.translator
    unit.uses = max(unit.uses, text.uses)
    unit.used_at = max(unit.used_at, used_at)
    return before != [getattr(unit, name) for name in _CHANGEABLE]


# --- From translations ---------------------------------------------------------------------------------------------
def memory_record(*, translations: Iterable[int]) -> Stored:
    """Put the StringTranslations with these ids into the memory, nine statements at most for every 500.

    Whatever writes them in bulk calls this, or :func:`memory_record_later`: signals do not tell. Texts with an error
    and slugs are left out.
    """
    stored = Stored()
    waiting = sorted(set(translations))
    for start in range(0, len(waiting), _CHUNK):
        done = memory_store(texts=_texts(waiting[start : start + _CHUNK]))
        stored.created += done.created
        stored.changed += done.changed
    return stored


def memory_record_all() -> Stored:
    """Put every StringTranslation into the memory, those of texts that no page has any more too."""
    return memory_record(translations=StringTranslation.objects.values_list("pk", flat=True).iterator())


def _texts(ids: list[int]) -> list[MemoryText]:
    rows = list(
        StringTranslation.objects.filter(pk__in=ids, has_error=False)
        .exclude(data="")
        .exclude(context__path="slug")
        .select_related("translation_of", "context")
        .order_by("updated_at", "pk")
    )
    if not rows:
        return []
    strings = {row.translation_of_id for row in rows}
    uses = {
        (string, locale, data): count
        for string, locale, data, count in StringTranslation.objects.filter(translation_of__in=strings, has_error=False)
        .values_list("translation_of_id", "locale_id", "data")
        .annotate(count=Count("pk"))
        .order_by()
    }
    names = {
        (key, locale): name
        for key, locale, name in TranslationSource.objects.filter(
            object__in={row.context.object_id for row in rows if row.context}
        ).values_list("object_id", "locale_id", "object_repr")
    }
    return [
        MemoryText(
            source_locale=row.translation_of.locale_id,
            target_locale=row.locale_id,
            source=row.translation_of.data,
            target=row.data,
            origin=Origin.MACHINE
            if row.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
            else Origin.TRANSLATION,
            origin_name=names.get((row.context.object_id, row.translation_of.locale_id), "") if row.context else "",
            translator=row.last_translated_by_id,
            uses=uses.get((row.translation_of_id, row.locale_id, row.data), 1),
            used_at=row.updated_at,
        )
        for row in rows
    ]


class _Own(local):
    """The texts to put into the memory after the transaction, by thread."""

    def __init__(self) -> None:
        self.waiting: set[int] = set()


_own = _Own()


def memory_record_later(*, translations: Iterable[int]) -> None:
    """Record after this transaction, once for all that it saves; at once where there is none."""
    ids = set(translations)
    if ids:
        # What a transaction leaves here that is rolled back is looked for with the next one, in vain.
        _own.waiting |= ids
        transaction.on_commit(_record_waiting, robust=True)


def _record_waiting() -> None:
    ids, _own.waiting = _own.waiting, set()
    memory_record(translations=ids)


def unit_delete(*, unit: MemoryUnit) -> None:
    """Forget a text. It comes back when somebody translates so again, or with build_memory while a page says so."""
    unit.delete()
