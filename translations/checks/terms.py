"""Approved and forbidden terms. Inflected forms count: terms meet by their stems, as in search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from home.language.analysis import word_terms
from home.language.words import words_in
from translations.checks.finding import Check, Finding
from translations.checks.pair import Pair


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary, as the checks need it."""

    source: str
    target: str
    forbidden: tuple[str, ...] = ()
    match_case: bool = False


class Place(NamedTuple):
    """Where a term stands: offsets in the plain text."""

    start: int
    end: int


def check_terms(pair: Pair, terms: Iterable[Term]) -> Iterator[Finding]:
    for term in terms_in(pair.source_text, terms, pair.source_language):
        for wrong in term.forbidden:
            if places_of(wrong, pair.target_text, pair.target_language):
                yield Finding(
                    Check.GLOSSARY,
                    _("“%(wrong)s” is forbidden for “%(term)s”: write “%(right)s”.")
                    % {"wrong": wrong, "term": term.source, "right": term.target},
                )
                break
        else:
            if not places_of(term.target, pair.target_text, pair.target_language):
                yield Finding(
                    Check.GLOSSARY,
                    _("“%(term)s” is “%(right)s” in the glossary.") % {"term": term.source, "right": term.target},
                )


def terms_in(text: str, terms: Iterable[Term], language: str) -> list[Term]:
    """The terms that stand in a plain text. Those of which a word is lacking cost next to nothing."""
    stems = frozenset[str]().union(*(word.stems for word in _words(text, language)))
    return [
        term
        for term in terms
        if all(word.stems & stems for word in _words(term.source, language))
        and places_of(term.source, text, language, match_case=term.match_case)
    ]


def places_of(term: str, text: str, language: str, *, match_case: bool = False) -> list[Place]:
    """Where the words of ``term`` follow each other in ``text``, inflected or not."""
    wanted = _words(term, language)
    if not wanted:
        return []
    words = _words(text, language)
    places = []
    for start in range(len(words) - len(wanted) + 1):
        window = words[start : start + len(wanted)]
        if all(
            one.stems & other.stems and (not match_case or one.text == other.text)
            for one, other in zip(wanted, window, strict=True)
        ):
            places.append(Place(window[0].start, window[-1].end))
    return places


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    stems: frozenset[str]


@lru_cache(maxsize=2048)
def _words(text: str, language: str) -> list[_Word]:
    """The words of a text; one that tells nothing to a search stands for itself."""
    return [_Word(word.text, word.start, word.end, _stems(word.text, language)) for word in words_in(text)]


def _stems(word: str, language: str) -> frozenset[str]:
    terms = word_terms(word, language)
    return terms.looks_for | terms.found_by or frozenset({word.casefold()})
