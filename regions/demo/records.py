"""Reads the content files of records (missions, agreements …), which the apps that own them keep.

In a folder, ``<name>.toml`` says by key what is the same in every language: columns, and child rows by the name of
their relation. ``<language>/<name>.toml`` says by the same keys what is written in that language. Two words are no keys
there: ``index``, the page that holds the records, and ``sample``, the note at the end of each.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

Table = dict[str, Any]
_RESERVED = ("index", "sample")


@cache
def _read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def record_facts(folder: Path, name: str) -> dict[str, Table]:
    """By key: columns and child rows."""
    return _read(folder / f"{name}.toml")


def record_texts(folder: Path, name: str, language_code: str) -> dict[str, Table]:
    """By key: title and texts of the records that stand in this language."""
    texts = _read(folder / language_code / f"{name}.toml")
    return {key: text for key, text in texts.items() if key not in _RESERVED}


def index_text(folder: Path, name: str, language_code: str) -> Table:
    """Title and introduction of the page that holds the records."""
    text: Table = _read(folder / language_code / f"{name}.toml").get("index", {})
    return text


def sample_note(folder: Path, name: str, language_code: str) -> Table:
    """``title`` and ``text`` of the note that says what of a record is invented."""
    note: Table = _read(folder / language_code / f"{name}.toml").get("sample", {})
    return note
