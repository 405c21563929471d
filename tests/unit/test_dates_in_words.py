"""Dates and stretches of time in words, in the languages of the content."""

from datetime import date

import pytest

from home.language.dates import date_label, period_label

NOVEMBER, DECEMBER = date(2004, 11, 1), date(2004, 12, 1)
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("precision", "language", "label"),
    [
        ("day", "fr", "26 novembre 2004"),
        ("month", "fr", "novembre 2004"),
        ("year", "fr", "2004"),
        ("month", "es", "noviembre de 2004"),
        ("day", "ar", "26 نوفمبر 2004"),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(precision: str, language: str, label: str) -> None:
    assert date_label(date(2004, 11, 26), precision, language_code=language) == label


@pytest.mark.parametrize(
    ("starts", "ends", "language", "label"),
    [
        ((NOVEMBER, "month"), (DECEMBER, "month"), "fr", "novembre – décembre 2004"),
        ((NOVEMBER, "month"), (date(2004, 12, 5), "day"), "fr", "novembre – décembre 2004"),
        ((NOVEMBER, "month"), (date(2004, 11, 5), "day"), "fr", "novembre 2004"),
        ((date(2004, 11, 26), "day"), (date(2004, 11, 30), "day"), "fr", "26–30 novembre 2004"),
        ((date(2004, 11, 26), "day"), (date(2004, 12, 5), "day"), "fr", "26 novembre – 5 décembre 2004"),
        ((date(2004, 1, 1), "year"), (date(2006, 1, 1), "year"), "fr", "2004–2006"),
        ((date(2004, 1, 1), "year"), (None, "day"), "fr", "2004"),
        ((date(2005, 5, 10), "day"), (date(2005, 5, 11), "day"), "es", "10–11 de mayo de 2005"),
        ((NOVEMBER, "month"), (DECEMBER, "month"), "es", "noviembre–diciembre de 2004"),
        ((NOVEMBER, "month"), (DECEMBER, "month"), "ar", "نوفمبر – ديسمبر 2004"),
    ],
)
def test_a_stretch_is_told_as_far_as_both_ends_are_known(starts, ends, language: str, label: str) -> None:
    found = period_label(*starts, *ends, language_code=language)
    assert found.replace("\u2009", " ").replace("\xa0", " ") == label
