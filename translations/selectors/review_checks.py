"""What the quality checks say when a translation is handed over for review."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import Translation

from translations.checks import Level
from translations.checks.pair import plain_text
from translations.selectors.checks import CheckedText, checked_list

# A message of the admin is no report: the editor shows all of them beside their texts.
_MOST_LINES = 10
_NAME_LENGTH = 60


def review_problems(record: Translation, user: Any) -> list[str]:
    """One line for each text that must be mended before review; the last says how many more there are."""
    return _lines(_checked(record), Level.BLOCKING)


def review_advice(record: Translation) -> list[str]:
    """The same for what is worth a look."""
    return _lines(_checked(record), Level.ADVISORY)


def _checked(record: Translation) -> list[CheckedText]:
    # That a text is not translated at all is counted by whoever asks.
    return [text for text in checked_list(translation=record) if text.target]


def _lines(checked: list[CheckedText], level: Level) -> list[str]:
    lines = []
    for text in checked:
        messages = [finding.message for finding in text.findings if finding.level is level]
        if messages:
            lines.append(_("“%(text)s”: %(problems)s") % {"text": _name(text.source), "problems": " ".join(messages)})
    rest = len(lines) - _MOST_LINES
    if rest <= 0:
        return lines
    more = ngettext("And %(count)d more text.", "And %(count)d more texts.", rest) % {"count": rest}
    return [*lines[:_MOST_LINES], more]


def _name(source: str) -> str:
    text = " ".join(plain_text(source).split())
    return text if len(text) <= _NAME_LENGTH else f"{text[: _NAME_LENGTH - 1].rstrip()}…"
