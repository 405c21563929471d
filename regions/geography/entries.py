"""Countries, territories and sub-regions, from the data files beside this module and pycountry."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pycountry

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class SubRegionEntry:
    """A sub-region of M49: its code, its continent's, and the larger sub-region's that holds it, if any."""

    code: str
    continent_code: str
    parent_code: str | None


@dataclass(frozen=True)
class CountryEntry:
    """A country or territory of ISO 3166-1. ``sub_region_code`` is the smallest sub-region, None for Antarctica."""

    alpha2: str
    alpha3: str
    continent_code: str
    sub_region_code: str | None
    is_state: bool


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def _tables() -> tuple[tuple[str, ...], tuple[SubRegionEntry, ...], tuple[CountryEntry, ...]]:
    territories = frozenset(_read("territories.toml")["territories"])
    continents = _read("m49.toml")["continents"]
    sub_regions: list[SubRegionEntry] = []
    countries: list[CountryEntry] = []

    def country(alpha2: str, continent_code: str, sub_region_code: str | None) -> CountryEntry:
        alpha3 = pycountry.countries.lookup(alpha2).alpha_3
        return CountryEntry(alpha2, alpha3, continent_code, sub_region_code, is_state=alpha2 not in territories)

    def walk(node: dict[str, Any], continent_code: str, parent_code: str | None) -> Iterator[CountryEntry]:
        sub_regions.append(SubRegionEntry(node["code"], continent_code, parent_code))
        for child in node.get("sub_regions", []):
            yield from walk(child, continent_code, node["code"])
        for alpha2 in node.get("countries", []):
            yield country(alpha2, continent_code, node["code"])

    for continent in continents:
        for child in continent["sub_regions"]:
            countries.extend(walk(child, continent["code"], None))
        countries.extend(country(alpha2, continent["code"], None) for alpha2 in continent["countries"])
    countries.sort(key=lambda entry: entry.alpha2)
    return tuple(continent["code"] for continent in continents), tuple(sub_regions), tuple(countries)


CONTINENT_CODES: tuple[str, ...] = _tables()[0]


def sub_region_entries() -> tuple[SubRegionEntry, ...]:
    """Every sub-region of M49; a larger one stands before those that it holds."""
    return _tables()[1]


def country_entries() -> tuple[CountryEntry, ...]:
    """Every entry of ISO 3166-1, by alpha-2 code."""
    return _tables()[2]


@cache
def _countries_by_code() -> dict[str, CountryEntry]:
    return {entry.alpha2: entry for entry in country_entries()}


def country_entry_get(alpha2: str) -> CountryEntry | None:
    """The entry of an alpha-2 code, or None when ISO 3166-1 has none."""
    return _countries_by_code().get(alpha2)
