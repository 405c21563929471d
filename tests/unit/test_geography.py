"""The shipped tables of the world against the standards' own lists."""

import pycountry
import pytest

from regions.geography import (
    CONTINENT_CODES,
    country_entries,
    country_entry_get,
    sub_region_entries,
    territory_name,
    territory_name_or_none,
)
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
