"""Which countries and organisations a title names.

Names come from CLDR and from ``data/places``. The longest name that fits wins and its words are used up, so
"Guinée équatoriale" never counts as Guinea, "Samoa américaines" never as the United States. A name that may mean
several things is reported as ambiguous and not linked. The name of a city counts for its host country only where the
title names a mission there ("l'Ambassade … à Castries"): elsewhere a city is a place of meeting and says nothing about
who met.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Any

from home.language.folding import fold
from regions.geography import country_entries, territory_name, territory_name_or_none
from regions.legacy.data_files import organisations, places
from regions.legacy.words import Match, Phrases, Word, words_of

# A mission and its city stand close together: "Consulat général du Royaume du Maroc à Madrid".
_MISSION_REACH = 8


class MentionKind(StrEnum):
    """What a name in a title stands for."""

    COUNTRY = "country"
    HOME = "home"
    ORGANISATION = "organisation"
    REGION = "region"
    AMBIGUOUS = "ambiguous"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found: ``text`` as folded in the title, ``codes`` ISO 3166-1 alpha-2 or the organisation's code.

    Only COUNTRY mentions are linked. A region has no code; an ambiguous name has all the codes that it may mean.
    """

    text: str
    kind: MentionKind
    codes: tuple[str, ...]


class _Role(StrEnum):
    NAME = "name"
    PREFIX = "prefix"
    CITY = "city"
    MISSION = "mission"
    ORGANISATION = "organisation"
    ACRONYM = "acronym"
    REGION = "region"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class _Entry:
    role: _Role
    codes: tuple[str, ...] = ()


class Gazetteer:
    """The names of one language. ``home`` is the alpha-2 code that is recognised and never linked."""

    def __init__(self, *, language: str, home: str) -> None:
        self._home = home
        self._phrases = Phrases(_entries(language))

    def mentions(self, title: str) -> tuple[Mention, ...]:
        """Every name in ``title``, in order, each country once for each time that it is named."""
        return tuple(mention for _match, mention in self.found(words_of(title)))

    def found(self, words: Sequence[Word]) -> Iterator[tuple[Match[Any], Mention]]:
        """Every name in ``words`` with its place, in order."""
        mission_at: int | None = None
        position = 0
        while position < len(words):
            match = self._best(words, position)
            if match is None:
                position += 1
                continue
            entry = match.value
            if entry.role is _Role.MISSION:
                mission_at = position
            else:
                near_mission = mission_at is not None and position - mission_at <= _MISSION_REACH
                mention = self._mention(words, match, near_mission=near_mission)
                yield match, mention
                if mention.kind is not MentionKind.HOME:
                    mission_at = None
            position = match.end

    def _best(self, words: Sequence[Word], position: int) -> Match[_Entry] | None:
        for match in self._phrases.at(words, position):
            last = words[match.end - 1]
            if match.value.role is _Role.PREFIX and not last.joined:
                continue
            if match.value.role is _Role.ACRONYM and not all(w.raw.isupper() for w in words[position : match.end]):
                continue
            return match
        return None

    def _mention(self, words: Sequence[Word], match: Match[_Entry], *, near_mission: bool) -> Mention:
        text = " ".join(word.folded for word in words[match.start : match.end])
        role, codes = match.value.role, match.value.codes
        if role in (_Role.ORGANISATION, _Role.ACRONYM):
            kind = MentionKind.ORGANISATION
        elif role is _Role.REGION:
            kind = MentionKind.REGION
        elif role is _Role.AMBIGUOUS:
            kind = MentionKind.AMBIGUOUS
        elif codes == (self._home,):
            kind = MentionKind.HOME
        elif role is _Role.CITY and not near_mission:
            kind = MentionKind.PLACE
        else:
            kind = MentionKind.COUNTRY
        return Mention(text=text, kind=kind, codes=codes)


@lru_cache(maxsize=16)
def gazetteer_for(*, language: str, home: str) -> Gazetteer:
    """The gazetteer of a supported language, built once; KeyError for another language."""
    return Gazetteer(language=language, home=home)


def continent_names(language: str) -> dict[str, frozenset[str]]:
    """UN M49 code of each continent to its folded names in ``language``, CLDR's among them."""
    known = places(language)["continents"]
    return {
        code: frozenset(fold(name) for name in [territory_name(code, language_code=language), *names])
        for code, names in known.items()
    }


def _entries(language: str) -> Iterator[tuple[str, _Entry]]:
    """Every phrase of the language. Among phrases of equal length the first given wins."""
    data = places(language)
    dropped = {fold(name) for name in data["dropped"]["names"]}
    for name, codes in data["ambiguous"].items():
        yield name, _Entry(_Role.AMBIGUOUS, tuple(codes))
    for organisation in organisations():
        for name in organisation[language]:
            bare = name.replace("-", "").replace(" ", "")
            role = _Role.ACRONYM if bare.isupper() and bare.isascii() else _Role.ORGANISATION
            yield name, _Entry(role, (organisation["code"],))
    for name in data["regions"]["names"]:
        yield name, _Entry(_Role.REGION)
    for country in country_entries():
        # "Myanmar (Birmanie)": what stands in brackets is a gloss, which the data file lists where it is a name.
        name = (territory_name_or_none(country.alpha2, language_code=language) or "").partition("(")[0].strip()
        if name and fold(name) not in dropped:
            yield name, _Entry(_Role.NAME, (country.alpha2,))
    for code, names in data["countries"].items():
        for name in names:
            yield name, _Entry(_Role.NAME, (code,))
    for code, adjectives in data["adjectives"].items():
        for adjective in adjectives.split(","):
            for form in _inflected(adjective.strip()):
                yield form, _Entry(_Role.NAME, (code,))
    for code, prefixes in data["prefixes"].items():
        for prefix in prefixes:
            yield prefix, _Entry(_Role.PREFIX, (code,))
    for code, cities in data["cities"].items():
        for city in cities:
            yield city, _Entry(_Role.CITY, (code,))
    for word in data["missions"]["words"]:
        yield word, _Entry(_Role.MISSION)


def _inflected(adjective: str) -> Iterator[str]:
    """``adjective`` and its plurals, spelled as titles fold them; in Arabic its feminine and its article too."""
    yield adjective
    if not "\u0621" <= adjective[0] <= "\u064a":
        yield adjective + "s"
        yield fold(adjective) + "es"
        return
    words = adjective.split()
    bends = [word.endswith("ي") for word in words]
    if not bends[-1]:
        return
    for article, ending in product(("", "ال"), ("", "ة", "ون", "ين", "ات")):
        if all(bends):
            yield " ".join(article + word + ending for word in words)
        else:
            yield " ".join([*words[:-1], article + words[-1] + ending])
            yield " ".join([article + words[0], *words[1:-1], words[-1] + ending])
