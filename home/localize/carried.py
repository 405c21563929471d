"""What was translated at a place before its source text was corrected.

wagtail-localize ties a translation to the exact text: one corrected word, and the segment is untranslated again. The
old translation stays stored. Here it is found by its place on the page, and offered to the translator and in files; it
never goes into a page by itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from wagtail_localize.models import StringSegment, StringTranslation, Translation

# At a place with several texts, such as a rich text, less than this is another text and not an earlier version.
_ALIKE = 0.5
# Of the old texts of one place, no more than the latest are compared with each text that stands there now.
_MOST_OLD = 200
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Carried:
    """The old translation of a text that was corrected since.

    ``similarity`` is that of the two source texts, from 0 to 1, counted in words and marks.
    """

    segment_id: int
    old_source: str
    old_translation: str
    similarity: float


@dataclass(frozen=True)
class _Old:
    source: str
    translation: str
    updated_at: datetime


def carried_list(translation: Translation) -> list[Carried]:
    """For each segment that lacks a translation, the old one of the same place, in the order of the page.

    Where the place has one text, that is its latest earlier translation, however much was changed. Where it has
    several (a rich text), it is the most similar old text, each at most once, and only one that is alike. Two
    statements, whatever the number of segments.
    """
    segments = list(
        StringSegment.objects.filter(source_id=translation.source_id)
        .annotate_translation(translation.target_locale_id, include_errors=True)
        .select_related("string")
        .order_by("order")
    )
    missing: dict[int, list[StringSegment]] = defaultdict(list)
    for segment in segments:
        if not segment.translation:
            missing[segment.context_id].append(segment)
    if not missing:
        return []
    current = {(segment.context_id, segment.string_id) for segment in segments}
    old: dict[int, list[_Old]] = defaultdict(list)
    rows = StringTranslation.objects.filter(
        context_id__in=missing, locale_id=translation.target_locale_id, has_error=False
    ).values_list("context_id", "translation_of_id", "translation_of__data", "data", "updated_at")
    for context_id, string_id, source, text, updated_at in rows:
        if (context_id, string_id) not in current and text:
            old[context_id].append(_Old(source, text, updated_at))
    counts: dict[int, int] = defaultdict(int)
    for segment in segments:
        counts[segment.context_id] += 1
    found = [
        carried
        for context_id, wanted in missing.items()
        for carried in (
            _of_one(wanted[0], old[context_id]) if counts[context_id] == 1 else _of_several(wanted, old[context_id])
        )
    ]
    order = {segment.pk: segment.order for segment in segments}
    return sorted(found, key=lambda carried: order[carried.segment_id])


def similarity(first: str, second: str) -> float:
    """How alike two texts are, from 0 to 1, by their words and marks."""
    words = _WORD.findall(first), _WORD.findall(second)
    return SequenceMatcher(None, *words, autojunk=False).ratio()


def _carried(segment: StringSegment, old: _Old) -> Carried:
    return Carried(segment.pk, old.source, old.translation, round(similarity(old.source, segment.string.data), 3))


def _of_one(segment: StringSegment, old: Sequence[_Old]) -> Iterable[Carried]:
    """The place had this text, and before it another, and so on: the latest is the one that was corrected."""
    if old:
        yield _carried(segment, max(old, key=lambda each: each.updated_at))


def _of_several(segments: Sequence[StringSegment], old: Sequence[_Old]) -> Iterable[Carried]:
    latest = sorted(old, key=lambda each: each.updated_at, reverse=True)[:_MOST_OLD]
    words = {segment.pk: _WORD.findall(segment.string.data) for segment in segments}
    pairs = []
    for number, each in enumerate(latest):
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(_WORD.findall(each.source))
        for segment in segments:
            matcher.set_seq1(words[segment.pk])
            # The first two are upper limits of the third, and cheap.
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _ALIKE and matcher.ratio() >= _ALIKE:
                pairs.append((-matcher.ratio(), number, segment))
    taken: set[int] = set()
    given: set[int] = set()
    for _ratio, number, segment in sorted(pairs, key=lambda pair: pair[:2]):
        if number not in taken and segment.pk not in given:
            taken.add(number)
            given.add(segment.pk)
            yield _carried(segment, latest[number])
