"""From the words of a text to the terms of the search index, by the rules of the text's language.

Both sides use it: a word of a page gives the terms under which it is found, a word of a query the terms it looks for,
and they meet when they have one in common. They are the same on every database, because none of this happens there.

- Case, accents, ligatures and the digits of other scripts never count. Where an accent makes a letter of its own
  (Spanish ñ), it counts if the reader typed it: "año" finds no "ano", but "espana" finds "España".
- Words are reduced to stems: Snowball's for languages that it has, the rules of ``arabic`` for Arabic letters, wherever
  they stand. A word with accents gives two stems, one of its own spelling and one of the spelling without accents,
  since readers and stemmers do not always agree on what accents are for.
- Words such as "de" or "في" are no terms, nor what is elided before an apostrophe (l', d', qu'). In capitals they may
  be codes and initials ("MA", "UN"): a text is found by those, in queries that have no other word.
"""

import re
import threading
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import babel
import snowballstemmer

from home.language import arabic
from home.language.words import plain, unaccented, words_in

_DATA = Path(__file__).parent / "data"
# Letters with an accent that are letters of their own, by language.
_OWN_LETTERS = {"es": "ñ"}
# Endings of plurals that Snowball leaves on short words, such as "años" and "lois".
_PLURALS = {"es": re.compile("(?<=[aeo])s$"), "fr": re.compile("s$")}
_SHORTEST_SINGULAR = 3
_LONGEST_ELIDED = 2
# Marks the terms of a word whose attached letters were cut; no word has an underscore.
_DETACHED = "_"


class Terms(NamedTuple):
    """What one word stands for: the terms it is found by, and those it looks for in a query."""

    found_by: frozenset[str]
    looks_for: frozenset[str]


_NONE = Terms(frozenset(), frozenset())


@lru_cache(maxsize=32768)
def word_terms(word: str, locale: str) -> Terms:
    """The terms of a word as it is written in a text of ``locale``; none for a word that tells nothing."""
    spelled = plain(word)
    language = locale.partition("-")[0]
    if arabic.is_arabic(spelled):
        return _arabic_terms(arabic.respelled(spelled))
    if not spelled:
        return _NONE
    if unaccented(spelled) in _stop_words(language):
        return Terms(frozenset({unaccented(spelled)}), frozenset()) if len(word) > 1 and word.isupper() else _NONE
    return _stemmed_terms(spelled, language)


def text_terms(texts: Iterable[str], locale: str) -> set[str]:
    """The terms by which texts of ``locale`` are found."""
    terms: set[str] = set()
    for text in texts:
        for word in words_in(text):
            if not (word.is_elided and len(word.text) <= _LONGEST_ELIDED):
                terms |= word_terms(word.text, locale).found_by
    return terms


def query_terms(text: str, locale: str, *, limit: int) -> list[frozenset[str]]:
    """For each of the first ``limit`` words of a query that tell something, the terms that it looks for."""
    groups: dict[frozenset[str], None] = {}
    for word in words_in(text):
        if word.is_elided and len(word.text) <= _LONGEST_ELIDED:
            continue
        if looked_for := word_terms(word.text, locale).looks_for:
            groups[looked_for] = None
            if len(groups) == limit:
                break
    if not groups:
        codes = (unaccented(plain(word.text)) for word in words_in(text) if len(word.text) > 1)
        groups = dict.fromkeys(frozenset({code}) for code in codes if code)
    return list(groups)[:limit]


class Typed(NamedTuple):
    """What somebody has typed: for each whole word the terms it looks for; those of the last one, and its spelling."""

    whole: list[frozenset[str]]
    last: frozenset[str]
    beginning: str


def typed_terms(text: str, locale: str, *, limit: int, is_typing: bool) -> Typed:
    """As ``query_terms``, for a search that answers while the last word ``is_typing``, which may be but a beginning."""
    words = list(words_in(text))
    if not is_typing or not words:
        return Typed(query_terms(text, locale, limit=limit), frozenset(), "")
    last = words[-1]
    before = text[: last.start]
    # What is left of words that tell nothing is for whole queries: beside another word they are left out.
    told = any(word_terms(word.text, locale).looks_for for word in words_in(before))
    return Typed(
        whole=query_terms(before, locale, limit=limit) if told else [],
        last=word_terms(last.text, locale).looks_for,
        beginning=spelling(last.text),
    )


@lru_cache(maxsize=4096)
def spelling(text: str) -> str:
    """The words of a name without what never counts: case, accents, vowel signs. For parts of names."""
    spelled = (plain(word.text) for word in words_in(text))
    return " ".join(arabic.respelled(word) if arabic.is_arabic(word) else unaccented(word) for word in spelled)


def _arabic_terms(word: str) -> Terms:
    if not word or word in _stop_words("ar") or (word[0] == "و" and word[1:] in _stop_words("ar")):
        return _NONE
    stem, detached = arabic.stem(word), arabic.detached_stems(word)
    marked = {_DETACHED + rest for rest in detached}
    # Never detached on both sides: بقاء and لقاء have nothing in common but what is left without the first letter.
    return Terms(frozenset({stem, *marked}), frozenset({stem, _DETACHED + stem, *detached}))


def _stemmed_terms(word: str, language: str) -> Terms:
    if not word.isalpha():
        return Terms(*[frozenset({unaccented(word)})] * 2)
    own = _OWN_LETTERS.get(language, "")
    looks_for = frozenset(
        {unaccented(_stem(word, language), keep=own), unaccented(_stem(unaccented(word, keep=own), language), keep=own)}
    )
    if not any(letter in word for letter in own):
        return Terms(looks_for, looks_for)
    typed_without = _stemmed_terms(unaccented(word), language).found_by
    return Terms(looks_for | {unaccented(term) for term in looks_for} | typed_without, looks_for)


_stemmers = threading.local()


def _stem(word: str, language: str) -> str:
    word = _irregular(language).get(word, word)
    name = _algorithm(language)
    if name is None:
        return word
    # A stemmer works on a word of its own, so that threads cannot share it.
    stemmer = getattr(_stemmers, name, None)
    if stemmer is None:
        stemmer = snowballstemmer.stemmer(name)
        setattr(_stemmers, name, stemmer)
    stem: str = stemmer.stemWord(word)
    plural = _PLURALS.get(language)
    return plural.sub("", word) if plural and stem == word and len(word) > _SHORTEST_SINGULAR else stem


@cache
def _algorithm(language: str) -> str | None:
    """Snowball's name of a language, None where it has no rules for it."""
    try:
        name = (babel.Locale.parse(language).get_language_name("en") or "").lower()
    except (babel.UnknownLocaleError, ValueError):
        return None
    return name if name in snowballstemmer.algorithms() else None


@cache
def _stop_words(language: str) -> frozenset[str]:
    words: Sequence[str] = _data("stop_words").get(language, "").split()
    if language == "ar":
        return frozenset(arabic.respelled(plain(word)) for word in words)
    return frozenset(unaccented(plain(word)) for word in words)


@cache
def _irregular(language: str) -> dict[str, str]:
    """Plain words to the form that they are searched by, for a language of Latin letters."""
    forms = {plain(word): plain(other) for word, other in _data("irregular").get(language, {}).items()}
    return {unaccented(word): unaccented(other) for word, other in forms.items()} | forms


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
