"""Texts with the words found marked, and the passage of a long text that shows most of them."""

import re
from collections.abc import Collection, Mapping
from itertools import groupby
from typing import NamedTuple

from home.language.analysis import word_terms
from home.language.words import words_in

# How far a passage reaches, in characters, and how much of a text is looked at for it.
PASSAGE_LENGTH = 240
_LOOKED_AT = 50_000
_LEAD_IN = 60
_ELLIPSIS = "…"
_SPACES = re.compile(r"\s+")


class Fragment(NamedTuple):
    """A piece of a text as it is written, and whether it is a word that was searched for."""

    text: str
    is_match: bool


class _Match(NamedTuple):
    start: int
    end: int
    word: int


def _matches(text: str, looked_for: Mapping[str, int], locale: str) -> list[_Match]:
    found = []
    for word in words_in(text[:_LOOKED_AT]):
        common = [looked_for[term] for term in word_terms(word.text, locale).found_by if term in looked_for]
        if common:
            found.append(_Match(word.start, word.end, min(common)))
    return found


def _numbered(groups: Collection[Collection[str]]) -> dict[str, int]:
    return {term: number for number, group in enumerate(groups) for term in group}


def marked(text: str, groups: Collection[Collection[str]], locale: str) -> list[Fragment] | None:
    """The whole text in fragments, None when no word of it was searched for; ``groups`` are of ``query_terms``."""
    matches = _matches(text, _numbered(groups), locale)
    return _fragments(text, matches, 0, len(text)) if matches else None


def passage(text: str, groups: Collection[Collection[str]], locale: str) -> list[Fragment] | None:
    """The passage with the most words that were searched for, the first of the best; None when there is none.

    It begins and ends at words; an ellipsis stands where the text goes on. Line breaks become spaces.
    """
    matches = _matches(text, _numbered(groups), locale)
    if not matches:
        return None
    best, best_score = matches[0], (0, 0)
    end = 0
    for place, match in enumerate(matches):
        end = max(end, place)
        while end < len(matches) and matches[end].end - match.start <= PASSAGE_LENGTH - _LEAD_IN:
            end += 1
        within = matches[place : max(end, place + 1)]
        score = (len({each.word for each in within}), len(within))
        if score > best_score:
            best, best_score = match, score
    start, stop = _cut(text, best)
    fragments = _fragments(text, matches, start, stop)
    if start > 0:
        fragments.insert(0, Fragment(_ELLIPSIS, False))
    if stop < len(text):
        fragments.append(Fragment(_ELLIPSIS, False))
    return _joined(fragments)


def _cut(text: str, match: _Match) -> tuple[int, int]:
    start = max(0, match.start - _LEAD_IN)
    if start > 0:
        gap = _SPACES.search(text, start, match.start)
        start = gap.end() if gap else match.start
    stop = min(len(text), max(start + PASSAGE_LENGTH, match.end))
    if stop < len(text):
        gap_at = max(text.rfind(" ", match.end, stop), text.rfind("\n", match.end, stop))
        stop = gap_at if gap_at > 0 else stop
    return start, stop


def _fragments(text: str, matches: list[_Match], start: int, stop: int) -> list[Fragment]:
    fragments, position = [], start
    for match in matches:
        if match.start < position or match.end > stop:
            continue
        fragments += [Fragment(text[position : match.start], False), Fragment(text[match.start : match.end], True)]
        position = match.end
    return _joined([*fragments, Fragment(text[position:stop], False)])


def _joined(fragments: list[Fragment]) -> list[Fragment]:
    """Without empty fragments, and with neighbours that match or that do not in one."""
    kept = [Fragment(_SPACES.sub(" ", text), is_match) for text, is_match in fragments if text]
    return [
        Fragment("".join(text for text, _is_match in run), is_match)
        for is_match, run in groupby(kept, key=lambda fragment: fragment.is_match)
    ]
