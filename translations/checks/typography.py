"""Spaces, punctuation and direction marks, by the rules of the translation's language."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from translations.checks.finding import Check, Finding
from translations.checks.pair import Pair, without_addresses

_SPACE = r"[ \t\u00a0\u202f\u2009]"
_DOUBLE = re.compile(rf"{_SPACE}{{2,}}")
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff"
# A Latin mark after an Arabic letter, or after what closes in an Arabic text; between digits a comma is a number's.
_LATIN_MARKS = re.compile(rf"(?<=[{_ARABIC})»”])\s?([,;?])(?!\d)")
_ARABIC_LETTER = re.compile(rf"[{_ARABIC}]")
_ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
# Before these French has a space that does not break; "12:30" and "https://" are no sentences.
_FRENCH_BEFORE = re.compile(r"(?<=[\w)»])( ?)([;!?»]|:(?=\s|$))")
_FRENCH_AFTER = re.compile(r"«(?![\u00a0\u202f])")
_FINAL = {".": ".", "…": "…", "?": "?", "!": "!", ":": ":", ";": ";", "؟": "?", "؛": ";"}
_CLOSERS = "\"'»”’)] \u00a0\u202f"
_MARKS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_spaces(pair: Pair) -> Iterator[Finding]:
    text = pair.target_text
    if _DOUBLE.search(text) and not _DOUBLE.search(pair.source_text):
        yield Finding(Check.SPACES, _("There are two spaces in a row."))
    for edge, name in ((str.lstrip, _("the beginning")), (str.rstrip, _("the end"))):
        if (edge(text) != text) != (edge(pair.source_text) != pair.source_text) and text.strip():
            yield Finding(Check.SPACES, _("A space at %(place)s differs from the source.") % {"place": name})


def check_punctuation(pair: Pair) -> Iterator[Finding]:
    rule = {"ar": _check_arabic, "fr": _check_french, "es": _check_spanish}.get(pair.target_language)
    if rule is not None:
        yield from rule(pair.target_text)
    source, target = _final(pair.source_text), _final(pair.target_text)
    if source != target and pair.target_text.strip():
        yield Finding(
            Check.PUNCTUATION,
            _("The source ends with %(source)s and this text with %(target)s.")
            % {"source": _named(source), "target": _named(target)},
        )


def _named(mark: str) -> str:
    return f"“{mark}”" if mark else _("no sign")


def _final(text: str) -> str:
    bare = text.rstrip(_CLOSERS).replace("...", "…")
    return _FINAL.get(bare[-1:], "")


def _check_arabic(text: str) -> Iterator[Finding]:
    if not _ARABIC_LETTER.search(text):
        return
    for mark in sorted(set(_LATIN_MARKS.findall(text))):
        yield Finding(
            Check.PUNCTUATION,
            _("Arabic has %(right)s in place of “%(wrong)s”.") % {"right": f"“{_ARABIC_MARKS[mark]}”", "wrong": mark},
        )


def _check_french(text: str) -> Iterator[Finding]:
    marks = sorted({found[2] for found in _FRENCH_BEFORE.finditer(text)})
    if marks:
        yield Finding(
            Check.PUNCTUATION, _("French has a no-break space before %(marks)s.") % {"marks": " ".join(marks)}
        )
    if _FRENCH_AFTER.search(text):
        yield Finding(Check.PUNCTUATION, _("French has a no-break space after «."))


def _check_spanish(text: str) -> Iterator[Finding]:
    text = without_addresses(text)
    for opening, closing in (("¿", "?"), ("¡", "!")):
        if text.count(opening) != text.count(closing):
            yield Finding(
                Check.PUNCTUATION,
                _("Spanish has “%(opening)s” before what ends with “%(closing)s”.")
                % {"opening": opening, "closing": closing},
            )


def check_direction(pair: Pair) -> Iterator[Finding]:
    found = sorted(_MARKS & set(pair.target))
    if found:
        names = ", ".join(unicodedata.name(mark).lower() for mark in found)
        yield Finding(Check.DIRECTION, _("The text holds invisible direction marks: %(names)s.") % {"names": names})
