"""What kind of news an item is, told from the wording of its title."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from regions.legacy.data_files import wording
from regions.legacy.words import Match, Phrases, words_of

OTHER = "other"
_PLACES = ("start", "anywhere", "first")


@dataclass(frozen=True, slots=True)
class Kind:
    """``slug`` of a NewsKind and the words of the title, folded, that decided; no words for ``other``."""

    slug: str
    because: str


class Classifier:
    """The kinds of one language by the rules of ``data/wording``: "start" decides first, then "anywhere", "first"."""

    def __init__(self, *, language: str) -> None:
        rules = wording(language)["kinds"]
        unknown = {rule["place"] for rule in rules} - set(_PLACES)
        if unknown:
            raise ValueError(f"data/wording/{language}.toml: unknown place {unknown}")
        self._phrases = {
            place: Phrases(
                ((phrase, rule["slug"]) for rule in rules if rule["place"] == place for phrase in rule["phrases"]),
                article_matters=False,
            )
            for place in _PLACES
        }

    def kind_of(self, title: str) -> Kind:
        words = words_of(title)
        if not words:
            return Kind(OTHER, "")
        # A number or a date that could not be read may stand before the first word.
        start = next((index for index, word in enumerate(words) if not word.folded.isdigit()), 0)
        at_start = self._phrases["start"].at(words, start)
        anywhere = list(self._phrases["anywhere"].find(words))
        first = list(self._phrases["first"].find(words))
        found: Sequence[Match[str]] = at_start or anywhere or first
        if not found:
            return Kind(OTHER, "")
        match = found[0]
        return Kind(match.value, " ".join(word.folded for word in words[match.start : match.end]))


@lru_cache(maxsize=16)
def classifier_for(*, language: str) -> Classifier:
    """The classifier of a supported language, built once; KeyError for another language."""
    return Classifier(language=language)
