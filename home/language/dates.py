"""Dates and stretches of time in words, as CLDR has them, to the day, the month or the year that is known."""

import re
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, parse_pattern

# From fine to coarse.
_PRECISIONS = ("day", "month", "year")
# Of the skeletons that CLDR has for stretches of time, the best first: few languages have the first one of days.
_SKELETONS = {"day": ("yMMMMd", "yMMMd"), "month": ("yMMMM",), "year": ("y",)}
# CLDR's fields in which two dates may differ, coarse to fine.
_FIELDS = ("y", "M", "d")
_SHORT_MONTH = re.compile(r"(?<!M)MMM(?!M)")


def date_label(day: date, precision: str, *, language_code: str) -> str:
    """A date to the ``day``, the ``month`` or the ``year``: “26 novembre 2004”, “mai 2005”, “2004”."""
    language = _locale(language_code)
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return str(format_skeleton("yMMMM", day, locale=language))
    return str(format_date(day, "long", locale=language))


def period_label(
    starts_on: date, starts_precision: str, ends_on: date | None, ends_precision: str, *, language_code: str
) -> str:
    """From a date to a date, both as far as the less certain of them is known: “novembre – décembre 2004”.

    Without an end, or where both ends are the same, the one date.
    """
    if ends_on is None:
        return date_label(starts_on, starts_precision, language_code=language_code)
    precision = max(starts_precision, ends_precision, key=_PRECISIONS.index)
    starts, ends = (_parts(day)[: 3 - _PRECISIONS.index(precision)] for day in (starts_on, ends_on))
    differing = next((name for name, one, two in zip(_FIELDS, starts, ends, strict=False) if one != two), None)
    if differing is None:
        return date_label(starts_on, precision, language_code=language_code)
    language = _locale(language_code)
    formats = (language.interval_formats.get(skeleton, {}) for skeleton in _SKELETONS[precision])
    patterns = next((found[differing] for found in formats if differing in found), None)
    if not patterns or len(patterns) != 2:
        ends_of_it = (date_label(day, precision, language_code=language_code) for day in (starts_on, ends_on))
        return str(language.interval_formats.get(None, "{0} – {1}")).format(*ends_of_it)
    # The second one of days has short names of months.
    pieces = (parse_pattern(_SHORT_MONTH.sub("MMMM", pattern)) for pattern in patterns)
    return "".join(piece.apply(day, language) for piece, day in zip(pieces, (starts_on, ends_on), strict=True))


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


@lru_cache(maxsize=64)
def _locale(language_code: str) -> Locale:
    return Locale.parse(language_code, sep="-")
