"""Arabic words as readers search them: without vowel signs, in one spelling, without what is attached.

The endings are those of the light stemmer "light10" (Larkey, Ballesteros and Connell, 2002), which Lucene has too, with
two for the dual; names of countries that end in يا meet their nationalities. Other than there, a word keeps at least
three letters, single letters attached in front (و ف ب ل ك) are never cut from both words that are compared, and names
of countries that look like plurals stay whole.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

import babel

from home.language.words import plain

_SIGNS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]")
_ACCUSATIVE = re.compile("(?:\u064bا|ا\u064b)$")
_LETTERS = str.maketrans("أإآٱٲٳىئؤةکیہە", "اااااايي\u0648هكيهه")
_ARTICLES = ("وبال", "وكال", "فبال", "ولل", "فلل", "وال", "بال", "كال", "فال", "لل", "ال")
_ATTACHED = "وفبلك"
_CONJUNCTIONS = "وف"
_ENDINGS = ("تان", "تين", "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_OF_COUNTRIES = "يا"
_LIKE_PLURALS = ("ان", "ات", "ون", "ين")
_SHORTEST = 3


def is_arabic(word: str) -> bool:
    """Whether a plain word is written in Arabic letters."""
    return "\u0600" <= word[:1] <= "\u08ff"


def respelled(word: str) -> str:
    """A plain word without vowel signs and stretching, with one form of alef, hamza carriers, ya and ta marbuta."""
    return _SIGNS.sub("", _ACCUSATIVE.sub("", word)).translate(_LETTERS)


def stem(word: str) -> str:
    """The respelled word without the article and without endings; of an irregular plural, that of its singular."""
    bare = _without_article(word)
    return _without_endings(_singulars().get(bare, bare))


def detached_stems(word: str) -> frozenset[str]:
    """What else the respelled word may be if its first letters or its last are attached: stems without them.

    ومصر may be "and Egypt", for which this gives the stem of مصر; of words such as وزير it gives what is no word. A
    last alef may be that of the accusative (وزيرا).
    """
    stems = set()
    if _without_article(word) == word:
        if word.endswith("ا") and len(word) > _SHORTEST:
            stems.add(word[:-1])
        for rest in _detached(word):
            stems.add(stem(rest))
            if word[0] in _CONJUNCTIONS:
                stems.update(stem(inner) for inner in _detached(rest))
    elif word.startswith("لل") and len(word) >= _SHORTEST + 1:
        # Of three lams two are written: للجنة is "for the committee" (اللجنة).
        stems.add(stem(word[1:]))
    return frozenset(stems - {stem(word)})


def _detached(word: str) -> list[str]:
    return [word[1:]] if word[:1] in _ATTACHED and len(word) > _SHORTEST else []


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word[len(article) :]
    return word


def _without_endings(word: str) -> str:
    if word.endswith(_OF_COUNTRIES) and word in _names():
        return word.removesuffix(_OF_COUNTRIES)
    for ending in _ENDINGS:
        if word.endswith(_LIKE_PLURALS) and word in _names():
            return word  # لبنان without its ending would be milk
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
    return word


@cache
def _singulars() -> dict[str, str]:
    irregular = tomllib.loads((Path(__file__).parent / "data" / "irregular.toml").read_text(encoding="utf-8"))["ar"]
    return {respelled(plain(plural)): respelled(plain(singular)) for plural, singular in irregular.items()}


@cache
def _names() -> frozenset[str]:
    """The names of countries and continents that are one word, without their articles."""
    names = (
        _without_article(respelled(plain(name))) for name in babel.Locale("ar").territories.values() if " " not in name
    )
    return frozenset(name for name in names if len(name) > _SHORTEST + len(_OF_COUNTRIES) - 1)
