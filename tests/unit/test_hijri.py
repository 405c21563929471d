"""Dates of the calendar of Umm al-Qura, in words."""

from datetime import date

import pytest

from home.language.hijri import hijri_date_or_none


# Days that the calendar's own tables give: new years, Ramadan, both feasts, and the ends of what is known.
@pytest.mark.parametrize(
    ("day", "french", "spanish", "arabic"),
    [
        (date(1924, 8, 1), "1 mouharram 1343 AH", "1 de muharram de 1343 AH", "1 محرم 1343 هـ"),
        (date(2024, 4, 10), "1 chawwal 1445 AH", "1 de shawwal de 1445 AH", "1 شوال 1445 هـ"),
        (date(2024, 6, 16), "10 dhou al-hijja 1445 AH", "10 de dhuʻl-hijjah de 1445 AH", "10 ذو الحجة 1445 هـ"),
        (date(2025, 6, 26), "1 mouharram 1447 AH", "1 de muharram de 1447 AH", "1 محرم 1447 هـ"),
        (date(2026, 2, 18), "1 ramadan 1447 AH", "1 de ramadán de 1447 AH", "1 رمضان 1447 هـ"),
        (date(2077, 11, 16), "30 dhou al-hijja 1500 AH", "30 de dhuʻl-hijjah de 1500 AH", "30 ذو الحجة 1500 هـ"),
    ],
)
def test_known_days(day: date, french: str, spanish: str, arabic: str) -> None:
    said = [hijri_date_or_none(day, language_code=code) for code in ("fr", "es", "ar")]
    assert said == [french, spanish, arabic]


@pytest.mark.parametrize("day", [None, date.min, date(1924, 7, 31), date(2077, 11, 17), date.max])
def test_days_that_the_calendar_does_not_have(day: date | None) -> None:
    assert hijri_date_or_none(day, language_code="ar") is None


def test_variants_of_a_language_and_languages_without_names() -> None:
    assert hijri_date_or_none(date(2026, 2, 18), language_code="fr-ca") == "1 ramadan 1447 AH"
    assert hijri_date_or_none(date(2026, 2, 18), language_code="pt") is None
