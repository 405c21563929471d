"""What a file of translations holds: texts of one page in two languages, and where each of them stands."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from translations.exchange.inline import Parts


class State(StrEnum):
    """How far a text is, in the words of XLIFF 2.1."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


class Format(StrEnum):
    """The kinds of file that are written and read."""

    XLIFF12 = "xliff12"
    XLIFF21 = "xliff21"
    PO = "po"

    @property
    def label(self) -> str:
        return {"xliff12": "XLIFF 1.2", "xliff21": "XLIFF 2.1", "po": "PO (gettext)"}[self.value]

    @property
    def extension(self) -> str:
        return "po" if self is Format.PO else "xlf"


def segment_key(*, path: str, source: str) -> str:
    """The name of a text in a file: a digest of its place and its words.

    Another wording gives another key, so a file made before a correction of the source is known by its keys.
    """
    place_and_words = f"{path}\x00{source}".encode("utf-8", "surrogatepass")
    return f"u{hashlib.sha256(place_and_words).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A text on its way out. ``source`` and ``target`` are HTML as wagtail-localize keeps it, with numbered links."""

    path: str
    source: str
    target: str = ""
    state: State = State.INITIAL
    in_review: bool = False
    label: str = ""
    notes: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    max_length: int | None = None

    @property
    def key(self) -> str:
        return segment_key(path=self.path, source=self.source)


@dataclass(frozen=True, slots=True)
class Document:
    """The texts of one page or snippet on their way out. ``record`` is the id of the translation, a UUID."""

    record: str
    translation_key: str
    title: str
    path: str
    source_language: str
    target_language: str
    source_direction: str
    target_direction: str
    exported_at: datetime
    segments: tuple[Segment, ...]
    preview_url: str = ""
    edit_url: str = ""

    @property
    def original(self) -> str:
        """The page's path, and the id that leads back to its translation."""
        return f"{self.path}#{self.record}"


@dataclass(frozen=True, slots=True)
class ReadSegment:
    """A text as a file brings it back: HTML from PO, text and numbered codes from XLIFF.

    ``is_unfinished``: the file says itself that the translation is a suggestion or a draft.
    """

    key: str
    path: str
    source: str | Parts
    target: str | Parts | None
    is_unfinished: bool = False

    @property
    def text(self) -> str:
        """The source in plain text, for messages."""
        if isinstance(self.source, str):
            return self.source
        return "".join(part.value for part in self.source if part.kind == "text")


@dataclass(slots=True)
class ReadDocument:
    """The texts of one page as a file brings them back. ``record`` is what it says to be the id of the translation."""

    record: str
    path: str
    source_language: str
    target_language: str
    format: Format
    exported_at: datetime | None = None
    segments: list[ReadSegment] = field(default_factory=list)
