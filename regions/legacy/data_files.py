"""The reviewed data that recognition rests on: data/wording, data/places, data/organisations.toml
and data/events.toml.

A language is supported when it has a file in ``wording`` and one in ``places``; adding one needs no code.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


@cache
def supported_languages() -> frozenset[str]:
    """ISO 639-1 codes of the languages that titles can be recognised in."""
    return frozenset(path.stem for path in (DATA / "wording").glob("*.toml"))


@cache
def wording(language: str) -> dict[str, Any]:
    """How pages in ``language`` are worded; KeyError for an unsupported language."""
    return _load("wording", language)


@cache
def places(language: str) -> dict[str, Any]:
    """How titles in ``language`` name places; KeyError for an unsupported language."""
    return _load("places", language)


@cache
def organisations() -> list[dict[str, Any]]:
    with (DATA / "organisations.toml").open("rb") as file:
        return list(tomllib.load(file)["organisations"])


@cache
def events() -> list[dict[str, Any]]:
    with (DATA / "events.toml").open("rb") as file:
        return list(tomllib.load(file)["events"])


def _load(folder: str, language: str) -> dict[str, Any]:
    if language not in supported_languages():
        raise KeyError(language)
    with (DATA / folder / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)
