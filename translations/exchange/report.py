"""What came of an import, page by page and text by text."""

from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

Level = Literal["error", "warning"]

# More than anybody reads of one page; a file of another kind would fill the report with every text.
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One problem: of a text, or of the page or the file where ``segment`` is empty."""

    level: Level
    message: str
    segment: str = ""
    path: str = ""


@dataclass(slots=True)
class PageReport:
    """What came of one page of one file. ``record_id`` is the translation's, once it has been found."""

    file: str
    title: str = ""
    record_id: int | None = None
    url: str = ""
    stored: int = 0
    unchanged: int = 0
    unfinished: int = 0
    left_out: int = 0
    lines: list[ReportLine] = field(default_factory=list)
    more: int = 0

    def add(self, line: ReportLine) -> None:
        """Note a problem; of the hundred and first on only that there are ``more``, unless it is the first error."""
        if len(self.lines) < _MOST_LINES or (line.level == "error" and not self.errors):
            self.lines.append(line)
        else:
            self.more += 1

    @property
    def name(self) -> str:
        return f"{self.file}: {self.title}" if self.title and self.title != self.file else self.file

    @property
    def errors(self) -> list[ReportLine]:
        return [line for line in self.lines if line.level == "error"]

    def summary(self) -> str:
        """The counts in words."""
        counts = [
            ngettext("%(count)d text to store", "%(count)d texts to store", self.stored) % {"count": self.stored},
            ngettext("%(count)d unchanged", "%(count)d unchanged", self.unchanged) % {"count": self.unchanged},
        ]
        if self.unfinished:
            counts.append(
                ngettext("%(count)d not finished", "%(count)d not finished", self.unfinished)
                % {"count": self.unfinished}
            )
        if self.left_out:
            counts.append(
                ngettext("%(count)d left out", "%(count)d left out", self.left_out) % {"count": self.left_out}
            )
        return pgettext("between the items of a list", ", ").join(counts)


@dataclass(slots=True)
class Report:
    """What came of an import. ``is_refused``: nothing was stored, because something does not fit."""

    dry_run: bool
    pages: list[PageReport] = field(default_factory=list)
    is_refused: bool = False

    @property
    def stored(self) -> int:
        return sum(page.stored for page in self.pages)

    @property
    def unchanged(self) -> int:
        return sum(page.unchanged for page in self.pages)

    @property
    def has_errors(self) -> bool:
        return any(page.errors for page in self.pages)

    def conclusion(self) -> str:
        """The outcome in one sentence."""
        if self.is_refused:
            return _("Nothing was imported: the file does not fit in every place.")
        if self.dry_run:
            return (
                ngettext(
                    "Dry run: %(count)d translated text would be imported.",
                    "Dry run: %(count)d translated texts would be imported.",
                    self.stored,
                )
                % {"count": self.stored}
            )  # fmt: skip
        return ngettext(
            "%(count)d translated text was imported.", "%(count)d translated texts were imported.", self.stored
        ) % {"count": self.stored}
