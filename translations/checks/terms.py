"""Approved and forbidden terms. Inflected forms count: terms meet by their stems, as in search."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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


class Terms(tuple[Term, ...]):
    """A glossary that is asked about many texts: each looks at the terms that begin with one of its words alone."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._beginnings: dict[str, dict[str, list[int]]] = {}

    def beginnings(self, language: str) -> Mapping[str, list[int]]:
        """By each stem, the numbers of the terms whose first word has it."""
        if language not in self._beginnings:
            found: dict[str, list[int]] = defaultdict(list)
            for number, term in enumerate(self):
                for word in _term_words(term.source, language)[:1]:
                    for stem in word.stems:
                        found[stem].append(number)
            self._beginnings[language] = dict(found)
        return self._beginnings[language]


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
    """The terms that stand in a plain text, in their order. Those that begin with none of its words cost nothing."""
    known = terms if isinstance(terms, Terms) else Terms(terms)
    beginnings = known.beginnings(language)
    stems = frozenset[str]().union(*(word.stems for word in _words(text, language)))
    numbers = {number for stem in stems for number in beginnings.get(stem, ())}
    candidates = [known[number] for number in sorted(numbers)]
    return [term for term in candidates if places_of(term.source, text, language, match_case=term.match_case)]


def places_of(term: str, text: str, language: str, *, match_case: bool = False) -> list[Place]:
    """Where the words of ``term`` follow each other in ``text``, inflected or not."""
    wanted = _term_words(term, language)
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
    return _analysed(text, language)


def _analysed(text: str, language: str) -> list[_Word]:
    """The words of a text; one that tells nothing to a search stands for itself."""
    return [_Word(word.text, word.start, word.end, _stems(word.text, language)) for word in words_in(text)]


@lru_cache(maxsize=65536)
def _term_words(term: str, language: str) -> list[_Word]:
    """The words of a term, kept apart from those of texts: a large glossary is not analysed anew for each."""
    return _analysed(term, language)


def _stems(word: str, language: str) -> frozenset[str]:
    terms = word_terms(word, language)
    return terms.looks_for | terms.found_by or frozenset({word.casefold()})
