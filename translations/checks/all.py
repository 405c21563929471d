"""All checks, each where the settings do not leave it out."""

from collections.abc import Callable, Iterable, Iterator

from translations.checks.figures import check_dates, check_numbers
from translations.checks.finding import Check, Finding, Level, check_levels
from translations.checks.markup import check_tags
from translations.checks.pair import Pair
from translations.checks.terms import Term, check_terms
from translations.checks.typography import check_direction, check_punctuation, check_spaces
from translations.checks.wording import check_empty, check_length, check_untranslated

_CHECKS: dict[Check, Callable[[Pair], Iterator[Finding]]] = {
    Check.TAGS: check_tags,
    Check.DIRECTION: check_direction,
    Check.LENGTH: check_length,
    Check.UNTRANSLATED: check_untranslated,
    Check.NUMBERS: check_numbers,
    Check.DATES: check_dates,
    Check.SPACES: check_spaces,
    Check.PUNCTUATION: check_punctuation,
}


def check(pair: Pair, terms: Iterable[Term] = ()) -> list[Finding]:
    """What is to be said of a translation, the blocking findings first. Of an empty text nothing else is said."""
    levels = check_levels()
    if empty := list(check_empty(pair)):
        return [finding for finding in empty if finding.level is not Level.OFF]
    found = [finding for name, run in _CHECKS.items() if levels[name] is not Level.OFF for finding in run(pair)]
    if levels[Check.GLOSSARY] is not Level.OFF:
        found += check_terms(pair, terms)
    return sorted(found, key=lambda finding: finding.level is not Level.BLOCKING)
