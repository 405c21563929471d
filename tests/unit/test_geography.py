"""The shipped tables of the world against the standards' own lists."""

import tomllib
import unicodedata
from dataclasses import astuple
from typing import Any

import pycountry
import pytest

from regions.geography import (
    CONTINENT_CODES,
    country_entries,
    country_entry_get,
    country_forms,
    sub_region_entries,
    territory_name,
    territory_name_or_none,
)
from regions.geography.entries import DATA
from regions.models.codes import ContinentCode

LANGUAGES = ("fr", "ar", "es")


def test_every_entry_of_iso_3166_is_there_once() -> None:
    codes = [entry.alpha2 for entry in country_entries()]
    assert codes == sorted(country.alpha_2 for country in pycountry.countries)
    assert len(codes) == 249
    assert {entry.alpha2: entry.alpha3 for entry in country_entries()} == {
        country.alpha_2: country.alpha_3 for country in pycountry.countries
    }


def test_states_are_the_members_and_observers_of_the_united_nations() -> None:
    states = {entry.alpha2 for entry in country_entries() if entry.is_state}
    assert len(states) == 193 + 2
    assert {"PS", "VA", "MA", "FR", "TV", "SS"} <= states
    assert not {"AQ", "EH", "GL", "HK", "PR", "TW"} & states


def test_continents_are_those_of_the_model() -> None:
    assert sorted(CONTINENT_CODES) == sorted(ContinentCode.values)
    counts = {code: sum(entry.continent_code == code for entry in country_entries()) for code in CONTINENT_CODES}
    assert counts == {"002": 60, "019": 57, "142": 51, "150": 51, "009": 30}


def test_sub_regions_are_a_small_tree() -> None:
    entries = {entry.code: entry for entry in sub_region_entries()}
    assert len(entries) == len(sub_region_entries()) == 24
    assert {code: entry.parent_code for code, entry in entries.items() if entry.parent_code} == {
        "029": "419",
        "013": "419",
        "005": "419",
        "011": "202",
        "014": "202",
        "017": "202",
        "018": "202",
    }
    seen: set[str] = set()
    for entry in sub_region_entries():
        assert entry.parent_code is None or entry.parent_code in seen
        seen.add(entry.code)


def test_each_country_is_in_a_leaf_of_its_continent() -> None:
    entries = {entry.code: entry for entry in sub_region_entries()}
    inner = {entry.parent_code for entry in sub_region_entries()}
    for country in country_entries():
        if country.alpha2 == "AQ":
            assert (country.sub_region_code, country.continent_code) == (None, "009")
            continue
        assert country.sub_region_code is not None
        assert country.sub_region_code not in inner
        assert entries[country.sub_region_code].continent_code == country.continent_code


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("MX", ["Mexique", "المكسيك", "México"]),
        ("CI", ["Côte d’Ivoire", "ساحل العاج", "Côte d’Ivoire"]),
        ("019", ["Amérique", "الأمريكتان", "América"]),
        ("419", ["Amérique latine et Caraïbes", "أمريكا اللاتينية والكاريبي", "América Latina y el Caribe"]),
        ("PS", ["Palestine", "فلسطين", "Palestina"]),
    ],
)
def test_names(code: str, names: list[str]) -> None:
    assert [territory_name(code, language_code=language) for language in LANGUAGES] == names


def test_every_code_has_a_name_of_its_own_in_every_language() -> None:
    codes = [entry.alpha2 for entry in country_entries()] + [entry.code for entry in sub_region_entries()]
    for language in (*LANGUAGES, "pt", "pt-br", "zh-hans"):
        names = [territory_name(code, language_code=language) for code in (*codes, *CONTINENT_CODES)]
        assert len(set(names)) == len(names), language
        assert all(names)


def test_unknown_codes_and_languages() -> None:
    assert country_entry_get("ZZ") is None
    assert territory_name_or_none("QX", language_code="fr") is None
    with pytest.raises(KeyError):
        territory_name("QX", language_code="fr")
    assert territory_name("MX", language_code="tlh") == "Mexico"


@pytest.mark.parametrize(
    ("code", "language", "forms"),
    [
        ("MX", "fr", ("le Mexique", "au Mexique", "Mexicain, Mexicaine", "mexicain, mexicaine")),
        ("FR", "fr", ("la France", "en France", "Français, Française", "français, française")),
        ("IQ", "fr", ("l’Irak", "en Irak", "Irakien, Irakienne", "irakien, irakienne")),
        ("ES", "fr", ("l’Espagne", "en Espagne", "Espagnol, Espagnole", "espagnol, espagnole")),
        ("US", "fr", ("les États-Unis", "aux États-Unis", "Américain, Américaine", "américain, américaine")),
        ("CU", "fr", ("Cuba", "à Cuba", "Cubain, Cubaine", "cubain, cubaine")),
        ("HT", "fr", ("Haïti", "en Haïti", "Haïtien, Haïtienne", "haïtien, haïtienne")),
        ("KR", "fr", ("la Corée du Sud", "en Corée du Sud", "Sud-Coréen, Sud-Coréenne", "sud-coréen, sud-coréenne")),
        ("OM", "fr", ("", "", "", "")),
        ("MX", "es", ("México", "en México", "mexicano, mexicana", "mexicano, mexicana")),
        ("GB", "es", ("el Reino Unido", "en el Reino Unido", "británico, británica", "británico, británica")),
        ("MH", "es", ("las Islas Marshall", "en las Islas Marshall", "", "")),
        ("MA", "ar", ("المغرب", "في المغرب", "مغربي، مغربية", "مغربي، مغربية")),
        ("CD", "ar", ("", "", "", "")),
        ("MX", "pt", ("", "", "", "")),
        ("QX", "fr", ("", "", "", "")),
    ],
)  # fmt: skip
def test_forms_of_names_in_sentences(code: str, language: str, forms: tuple[str, ...]) -> None:
    assert astuple(country_forms(code, language_code=language)) == forms


def test_the_table_of_forms_names_known_countries_once_and_has_no_empty_form() -> None:
    table: dict[str, dict[str, Any]] = tomllib.loads((DATA / "forms.toml").read_text(encoding="utf-8"))
    known = {entry.alpha2 for entry in country_entries()}
    assert sorted(table) == ["ar", "es", "fr"]
    for language, rows in table.items():
        ruled = [code for codes in rows.values() if isinstance(codes, str) for code in codes.split()]
        ruled += rows.get("exceptions", {})
        assert len(set(ruled)) == len(ruled), language
        assert set(ruled) | set(rows["adjectives"]) <= known, language
        pairs = rows.get("exceptions", {}).values()
        assert all(len(pair) == 2 for pair in pairs), language
        forms = [*rows["adjectives"].values(), *(form for pair in pairs for form in pair)]
        assert all(form == form.strip() != "" for form in forms), language
        # Whoever shows a form isolates it; marks of direction are no part of it.
        assert not any(unicodedata.category(letter) == "Cf" for form in forms for letter in form), language
        # One or two words, as the language separates them.
        separator = "، " if language == "ar" else ", "
        assert {len(form.split(separator)) for form in rows["adjectives"].values()} <= {1, 2}, language
        assert all(len(form.split(separator)) == 2 for form in rows["adjectives"].values() if "," in form)
