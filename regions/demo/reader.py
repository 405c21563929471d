"""Reads the content files."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent / "content"
LANGUAGES = ("fr", "ar", "es")

Table = dict[str, Any]


@cache
def _read(name: str) -> Table:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def news_facts() -> dict[str, Table]:
    """By key: kind, date, countries, continents, featured, picture."""
    return _read("news.toml")


def country_facts() -> dict[str, Table]:
    """By alpha-2 code: languages, currency, area, population, and ``formal`` and ``capital`` by language."""
    return _read("countries.toml")


def media_facts() -> Table:
    """``images`` and ``documents`` by key."""
    return _read("media.toml")


def news_texts(language_code: str) -> dict[str, Table]:
    """By key: title, summary, picture alt text and body of the items that stand in this language."""
    return _read(f"{language_code}/news.toml")


def country_texts(language_code: str) -> Table:
    """``labels`` of the key facts, and by alpha-2 code introduction, picture alt text and body."""
    return _read(f"{language_code}/countries.toml")


def page_texts(language_code: str) -> Table:
    """``home``, ``continents`` by code, ``standard`` pages in order, ``settings``, ``redirects``, ``draft``."""
    return _read(f"{language_code}/pages.toml")
