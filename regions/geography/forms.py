"""What sentences need of the names of countries: with the article, "in the country", the adjective, the inhabitants."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from regions.geography.entries import DATA
from regions.geography.names import territory_name_or_none

_VOWELS = frozenset("AEIOUÀÂÉÈÊËÎÏÔÙÛ")


@dataclass(frozen=True)
class CountryForms:
    """Forms of a country's name in one language; a form that is not known for certain is empty."""

    nominative: str = ""
    in_country: str = ""
    demonym: str = ""
    adjective: str = ""


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads((DATA / "forms.toml").read_text(encoding="utf-8"))


def country_forms(code: str, *, language_code: str) -> CountryForms:
    """The forms that go with CLDR's name of an ISO 3166-1 alpha-2 code; all empty where nothing is known."""
    data = _data().get(language_code)
    name = territory_name_or_none(code, language_code=language_code)
    if data is None or name is None:
        return CountryForms()
    rule = {"ar": _arabic, "es": _spanish, "fr": _french}.get(language_code)
    nominative, in_country = ("", "") if rule is None else _exception(data, code) or rule(data, code, name)
    adjective = data.get("adjectives", {}).get(code, "")
    demonym = ", ".join(map(_capital, adjective.split(", "))) if language_code == "fr" else adjective
    return CountryForms(nominative, in_country, demonym, adjective)


def _exception(data: dict[str, Any], code: str) -> tuple[str, str] | None:
    found = data.get("exceptions", {}).get(code)
    return None if found is None else (found[0], found[1])


def _french(data: dict[str, Any], code: str, name: str) -> tuple[str, str]:
    starts_with_vowel = name[0] in _VOWELS
    if code in data["plural"].split():
        return f"les {name}", f"aux {name}"
    if code in data["bare"].split():
        return name, f"à {name}"
    if code in data["feminine"].split():
        return f"l’{name}" if starts_with_vowel else f"la {name}", f"en {name}"
    if code in data["masculine"].split():
        return (f"l’{name}", f"en {name}") if starts_with_vowel else (f"le {name}", f"au {name}")
    return "", ""


def _spanish(data: dict[str, Any], code: str, name: str) -> tuple[str, str]:
    article = data["articles"].get(name.partition(" ")[0])
    nominative = f"{article} {name}" if article else name
    return nominative, f"en {nominative}"


def _arabic(data: dict[str, Any], code: str, name: str) -> tuple[str, str]:
    return ("", "") if code in data["unsuited"].split() else (name, f"في {name}")


def _capital(word: str) -> str:
    """« sud-africain » gives « Sud-Africain »."""
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
