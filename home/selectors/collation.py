"""Sort keys for names."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def collation_key(text: str, locale: str) -> str:
    """A key that sorts names as people of ``locale`` expect: case and accents count for nothing at first.

    Spanish ñ is a letter of its own after n. Arabic letters sort by their base form, hamza apart.
    """
    folded = text.casefold()
    if locale == "es":
        folded = folded.replace("ñ", "n\uffff")
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
