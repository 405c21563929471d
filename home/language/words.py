"""The words of a text, where they stand in it, and their spelling without what readers leave out when they type."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Signs within a word that are no letters: combining accents, Arabic vowel and recitation signs, soft hyphens and
# zero-width (non-)joiners. The stretched line (tatweel) counts as a letter for Unicode and is left out later.
_WITHIN = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u200c\u200d\u2060"
# First, letters with points between them (O.N.U.), then plain words; an underscore is no part of a word.
_WORD = re.compile(rf"(?:[^\W\d_][{_WITHIN}]*\.){{2,}}(?:[^\W\d_](?![\w{_WITHIN}]))?|[^\W_](?:[^\W_]|[{_WITHIN}])*")
_APOSTROPHES = "'\u2019\u02bc\uff07"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
# Longer ones are no words, and a database index takes no terms without end.
_MAX_LENGTH = 40


class Word(NamedTuple):
    """A word as it is written at ``start`` to ``end`` of its text.

    ``is_elided`` says that an apostrophe follows, as in ``l'État``.
    """

    text: str
    start: int
    end: int
    is_elided: bool


def words_in(text: str) -> Iterator[Word]:
    """The words of a text in their order. Apostrophes, hyphens and all other signs stand between words."""
    for found in _WORD.finditer(text):
        end = found.end()
        yield Word(found[0], found.start(), end, text[end : end + 1] in _APOSTROPHES and end < len(text))


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """The word in small letters and in Unicode's compatible form, accents kept; digits of every script as 0 to 9."""
    composed = unicodedata.normalize("NFKC", word.casefold()).casefold().translate(_LIGATURES)
    letters = (
        str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign
        for sign in composed
        if sign.isalnum() or unicodedata.combining(sign)
    )
    return "".join(letters)[:_MAX_LENGTH]


def unaccented(word: str, *, keep: str = "") -> str:
    """The word without combining signs; the letters in ``keep`` stay as they are."""
    if word.isascii():
        return word
    if keep:
        return "".join(sign if sign in keep else unaccented(sign) for sign in unicodedata.normalize("NFC", word))
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
