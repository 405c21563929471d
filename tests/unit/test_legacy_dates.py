"""Dates beside the titles of a news list."""

import datetime

import pytest

from regions.legacy.dates import DatedText, date_split

DAY = datetime.date(2017, 3, 12)


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("12/03/2017 - Communiqué", "fr", "Communiqué"),
        ("12.03.2017 : Communiqué", "fr", "Communiqué"),
        ("2017-03-12 Communiqué", "fr", "Communiqué"),
        ("(12-03-2017) Communiqué", "fr", "Communiqué"),
        ("12 mars 2017 | Communiqué", "fr", "Communiqué"),
        ("Dimanche 12 mars 2017 : Communiqué", "fr", "Communiqué"),
        ("Le 12 mars 2017 - Communiqué", "fr", "Communiqué"),
        ("Communiqué (12/03/2017)", "fr", "Communiqué"),
        ("Communiqué - 12 mars 2017", "fr", "Communiqué"),
        ("Comunicado (12 de marzo de 2017)", "es", "Comunicado"),
        ("12 de marzo del 2017: Comunicado", "es", "Comunicado"),
        ("12 مارس 2017 : بلاغ", "ar", "بلاغ"),
        ("١٢/٠٣/٢٠١٧ - بلاغ", "ar", "بلاغ"),
        ("بلاغ (12 آذار 2017)", "ar", "بلاغ"),
        ("12 mars 2017", "fr", ""),
    ],
)
def test_a_date_at_either_end_is_taken_off(text, language, title):
    assert date_split(text, language=language) == DatedText(title, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Communiqué",
        "Visite du 12 mars 2017 au Chili",
        "Loi budgétaire 2017 des États-Unis",
        "Entretien 12 mars",
        "12 pays réunis en 2017",
        "Sommet (Rabat, édition 2017)",
    ],
)
def test_a_title_without_such_a_date_stays_as_it_is(text):
    assert date_split(text, language="fr") == DatedText(text, None)


@pytest.mark.parametrize("text", ["31/02/2017 : Communiqué", "Communiqué (2017-13-01)", "32 mars 2017 - Communiqué"])
def test_a_day_that_does_not_exist_is_left_and_told(text):
    assert date_split(text, language="fr") == DatedText(text, None, impossible=True)


def test_first_of_the_month_and_countries_own_month_names():
    assert date_split("1er juin 2016 - Accord", language="fr").date == datetime.date(2016, 6, 1)
    # غشت is Morocco's August, آب the Levant's.
    for month in ("غشت", "آب", "أغسطس"):
        assert date_split(f"5 {month} 2016 - بلاغ", language="ar").date == datetime.date(2016, 8, 5)
