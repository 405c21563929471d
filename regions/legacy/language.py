"""Whether a text is in the language that it is to be imported into."""

import unicodedata
from collections import Counter

from babel.core import get_global

from home.language.folding import fold
from regions.legacy.data_files import supported_languages, wording
from regions.legacy.words import words_of

_SCRIPTS = {"LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "CJK": "Hani"}
# Fewer words than this say nothing about the language.
_ENOUGH_WORDS = 30


def script_of(text: str) -> str:
    """ISO 15924 code of the script that most letters of ``text`` belong to; empty when it has none that is known."""
    counts = Counter(
        _SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "") for character in text if character.isalpha()
    )
    return counts.most_common(1)[0][0] if counts else ""


def script_expected(language: str) -> str:
    """ISO 15924 code of the script that ``language`` is usually written in (CLDR likely subtags)."""
    parts = get_global("likely_subtags").get(language, "").split("_")
    return parts[1] if len(parts) > 1 else ""


def other_language(text: str, *, language: str) -> str | None:
    """Another supported language whose function words are far more frequent in ``text``, or None."""
    words = Counter(word.folded for word in words_of(text))
    if language not in supported_languages() or words.total() < _ENOUGH_WORDS:
        return None
    lists = {code: {fold(word) for word in wording(code)["function_words"]} for code in supported_languages()}
    shared = {word for word in set().union(*lists.values()) if sum(word in known for known in lists.values()) > 1}
    scores = {code: sum(words[word] for word in known - shared) for code, known in lists.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if best != language and scores[best] > 3 * scores[language] + 3 else None
