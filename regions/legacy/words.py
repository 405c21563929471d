"""Words and phrases of French, Arabic and Spanish text, recognised in any spelling (``home.language.folding``)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from home.language import folding

T = TypeVar("T")

_HYPHENS = "-\u2010\u2011\u2012\u2013"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    ``folded`` is what phrases are compared with, ``raw`` keeps the case, ``joined`` says that a hyphen ties it to the
    next word, ``forms`` holds ``folded`` and, for Arabic, the word without the particles و ف ب ك ل written onto it.
    """

    folded: str
    raw: str
    joined: bool
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase found: the words from ``start`` up to, not including, ``end``, and what the phrase stands for."""

    start: int
    end: int
    value: T


# A line is looked at by the parser, the classifier and the gazetteer, each asking for its words.
@lru_cache(maxsize=2048)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of ``text``, in order."""
    bare = folding.bare(text)
    words = []
    for match in folding.WORD.finditer(bare):
        raw = folding.unpointed(match.group())
        folded = raw.casefold()
        end = match.end()
        joined = bare[end : end + 1] != "" and bare[end] in _HYPHENS and bare[end + 1 : end + 2].isalnum()
        words.append(Word(folded=folded, raw=raw, joined=joined, forms=_forms(folded)))
    return tuple(words)


def word_places(text: str) -> tuple[tuple[int, int], ...]:
    """Where each word of ``words_of(text)`` begins and ends in ``text``."""
    # Folding one letter gives none, one or several: the letter that each came from is kept.
    letters = [(position, letter) for position, character in enumerate(text) for letter in folding.bare(character)]
    bare = "".join(letter for _position, letter in letters)
    return tuple((letters[match.start()][0], letters[match.end() - 1][0] + 1) for match in folding.WORD.finditer(bare))


def _forms(folded: str) -> tuple[str, ...]:
    if not "\u0621" <= folded[0] <= "\u064a":
        return (folded,)
    forms = [folded]
    if folded[0] in "وف" and len(folded) > 3:
        forms.append(folded[1:])
    for form in tuple(forms):
        if form.startswith("لل") and len(form) > 4:
            forms.append("ال" + form[2:])
        elif form[0] in "بكل" and len(form) > 3:
            forms.append(form[1:])
    return tuple(forms)


def without_article(form: str) -> str:
    """An Arabic word without its article ال; any other word as it is."""
    return form[2:] if form.startswith("ال") and len(form) > 4 else form


class Phrases(Generic[T]):
    """Phrases to find in texts, each with a value.

    A phrase is matched word by word: its first word against any form of the text's word. A ``*`` at the end of a
    word of the phrase stands for any ending.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]], *, article_matters: bool = True) -> None:
        self._article_matters = article_matters
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        # Phrases whose first word has an open ending, by its first letter.
        self._open: dict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        for phrase, value in phrases:
            pattern = tuple(self._pattern(phrase))
            if not pattern:
                raise ValueError(f"a phrase needs a word: {phrase!r}")
            found = self._open[pattern[0][0]] if pattern[0].endswith("*") else self._by_first[pattern[0]]
            found.append((pattern, value))

    def _pattern(self, phrase: str) -> Iterator[str]:
        for part in phrase.split():
            star = "*" if part.endswith("*") else ""
            words = words_of(part)
            for position, word in enumerate(words):
                yield self._bare(word.folded) + (star if position == len(words) - 1 else "")

    def _bare(self, form: str) -> str:
        return form if self._article_matters else without_article(form)

    def at(self, words: Sequence[Word], start: int) -> list[Match[T]]:
        """Every phrase that begins at the word ``start``, the longest first."""
        firsts = tuple(dict.fromkeys(self._bare(form) for form in words[start].forms))
        candidates = [entry for first in firsts for entry in self._by_first.get(first, ())]
        candidates += [
            entry
            for letter in dict.fromkeys(first[0] for first in firsts)
            for entry in self._open.get(letter, ())
            if any(first.startswith(entry[0][0][:-1]) for first in firsts)
        ]
        found = [
            Match(start, start + len(pattern), value)
            for pattern, value in candidates
            if start + len(pattern) <= len(words)
            and all(self._fits(part, words[start + offset]) for offset, part in enumerate(pattern[1:], start=1))
        ]
        return sorted(found, key=lambda match: -match.end)

    def _fits(self, part: str, word: Word) -> bool:
        form = self._bare(word.folded)
        return form.startswith(part[:-1]) if part.endswith("*") else form == part

    def find(self, words: Sequence[Word]) -> Iterator[Match[T]]:
        """Every phrase in ``words``, overlapping ones too, in order of their first word."""
        for start in range(len(words)):
            yield from self.at(words, start)
