"""One line of a saved page, and the looks by which a parser tells what it is."""

import re
from dataclasses import dataclass
from functools import cached_property

from home.language.folding import fold

# Marks without a width, and marks of direction: never part of a text; direction is the page's, not the string's.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_KEPT_SPACES = ("\u00a0", "\u202f")
_BULLET = re.compile(r"\A(?:[•·▪■●○◦‣►▶➢✓»›*]\s*|[-–—]\s*(?=\w)|\d{1,3}[.)]\s+)")
_TERMINAL = re.compile(r"[.!?…؟۔][\s»”\"')\]]*\Z")
# A sentence ends amid the line: "M. Bourita" does not end one, its word is one letter long.
_INNER_STOP = re.compile(r"\w{3,}[.!?؟]\s+\S")
_LONG = 160
_SENTENCE_WORDS = 12


def tidy(text: str) -> str:
    """``text`` without invisible marks, outer white space and runs of spaces; single no-break spaces are kept."""
    visible = _INVISIBLE.sub("", text)
    return _SPACES.sub(lambda run: run.group() if run.group() in _KEPT_SPACES else " ", visible).strip()


@dataclass(frozen=True)
class Line:
    """``number`` counts from 1; ``raw`` is the line as it stands in the file."""

    number: int
    raw: str

    @cached_property
    def text(self) -> str:
        return tidy(self.raw)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def indent(self) -> int:
        """How many white-space characters the line begins with; a no-break space counts as one."""
        visible = _INVISIBLE.sub("", self.raw)
        return len(visible) - len(visible.lstrip())

    @cached_property
    def is_blank(self) -> bool:
        return not self.text

    @cached_property
    def has_letters(self) -> bool:
        return any(character.isalpha() for character in self.text)

    @cached_property
    def is_bulleted(self) -> bool:
        return self.unbulleted != self.text and bool(self.unbulleted)

    @cached_property
    def unbulleted(self) -> str:
        return _BULLET.sub("", self.text, count=1)

    @cached_property
    def is_ended(self) -> bool:
        """Whether the line ends as a sentence does."""
        return bool(_TERMINAL.search(self.text))

    @cached_property
    def is_prose(self) -> bool:
        """Whether the line looks like running text rather than a title or a label."""
        return self.is_long_prose or (self.is_ended and len(self.text.split()) >= _SENTENCE_WORDS)

    @cached_property
    def is_long_prose(self) -> bool:
        """Whether the line is running text even among the items of a list, which may be a whole sentence."""
        return self.is_ended and (len(self.text) >= _LONG or bool(_INNER_STOP.search(self.text)))

    @cached_property
    def starts_small(self) -> bool:
        """Whether the line begins with a small letter, as only the rest of a broken line does."""
        return self.text[:1].islower()

    @cached_property
    def is_breadcrumb(self) -> bool:
        parts = re.split(r"\s(?:>|»|›|/|\||::)\s", self.text)
        return len(parts) > 1 and all(len(part) <= 60 for part in parts) and not self.is_ended
