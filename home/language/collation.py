"""The order of names: CLDR's, which is that of the Unicode Collation Algorithm (UTS 10) with what a language changes.

Case and accents count only between names that are otherwise the same: é stands next to e. What languages change is in
CLDR (common/collation); here is what the letters of names need of it, under the names of the same rules. PostgreSQL has
the same order as the collations ``fr-x-icu``, ``ar-x-icu`` and so on; on SQLite this file provides them.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from pyuca.collator import Collator_10_0_0

# Weights of the three levels: which letter, which accent, small or capital.
Element = tuple[int, int, int]

_SEPARATOR = chr(1)
_LAST = 0xFFFE
_PLAIN = 0x20
_SMALL, _CAPITAL = 2, 8
_SURROGATES = 0xD800
# More of a name sorts nothing, and keys become parts of cursors.
_LENGTH = 60


@lru_cache(maxsize=8192)
def collation_key(text: str, locale: str) -> str:
    """A key that sorts names as people of ``locale`` expect, compared character by character."""
    elements = _elements(unicodedata.normalize("NFD", text[:_LENGTH]), locale.partition("-")[0])
    levels = ("".join(_sign(element[level]) for element in elements if element[level]) for level in range(3))
    return _SEPARATOR.join(levels)


def collation_compare(first: str, second: str, *, locale: str) -> int:
    """Less than, equal to or greater than zero, as sorting functions want it."""
    one, other = collation_key(first, locale), collation_key(second, locale)
    return (one > other) - (one < other)


def collation_name(locale: str) -> str:
    """The name of the collation of a language in the database."""
    return f"{locale.partition('-')[0]}-x-icu"


def _sign(weight: int) -> str:
    # Surrogates are no characters; nothing lies between them and what they are moved to.
    return chr(weight if weight < _SURROGATES else weight + 0x10000)


def _elements(text: str, language: str) -> list[Element]:
    changed = _tailoring(language)
    elements: list[Element] = []
    pieces = changed.pattern.split(text) if changed.pattern else [text]
    for piece in pieces:
        if piece in changed.elements:
            elements += changed.elements[piece]
        elif piece:
            elements += _root(piece)
    return [(changed.moved(primary), secondary, tertiary) for primary, secondary, tertiary in elements]


def _root(text: str) -> list[Element]:
    found: list[list[int]] = _collator().collation_elements(text)
    return [(primary, secondary, tertiary) for primary, secondary, tertiary in found]


@cache
def _collator() -> Any:
    return Collator_10_0_0()


class _Tailoring:
    """What a language changes: the elements of some sequences (in NFD), and a script that comes before all others."""

    def __init__(self, elements: dict[str, list[Element]], first_script: tuple[int, int] | None = None) -> None:
        self.elements = elements
        longest_first = sorted(elements, key=len, reverse=True)
        self.pattern = re.compile(f"({'|'.join(longest_first)})") if elements else None
        self.first_letter = _primary("a")
        self.first_script = first_script

    def moved(self, primary: int) -> int:
        """The weight of a letter with the first script before all others."""
        if self.first_script is None or not self.first_letter <= primary < _LAST:
            return primary
        start, end = self.first_script
        if start <= primary <= end:
            return self.first_letter + primary - start
        return primary + end - start + 1 if primary < start else primary


def _primary(letter: str) -> int:
    return _root(letter)[0][0]


@cache
def _tailoring(language: str) -> _Tailoring:
    if language == "es":
        return _spanish()
    if language == "ar":
        return _arabic()
    return _Tailoring({})


def _spanish() -> _Tailoring:
    """``&N<ñ<<<Ñ``: a letter of its own, after n whatever follows that."""
    letter, tilde = _primary("n"), "\u0303"
    return _Tailoring(
        {
            f"n{tilde}": [(letter, _PLAIN, _SMALL), (_LAST, _PLAIN, _SMALL)],
            f"N{tilde}": [(letter, _PLAIN, _CAPITAL), (_LAST, _PLAIN, _SMALL)],
        }
    )


def _arabic() -> _Tailoring:
    """``[reorder Arab]``, and letters that differ as accents do.

    ``&ء<<أ<<ؤ<<إ<<ئ<<ا``, ``&ءا<<آ``, ``&[before 2]ت<<ة`` and ``&[before 2]ي<<ی<<ى``; the article counts.
    """
    hamza, above, below, madda = _primary("ء"), "\u0654", "\u0655", "\u0653"

    def alef(place: int) -> Element:
        return hamza, _PLAIN + place, _SMALL

    def before(letter: str, place: int) -> list[Element]:
        return [(_primary(letter), _PLAIN - place, _SMALL)]

    letters = [_primary(chr(code)) for code in range(0x0621, 0x06D4) if unicodedata.category(chr(code)) == "Lo"]
    return _Tailoring(
        {
            f"ا{madda}": [alef(1), alef(6)],
            f"ا{above}": [alef(2)],
            f"و{above}": [alef(3)],
            f"ا{below}": [alef(4)],
            f"ي{above}": [alef(5)],
            "ا": [alef(6)],
            "ة": before("ت", 1),
            "ی": before("ي", 2),
            "ى": before("ي", 1),
        },
        first_script=(min(letters), max(letters)),
    )
