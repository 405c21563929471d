"""Whether one text of a file can be stored, and as what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.strings import StringValue, validate_translation_links

from home.localize.texts import text_problem
from translations.exchange.inline import Code, InlineError, Parts, inline_decode, inline_difference, inline_encode
from translations.exchange.units import ReadSegment


class Settled(Enum):
    """There is nothing to store."""

    UNCHANGED = "unchanged"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Problem:
    """The text cannot be stored; the message tells the translator why."""

    message: str


def text_settle(
    *,
    read: ReadSegment,
    segment: StringSegment,
    stored: StringTranslation | None,
    source: TranslationSource,
    newer_than: datetime | None,
) -> str | Settled | Problem:
    """The HTML to store, or why there is nothing to store, or what is wrong.

    ``stored`` is the translation that is there now: one that is ``newer_than`` that moment is not overwritten.
    """
    try:
        return _settle(read, segment, stored, source, newer_than)
    except RecursionError:
        return Problem(_("The text has too many tags within tags."))


def _settle(
    read: ReadSegment,
    segment: StringSegment,
    stored: StringTranslation | None,
    source: TranslationSource,
    newer_than: datetime | None,
) -> str | Settled | Problem:
    original = segment.string.data
    codes = inline_encode(original)
    if not isinstance(read.source, str) and _plain(read.source) != _plain(codes.parts):
        return Problem(_("The file shows another source text here: it was changed."))
    if _is_stored(read.target, stored, codes.codes):
        return Settled.UNCHANGED
    if read.is_unfinished or read.target is None or _is_blank(read.target):
        return Settled.UNFINISHED
    text = read.target if isinstance(read.target, str) else _decode(read.target, codes.codes)
    if isinstance(text, Problem):
        return text
    problem = _problem(original=original, text=text, path=segment.context.path, source=source)
    if problem:
        return Problem(problem)
    if stored and newer_than and stored.data and stored.updated_at > newer_than:
        return Problem(_("Somebody changed this translation here after the file was made."))
    return text


def _plain(parts: Parts) -> str:
    """The words alone; tools break and join lines."""
    return " ".join("".join(part.value for part in parts if part.kind == "text").split())


def _is_blank(target: str | Parts) -> bool:
    return not (target if isinstance(target, str) else "".join(p.value for p in target if p.kind == "text")).strip()


def _is_stored(target: str | Parts | None, stored: StringTranslation | None, codes: Mapping[str, Code]) -> bool:
    if stored is None or not stored.data:
        return False
    return target == (stored.data if isinstance(target, str) else inline_encode(stored.data, like=codes).parts)


def _decode(target: Parts, codes: Mapping[str, Code]) -> str | Problem:
    try:
        return inline_decode(parts=target, codes=codes)
    except InlineError as error:
        shown = ", ".join(error.codes[:5])
        if error.kind == "unknown":
            return Problem(_("The translation has tags that the source lacks: %(tags)s.") % {"tags": shown})
        return Problem(_("The tags of the translation do not open and close in order: %(tags)s.") % {"tags": shown})


def _problem(*, original: str, text: str, path: str, source: TranslationSource) -> str | None:
    problem = text_problem(source=source, path=path, text=text)
    if problem:
        return problem
    try:
        StringValue.from_translated_html(text)
        lost, added = inline_difference(source=original, target=text)
        if lost:
            return _("The translation lost tags of the source: %(tags)s.") % {"tags": ", ".join(lost[:5])}
        if added:
            return _("The translation has tags that the source lacks: %(tags)s.") % {"tags": ", ".join(added[:5])}
        validate_translation_links(original, text)
    except ValueError as error:
        return str(error)
    return None
