"""Texts that are empty, too long, or still in the source's language."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.language.words import words_in
from translations.checks.finding import Check, Finding
from translations.checks.pair import Pair, without_addresses

# Languages that are written in letters of their own; a word of Latin letters is foreign there.
_SCRIPTS = {"ar": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")}
# So many words of Latin letters in a row, not all of them capitalised, are no name.
_FOREIGN_WORDS = 3


def check_empty(pair: Pair) -> Iterator[Finding]:
    if not pair.target_text.strip() and pair.source_text.strip():
        yield Finding(Check.EMPTY, _("The text is empty."))


def check_length(pair: Pair) -> Iterator[Finding]:
    length = len(pair.target_text)
    if pair.limit is not None and length > pair.limit:
        yield Finding(
            Check.LENGTH,
            _("The text has %(length)d characters; %(limit)d fit.") % {"length": length, "limit": pair.limit},
        )


def check_untranslated(pair: Pair) -> Iterator[Finding]:
    words = [word.text for word in words_in(without_addresses(pair.target_text))]
    if pair.target_text.strip() == pair.source_text.strip() and is_running_text(words):
        yield Finding(Check.UNTRANSLATED, _("The text is the same as the source."))
        return
    script = _SCRIPTS.get(pair.target_language)
    if script is None or pair.source_language == pair.target_language:
        return
    run = _longest_foreign_run(words, script)
    if run:
        yield Finding(
            Check.UNTRANSLATED,
            ngettext(
                "%(count)d word in a row is in another script: “%(words)s”.",
                "%(count)d words in a row are in another script: “%(words)s”.",
                len(run),
            )
            % {"count": len(run), "words": " ".join(run[:6])},
        )


def is_running_text(words: list[str]) -> bool:
    """Two words or more, not all of them capitalised: hardly the name of a person or a place."""
    letters = [word for word in words if any(map(str.isalpha, word))]
    return len(letters) > 1 and not all(next(filter(str.isalpha, word)).isupper() for word in letters)


def _longest_foreign_run(words: list[str], script: re.Pattern[str]) -> list[str]:
    longest: list[str] = []
    run: list[str] = []
    for word in [*words, None]:
        if word is not None and any(map(str.isalpha, word)) and not script.search(word):
            run.append(word)
            continue
        if len(run) >= _FOREIGN_WORDS and len(run) > len(longest) and is_running_text(run):
            longest = run
        if word is None or any(map(str.isalpha, word)):
            run = []
    return longest
