"""The date that a line of a news list states beside its title."""

import datetime
import re
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

from home.language.folding import fold

# Arabic-Indic digits; int() reads them, but patterns and separators are easier with one kind.
_DIGITS = str.maketrans({chr(0x0660 + digit): str(digit) for digit in range(10)})
_DATE = re.compile(
    r"(?P<day>\d{1,2})(?P<separator>[/.-])(?P<month>\d{1,2})(?P=separator)(?P<year>\d{4})(?!\d)"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})(?!\d)"
    r"|(?:(?:le|el|du|del|يوم)\s+)?(?:(?P<weekday>[^\W\d_]+),?\s+)?(?P<spelled_day>\d{1,2})(?:er|º|°)?\s+(?:de\s+)?"
    r"(?P<spelled_month>[^\W\d_]+(?:\s[^\W\d_]+)??)\.?,?\s+(?:del?\s+)?(?P<spelled_year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*[)\]]?\s*(?:[-–—:|,.]+\s*|\s|\Z)\s*")
_LAST = re.compile(r"(?:\s*[(\[](?P<inside>[^()\[\]]{6,40})[)\]]|\s+[-–—|]\s*(?P<after>[^-–—|]{6,40}))\s*\Z")


@dataclass(frozen=True, slots=True)
class DatedText:
    """A line without its date. ``impossible`` says that it begins or ends with a date that no calendar has."""

    text: str
    date: datetime.date | None
    impossible: bool = False


def date_split(text: str, *, language: str) -> DatedText:
    """Take the date off the beginning or the end of ``text``; a date amid the words stays where it is."""
    readable = text.translate(_DIGITS)
    opening = len(readable) - len(readable.lstrip("([ "))
    match = _DATE.match(readable, opening)
    if match:
        after = _AFTER.match(readable, match.end())
        if after and _is_date(match, language):
            date = _date_of(match, language)
            return DatedText(text[after.end() :] if date else text, date, impossible=date is None)
    last = _LAST.search(readable)
    if last:
        match = _DATE.fullmatch((last["inside"] or last["after"]).strip())
        if match and _is_date(match, language):
            date = _date_of(match, language)
            return DatedText(text[: last.start()].rstrip() if date else text, date, impossible=date is None)
    return DatedText(text, None)


def _is_date(match: re.Match[str], language: str) -> bool:
    if match["weekday"] and fold(match["weekday"]) not in _weekdays(language):
        return False
    return match["spelled_month"] is None or fold(match["spelled_month"]) in _months(language)


def _date_of(match: re.Match[str], language: str) -> datetime.date | None:
    month = match["month"] or match["iso_month"] or _months(language)[fold(match["spelled_month"])]
    year = match["year"] or match["iso_year"] or match["spelled_year"]
    day = match["day"] or match["iso_day"] or match["spelled_day"]
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _months(language: str) -> dict[str, int]:
    """Folded month names of every country that speaks ``language`` (Morocco's غشت, the Levant's آب), from CLDR."""
    names: dict[str, int] = {}
    for locale in _locales(language):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    names.setdefault(fold(name), number)
    return names


@cache
def _weekdays(language: str) -> frozenset[str]:
    return frozenset(
        fold(name)
        for locale in _locales(language)
        for width in ("wide", "abbreviated")
        for name in locale.days["format"][width].values()
    )


def _locales(language: str) -> list[Locale]:
    identifiers = sorted(locale_identifiers(), key=len)
    return [Locale.parse(name) for name in identifiers if name == language or name.startswith(f"{language}_")]
