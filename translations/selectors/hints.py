"""What helps a translator with each text: the memory, what was there before a correction, terms, findings.

The number of statements is the same for a page of one text and for a page of sixty.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.localize.carried import carried_list
from translations.checks import Finding, Pair, Term
from translations.checks.terms import places_of, terms_in
from translations.models import MemoryUnit
from translations.selectors.checks import checked_list, term_list
from translations.selectors.memory import Match as MemoryMatch
from translations.selectors.memory import matches_for

# More than these, and the help hides the text that it is for.
_MOST_MATCHES = 3
_PIECE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier translation of the same or a similar text; ``score`` is 100 for the same.

    ``origin`` is the page or the file that it came from, in words; ``is_machine``: no person has confirmed it.
    """

    score: int
    source: str
    target: str
    origin: str
    is_machine: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What the place said before its source was corrected; ``score`` tells how alike both sources are."""

    score: int
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term of the glossary in a source text. ``places`` are pairs of offsets in it, in UTF-16 units."""

    source: str
    target: str
    forbidden: tuple[str, ...]
    places: list[tuple[int, int]]


@dataclass(slots=True)
class Hints:
    """The help for one text. ``is_machine``: a machine translated it and no person has confirmed it."""

    matches: list[Match] = field(default_factory=list)
    before: Before | None = None
    terms: list[FoundTerm] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    is_machine: bool = False


def hints_by_segment(*, translation: Translation, segments: Collection[int] | None = None) -> dict[int, Hints]:
    """The help for the texts of a translation, by the ids of their StringSegments; all of them, or some."""
    rows = _rows(translation, segments)
    found = {pk: Hints(is_machine=is_machine) for pk, _source, _target, is_machine in rows}
    source_locale, target_locale = translation.source.locale, translation.target_locale
    matches = memory_matches(
        texts=list({source for _pk, source, _target, _is_machine in rows}),
        source_locale=source_locale,
        target_locale=target_locale,
    )
    terms = term_list(source=source_locale.pk, target=target_locale.pk)
    for pk, source, target, _is_machine in rows:
        found[pk].matches = [match for match in matches.get(source, []) if match.target != target][:_MOST_MATCHES]
        found[pk].terms = _terms_found(source, terms, source_locale.language_code)
    for pk, before in _before_correction(translation):
        if pk in found:
            found[pk].before = before
            # The memory has it too.
            found[pk].matches = [match for match in found[pk].matches if match.target != before.target]
    for text in checked_list(translation=translation):
        # What nobody has translated yet is no mistake.
        if text.segment in found and text.target:
            found[text.segment].findings = text.findings
    return found


def _rows(translation: Translation, segments: Collection[int] | None) -> list[tuple[int, str, str, bool]]:
    """Id, source, saved translation and whether that is a machine's."""
    wanted = StringSegment.objects.filter(source_id=translation.source_id)
    if segments is not None:
        wanted = wanted.filter(pk__in=segments)
    saved = {
        (context, string): (text, kind == StringTranslation.TRANSLATION_TYPE_MACHINE)
        for context, string, text, kind in StringTranslation.objects.filter(
            locale_id=translation.target_locale_id, context_id__in=wanted.values("context_id")
        ).values_list("context_id", "translation_of_id", "data", "translation_type")
    }
    return [
        (pk, source, *saved.get((context, string), ("", False)))
        for pk, source, context, string in wanted.order_by("order", "pk").values_list(
            "pk", "string__data", "context_id", "string_id"
        )
    ]


def memory_matches(*, texts: Sequence[str], source_locale: Locale, target_locale: Locale) -> dict[str, list[Match]]:
    """What the translation memory knows of some texts, the best first."""
    found = matches_for(texts=texts, source_locale=source_locale, target_locale=target_locale)
    return {text: [_match(match) for match in matches] for text, matches in found.items()}


def _match(match: MemoryMatch) -> Match:
    is_machine = match.origin is MemoryUnit.Origin.MACHINE
    name = match.origin_name or str(match.origin.label)
    if is_machine and match.origin_name:
        name = f"{match.origin_name} ({match.origin.label})"
    return Match(match.score, match.source, match.target, name, is_machine)


def _before_correction(translation: Translation) -> Iterable[tuple[int, Before]]:
    for carried in carried_list(translation):
        # As with the memory, what is not the same is less than 100.
        score = min(99, round(carried.similarity * 100))
        yield carried.segment_id, Before(score, carried.old_source, carried.old_translation)


def _terms_found(source: str, terms: Sequence[Term], language: str) -> list[FoundTerm]:
    language = language.partition("-")[0]
    plain = Pair(source, "", language, "").source_text
    found = []
    for term in terms_in(plain, terms, language):
        places = places_of(term.source, plain, language, match_case=term.match_case)
        found.append(FoundTerm(term.source, term.target, term.forbidden, _places_in(source, plain, places)))
    return found


def _places_in(html: str, plain: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offsets in the plain text as offsets in the text with tags and entities, which is what the editor shows."""
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECE.finditer(html):
        name, text = piece[2], piece[0]
        shown = (" " if name.lower() == "br" else "") if name else unescape(text)
        starts += [piece.start()] * len(shown)
        ends += [piece.end()] * len(shown)
    if len(starts) != len(plain):
        return []
    return [(_utf16(html[: starts[start]]), _utf16(html[: ends[end - 1]])) for start, end in places]


def _utf16(text: str) -> int:
    """The length of a text as scripts count it."""
    return len(text.encode("utf-16-le")) // 2
