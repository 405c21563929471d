"""What a saved page was found to hold: its parts in order, and the fate of each of its lines."""

import datetime
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from home.language.folding import fold

_SENTENCE_WORDS = 12


class Fate(StrEnum):
    """What a line of the file was taken for."""

    BLANK = "blank"
    SEPARATOR = "separator"
    NAVIGATION = "navigation"
    MENU_LABEL = "menu label"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    SECTION_TITLE = "section title"
    NEWS_ITEM = "news item"
    NEWS_DATE = "news date"
    UNRECOGNISED = "unrecognised"


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line: its number from 1, its text as in the file, its fate, the number of the part it belongs to, a remark.

    ``part`` counts paragraphs or news items from 1; it is None for other fates.
    """

    number: int
    raw: str
    fate: Fate
    part: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListedNews:
    """One item of the page's news list: ``number`` from 1, its lines in the file, its date where the file has one."""

    number: int
    lines: tuple[int, ...]
    title: str
    date: datetime.date | None = None

    @property
    def source_key(self) -> str:
        """64 hexadecimal digits that stay the same when the item moves, or changes only in spelling (see ``fold``).

        A date in the file is part of the key: titles such as "Communiqué" come back.
        """
        return _key(fold(self.title) + (f"|{self.date.isoformat()}" if self.date else ""))

    @property
    def undated_key(self) -> str:
        """The source key that the item had in a file that gave it no date."""
        return _key(fold(self.title))


def _key(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LegacyPage:
    """A saved page: every line of the file is in ``lines`` once; a missing part is empty."""

    lines: tuple[PageLine, ...]
    menu_label: str
    heading: str
    paragraphs: tuple[str, ...]
    news: tuple[ListedNews, ...]
    warnings: tuple[str, ...]
    # UN M49 codes of the other continents whose name stands alone above the text, where this page's own does not.
    other_continents: tuple[str, ...] = ()
    # Whether the menu label or the heading names the continent.
    names_continent: bool = False

    @property
    def is_recognised(self) -> bool:
        """Whether this is a page: text or news below a title that names the continent, or running text at least."""
        has_prose = any(len(paragraph.split()) >= _SENTENCE_WORDS for paragraph in self.paragraphs)
        return bool(self.paragraphs or self.news) and (self.names_continent or has_prose)
