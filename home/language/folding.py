"""Folding: spellings of one phrase in French, Arabic and Spanish become equal.

Case, accents, hyphens, kinds of apostrophe, Arabic vowel signs, tatweel and the letter forms that writers mix
(أإآٱ→ا, ى→ي, ة→ه, ؤ→و, ئ→ي) do not count. It serves recognition only; nothing folded is stored.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d"}
    | {"ى": "ي", "ة": "ه", "ٱ": "ا", "ـ": "", "ک": "ك", "ی": "ي"}
    | {chr(0x0660 + digit): str(digit) for digit in range(10)}
)
# A word of bare text, or an acronym written with full stops (O.N.U.).
WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|[^\W_]+")


def bare(text: str) -> str:
    """``text`` without accents and vowel signs, letter forms made equal, case kept."""
    decomposed = unicodedata.normalize("NFKD", text)
    unmarked = "".join(character for character in decomposed if not unicodedata.combining(character))
    return unmarked.translate(_LETTERS)


def unpointed(word: str) -> str:
    """A word that ``WORD`` has found, without the full stops of an acronym; case kept."""
    return word.replace(".", "")


# Names of a table's cells and lines of a page are folded again and again.
@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """The folded words of ``text``, one space between: equal for spellings that mean the same phrase."""
    return " ".join(unpointed(word).casefold() for word in WORD.findall(bare(text)))
