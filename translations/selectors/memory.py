"""Earlier translations of the same text, and of texts like it."""

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from wagtail.models import Locale

from home.language.analysis import text_terms
from translations.checks.pair import plain_text, tags_of
from translations.models import MemoryUnit, MemoryWord

EXACT = 100
# A text that differs in its tags alone still needs a hand.
_TAGS_PENALTY = 3
# Of a text, the longest words are weighed and the rarest looked up; of a word, the latest units that have it. So the
# cost of a page does not grow with the memory.
_WORDS_WEIGHED = 40
_WORDS_LOOKED_UP = 8
_UNITS_OF_A_WORD = 300
_CANDIDATES = 30
# Texts of one batch: what a statement takes as parameters has a limit.
_BATCH = 100
# What is longer is a text pasted by mistake: comparing it costs its length squared.
_LONGEST = 20_000
# As long as the column; how many words a unit is found by at most.
WORD_LENGTH, WORDS_OF_A_UNIT = 32, 200


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier translation. ``score`` is 100 for the same text with the same tags, less for one that is like it.

    ``source`` and ``target`` are HTML with numbered links; ``tags_differ`` says that those of ``source`` are not those
    of the text asked for. ``origin_name`` is the page or the file that it came from; ``unit`` the id in the memory.
    """

    score: int
    source: str
    target: str
    origin: MemoryUnit.Origin
    origin_name: str
    used_at: datetime
    uses: int
    tags_differ: bool
    unit: int


def text_hash(text: str) -> str:
    """What a text is found by when it is the same."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def memory_words(text: str, language_code: str) -> set[str]:
    """The words that a source text is found by when it is not the same: stems, without words that tell nothing."""
    words = {word[:WORD_LENGTH] for word in text_terms([plain_text(text)], language_code)}
    return _longest(words, WORDS_OF_A_UNIT)


def _longest(words: set[str], number: int = _WORDS_WEIGHED) -> set[str]:
    """Of a text without end, the longest words: they tell most."""
    return words if len(words) <= number else set(sorted(words, key=lambda word: (-len(word), word))[:number])


def match_list(*, text: str, source_locale: Locale, target_locale: Locale, limit: int = 5) -> list[Match]:
    """The best matches of one text, exact ones first."""
    return matches_for(texts=[text], source_locale=source_locale, target_locale=target_locale, limit=limit)[text]


def matches_for(
    *, texts: Sequence[str], source_locale: Locale, target_locale: Locale, limit: int = 5
) -> dict[str, list[Match]]:
    """The best matches of each text, exact ones first: four statements for every hundred texts.

    Of several translations of the same source those of people come before those of machines, then the latest. The
    setting ``DIWAN_MEMORY_MINIMUM_SCORE`` says from which score on a match is worth showing.
    """
    wanted = list(dict.fromkeys(texts))
    result: dict[str, list[Match]] = {}
    for start in range(0, len(wanted), _BATCH):
        batch = _Batch(wanted[start : start + _BATCH], source_locale, target_locale)
        for text in batch.texts:
            result[text] = batch.matches(text)[:limit]
    return result


class _Batch:
    """What the memory holds for some texts."""

    def __init__(self, texts: list[str], source_locale: Locale, target_locale: Locale) -> None:
        self.texts = texts
        self.units = MemoryUnit.objects.filter(source_locale=source_locale, target_locale=target_locale)
        self.minimum: int = settings.DIWAN_MEMORY_MINIMUM_SCORE
        self.exact: dict[str, list[MemoryUnit]] = defaultdict(list)
        for unit in self.units.filter(source_hash__in=[text_hash(text) for text in texts]):
            self.exact[unit.source_text].append(unit)
        self.alike = self._candidates(source_locale.language_code, source_locale, target_locale)

    def _candidates(self, code: str, source_locale: Locale, target_locale: Locale) -> dict[str, list[MemoryUnit]]:
        words = {text: _longest(memory_words(text, code)) for text in self.texts if len(text) <= _LONGEST}
        known = _rarities(sorted(set().union(*words.values())), source_locale, target_locale)
        chosen = {text: _rarest(own, known) for text, own in words.items()}
        looked_up = {word: known[word] for word in sorted(set().union(*chosen.values()))}
        units_of: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for word, unit, length in _postings(looked_up, source_locale, target_locale):
            units_of[word].append((unit, length))
        ids = {text: self._best(text, chosen[text], units_of) for text in chosen}
        units = self.units.in_bulk(sorted(set().union(*ids.values())))
        return {text: [units[pk] for pk in pks if pk in units] for text, pks in ids.items()}

    def _best(self, text: str, words: Iterable[str], units_of: dict[str, list[tuple[int, int]]]) -> list[int]:
        """The units that share most of the words, of those whose length allows the least score."""
        length = len(_compared(text))
        shared: Counter[int] = Counter()
        lengths: dict[int, int] = {}
        for word in words:
            for unit, its_length in units_of[word]:
                if min(length, its_length) * 100 >= self.minimum * max(length, its_length):
                    shared[unit] += 1
                    lengths[unit] = its_length
        best = sorted(shared, key=lambda unit: (-shared[unit], abs(lengths[unit] - length), -unit))
        return best[:_CANDIDATES]

    def matches(self, text: str) -> list[Match]:
        found = [_match(unit, EXACT, tags_differ=False) for unit in self.exact[text]]
        for unit in self.alike.get(text, []):
            if unit.source_text != text:
                score, tags_differ = similarity(text, unit.source_text, minimum=self.minimum)
                if score >= self.minimum:
                    found.append(_match(unit, score, tags_differ=tags_differ))
        found.sort(
            key=lambda match: (match.score, match.origin != MemoryUnit.Origin.MACHINE, match.used_at, match.unit),
            reverse=True,
        )
        # The same translation of another text that is alike tells nothing new.
        best: dict[str, Match] = {}
        for match in found:
            best.setdefault(match.target, match)
        return list(best.values())


@dataclass(frozen=True, slots=True)
class _Rarity:
    """How often the memory has a word, ``_UNITS_OF_A_WORD`` at most; then also the first of that many latest units."""

    count: int
    first_unit: int | None


def _rarities(words: list[str], source_locale: Locale, target_locale: Locale) -> dict[str, _Rarity]:
    """The words that the memory has between two languages.

    Whatever the number of units, each word costs two short walks along the index.
    """
    if not words:
        return {}
    table = connection.ops.quote_name(MemoryWord._meta.db_table)
    values = ", ".join(["(%s)"] * len(words))
    sql = (
        f"SELECT w.column1, (SELECT COUNT(*) FROM (SELECT 1 FROM {table} c WHERE c.source_locale_id = %s"  # noqa: S608 - no values
        f" AND c.target_locale_id = %s AND c.word = w.column1 LIMIT {_UNITS_OF_A_WORD}) few),"
        f" (SELECT o.unit_id FROM {table} o WHERE o.source_locale_id = %s AND o.target_locale_id = %s"
        f" AND o.word = w.column1 ORDER BY o.unit_id DESC LIMIT 1 OFFSET {_UNITS_OF_A_WORD - 1})"
        f" FROM (VALUES {values}) AS w"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [source_locale.pk, target_locale.pk] * 2 + words)
        return {word: _Rarity(count, first) for word, count, first in cursor.fetchall() if count}


def _rarest(words: set[str], known: dict[str, _Rarity]) -> list[str]:
    """The rarest of a text's words that the memory has; of common ones, the longest."""
    found = [word for word in words if word in known]
    return sorted(found, key=lambda word: (known[word].count, -len(word), word))[:_WORDS_LOOKED_UP]


def _postings(
    words: dict[str, _Rarity], source_locale: Locale, target_locale: Locale
) -> Iterable[tuple[str, int, int]]:
    """Word, unit and length of its source for the latest units of each word."""
    looked_up = Q(word__in=sorted(word for word, rarity in words.items() if rarity.first_unit is None))
    for word, rarity in words.items():
        if rarity.first_unit is not None:
            looked_up |= Q(word=word, unit__gte=rarity.first_unit)
    return MemoryWord.objects.filter(looked_up, source_locale=source_locale, target_locale=target_locale).values_list(
        "word", "unit_id", "unit__length"
    )


def similarity(text: str, other: str, *, minimum: int = 0) -> tuple[int, bool]:
    """How alike two texts are, 0 to 99, and whether their tags differ; below ``minimum`` it may be any less.

    The score is the share of characters that need no change (Levenshtein) in the words alone; tags that differ cost 3.
    """
    # Loaded here: workers of the endpoint never use it.
    from rapidfuzz.distance import Levenshtein

    ratio = Levenshtein.normalized_similarity(_compared(text), _compared(other), score_cutoff=minimum / 100)
    tags_differ = tags_of(text) != tags_of(other)
    return max(min(int(ratio * 100), EXACT - 1) - _TAGS_PENALTY * tags_differ, 0), tags_differ


@lru_cache(maxsize=8192)
def _compared(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", plain_text(text)[:_LONGEST]).split())


def compared_length(text: str) -> int:
    """Characters of a text as it is compared."""
    return len(_compared(text))


def _match(unit: MemoryUnit, score: int, *, tags_differ: bool) -> Match:
    return Match(
        score=score,
        source=unit.source_text,
        target=unit.target_text,
        origin=MemoryUnit.Origin(unit.origin),
        origin_name=unit.origin_name,
        used_at=unit.used_at,
        uses=unit.uses,
        tags_differ=tags_differ,
        unit=unit.pk,
    )


def unit_list(*, source_locale: Locale, target_locale: Locale, query: str = "") -> QuerySet[MemoryUnit]:
    """The memory between two languages, the last used first; with ``query``, what holds it on either side."""
    units = MemoryUnit.objects.filter(source_locale=source_locale, target_locale=target_locale)
    if query:
        units = units.filter(source_text__icontains=query) | units.filter(target_text__icontains=query)
    return units.order_by("-used_at", "-pk")
