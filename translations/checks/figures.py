"""Numbers and dates: the same on both sides, however each language writes them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import babel
from django.utils.translation import gettext as _

from translations.checks.finding import Check, Finding
from translations.checks.pair import Pair

# Groups of three digits with a separator between them, and decimals after a comma or a point.
_NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f\u066c ]\d{3})+(?!\d)(?:[.,\u066b]\d+)?|\d+(?:[.,\u066b]\d+)?")
_SEPARATORS = re.compile(r"[.,\u00a0\u202f\u066b\u066c ]")
# Names of months that CLDR has under a region: the Maghreb's and the Levant's.
_REGIONS = {"ar": ("ar", "ar_MA", "ar_DZ", "ar_SY")}


class Day(NamedTuple):
    """A day of a month, with its year where the text has one."""

    day: int
    month: int
    year: int | None


def check_numbers(pair: Pair) -> Iterator[Finding]:
    source, target = numbers_in(pair.source_text), numbers_in(pair.target_text)
    if missing := sorted((source - target).keys()):
        yield Finding(Check.NUMBERS, _("Numbers of the source that are missing: %(numbers)s.") % _listed(missing))
    if added := sorted((target - source).keys()):
        yield Finding(Check.NUMBERS, _("Numbers that are not in the source: %(numbers)s.") % _listed(added))


def _listed(numbers: list[str]) -> dict[str, str]:
    return {"numbers": ", ".join(numbers)}


def check_dates(pair: Pair) -> Iterator[Finding]:
    source = days_in(pair.source_text, pair.source_language)
    target = days_in(pair.target_text, pair.target_language)
    for day in source:
        alike = [other for other in target if other.day == day.day]
        if alike and not any(_agree(day, other) for other in alike):
            yield Finding(
                Check.DATES,
                _("The date %(source)s of the source is %(target)s here.")
                % {"source": _shown(day), "target": ", ".join(map(_shown, alike))},
            )


def _agree(one: Day, other: Day) -> bool:
    return one[:2] == other[:2] and (one.year is None or other.year is None or one.year == other.year)


def _shown(day: Day) -> str:
    return "/".join(str(part) for part in day if part is not None)


def numbers_in(text: str) -> Counter[str]:
    """The numbers of a text, in European digits and without separators; 05 is 5, as in days and hours."""
    found = _NUMBER.findall(_european(text))
    return Counter(each.lstrip("0") or "0" if each.isdecimal() else _SEPARATORS.sub("", each) for each in found)


def days_in(text: str, language: str) -> list[Day]:
    """The days that a text names with the month's name, in order."""
    months, pattern = _months(language)
    return [
        Day(int(found[1]), months[found[2].casefold()], int(found[3]) if found[3] else None)
        for found in pattern.finditer(_european(text))
    ]


def _european(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() and not sign.isascii() else sign for sign in text)


@cache
def _months(language: str) -> tuple[dict[str, int], re.Pattern[str]]:
    months: dict[str, int] = {}
    for name in _REGIONS.get(language, (language,)):
        try:
            locale = babel.Locale.parse(name)
        except (babel.UnknownLocaleError, ValueError):
            continue
        for kind in ("format", "stand-alone"):
            for number, month in locale.months[kind]["wide"].items():
                months.setdefault(str(month).casefold(), number)
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True)) or r"(?!)"
    # "1er janvier", "3 de mayo de 2005", "12 يناير 2005"
    day, year = r"(?<!\d)(\d{1,2})(?:er|º|\.)?\s+(?:de\s+|من\s+)?", r"(?:\s+(?:del?\s+|سنة\s+|عام\s+)?(\d{4}))?"
    return months, re.compile(rf"{day}({names})(?!\w){year}", re.IGNORECASE)
