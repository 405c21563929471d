"""The few words that the trees of a new language begin with, one file for each language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
_FALLBACK = "en"


@dataclass(frozen=True)
class SetupTexts:
    """Words in one language. ``kinds`` gives names by slug, in the order of the lists of kinds.

    ``workflow`` and ``approval`` name the moderation of news and its one task, ``translation_workflow`` and ``review``
    those of translations.
    """

    home_title: str
    news_title: str
    ministry_name: str
    tagline: str
    workflow: str
    approval: str
    translation_workflow: str
    review: str
    kinds: dict[str, str]


def _file(language_code: str) -> Path | None:
    known = {path.stem: path for path in _FOLDER.glob("*.toml")}
    return known.get(language_code) or known.get(language_code.partition("-")[0])


def setup_texts_exist(language_code: str) -> bool:
    """Whether there is a file for this language, or for the one that it is a variant of."""
    return _file(language_code) is not None


@cache
def setup_texts(language_code: str) -> SetupTexts:
    """The words of a language; English ones for a language without a file."""
    path = _file(language_code) or _FOLDER / f"{_FALLBACK}.toml"
    return SetupTexts(**tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def setup_texts_all() -> tuple[SetupTexts, ...]:
    """The words of every language that has a file."""
    return tuple(setup_texts(path.stem) for path in sorted(_FOLDER.glob("*.toml")))
