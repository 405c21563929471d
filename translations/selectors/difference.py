"""What has changed in a source since its translators began: word by word."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from wagtail.models import DraftStateMixin
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from translations.selectors.exchange import place_describer

_PIECE = re.compile(r"<[^>]*>|\w+|\s+|[^\w\s]")
# Longer texts are shown as removed and added: comparing them word by word would take seconds.
_LONGEST = 20_000


class Run(NamedTuple):
    """A run of words that both texts have, or only one of them."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A text of the source as it was translated and as it is now; either may be empty."""

    path: str
    before: str
    now: str
    translation: str
    """What the text before is translated as; empty where it is not."""
    label: str = ""
    """The field as the editor names it."""

    @property
    def runs(self) -> list[Run]:
        """Both in one, word by word."""
        return word_difference(self.before, self.now)


def word_difference(before: str, now: str) -> list[Run]:
    """What to take from ``before`` and what to put in to get ``now``. Tags stay whole."""
    if max(len(before), len(now)) > _LONGEST:
        runs = [Run("removed", before), Run("added", now)] if before != now else [Run("same", now)]
        return [run for run in runs if run.text]
    old, new = _PIECE.findall(before), _PIECE.findall(now)
    runs = []
    for operation, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            runs.append(Run("same", "".join(old[first:last])))
            continue
        if first < last:
            runs.append(Run("removed", "".join(old[first:last])))
        if start < end:
            runs.append(Run("added", "".join(new[start:end])))
    return runs


def changed_list(*, translation: Translation) -> list[ChangedText]:
    """The texts of the live source that differ from those being translated, in the order of the page.

    Texts at the same place are set beside each other by their likeness, since a paragraph put before others moves them.
    """
    instance = translation.source.get_source_instance()
    if isinstance(instance, DraftStateMixin) and not instance.live:
        return []
    now: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue) and not segment.is_empty():
            now[segment.path].append(segment.string.data)
    before: dict[str, list[tuple[str, str]]] = defaultdict(list)
    fields: dict[str, str] = {}
    rows = (
        StringSegment.objects.filter(source=translation.source_id)
        .annotate_translation(translation.target_locale_id, include_errors=True)
        .order_by("order")
        .values_list("context__path", "context__field_path", "string__data", "translation")
    )
    for path, field_path, text, translated in rows:
        before[path].append((text, translated or ""))
        fields[path] = field_path or path
    place = place_describer(instance)
    return [
        replace(changed, label=place(path, fields.get(path, path))[0])
        for path in dict.fromkeys([*now, *before])
        for changed in _changed_at(path, before.get(path, []), now.get(path, []))
    ]


def _changed_at(path: str, before: list[tuple[str, str]], now: list[str]) -> Iterator[ChangedText]:
    texts = [text for text, _translation in before]
    gone = [row for row in before if row[0] not in now]
    for text in now:
        if text in texts:
            continue
        alike = max(gone, key=lambda row: _likeness(row[0], text), default=None)
        if alike is not None and (len(now) == len(before) == 1 or _likeness(alike[0], text) > 0.4):
            gone.remove(alike)
            yield ChangedText(path, alike[0], text, alike[1])
        else:
            yield ChangedText(path, "", text, "")
    for text, translated in gone:
        yield ChangedText(path, text, "", translated)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one[:2000].split(), other[:2000].split(), autojunk=False).ratio()
