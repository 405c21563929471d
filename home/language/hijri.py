"""Dates of the Islamic calendar of Umm al-Qura, which Saudi Arabia publishes, in the words of CLDR."""

import tomllib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from hijridate import Gregorian

_DATA = Path(__file__).resolve().parent / "data" / "hijri.toml"


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def hijri_date_or_none(day: date | None, *, language_code: str) -> str | None:
    """The day in words: 18 February 2026 is « 1 ramadan 1447 AH ». Plain text, without marks of direction.

    None without a day, outside 1 Muharram 1343 to 30 Dhu al-Hijja 1500 AH (1 August 1924 to 16 November 2077), and in a
    language that ``data/hijri.toml`` does not have, whose variants (``fr-ca``) read as it does.
    """
    words = _words().get(language_code) or _words().get(language_code.partition("-")[0])
    if day is None or words is None:
        return None
    try:
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return None
    text: str = words["pattern"].format(day=hijri.day, month=words["months"][hijri.month - 1], year=hijri.year)
    return text
