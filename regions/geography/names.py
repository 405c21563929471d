"""Names of continents, sub-regions and countries in any language, from Unicode CLDR through Babel."""

import tomllib
from functools import cache
from typing import Any

import babel

from regions.geography.entries import DATA


@cache
def _overrides() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))


@cache
def _babel_locale(language_code: str) -> babel.Locale:
    """Babel's locale of a language code of Django's, such as ``ar`` or ``pt-br``; raise ValueError when unknown."""
    try:
        return babel.Locale.parse(language_code, sep="-")
    except babel.UnknownLocaleError:
        return babel.Locale.parse(language_code.partition("-")[0])


def territory_name_or_none(code: str, *, language_code: str) -> str | None:
    """The name of an ISO 3166-1 alpha-2 or UN M49 code in a language, or None when CLDR does not name it."""
    override = _overrides().get(code, {})
    name: Any = override.get(language_code)
    if name is None:
        try:
            name = _babel_locale(language_code).territories.get(code)
        except (babel.UnknownLocaleError, ValueError):
            name = None
    if name is None:
        name = override.get("en") or babel.Locale("en").territories.get(code)
    return name


def territory_name(code: str, *, language_code: str) -> str:
    """As ``territory_name_or_none``; raise KeyError for a code that CLDR does not name."""
    name = territory_name_or_none(code, language_code=language_code)
    if name is None:
        raise KeyError(code)
    return name
