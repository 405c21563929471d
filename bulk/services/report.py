"""What an import found and did, line by line."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_PROBLEMS = 1_000
"""Problems that are kept; a table with more is told how many there are."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line is refused. ``line`` 0: the whole file; ``column`` as the table names it, empty for the whole line."""

    line: int
    column: str
    message: str

    def where(self) -> str:
        """Where it is, in words."""
        if not self.line:
            return _("column “%(column)s”") % {"column": self.column} if self.column else _("the file")
        if not self.column:
            return _("line %(line)d") % {"line": self.line}
        return _("line %(line)d, column “%(column)s”") % {"line": self.line, "column": self.column}


@dataclass
class ImportReport:
    """Counts of rows, and what is wrong. With any problem nothing is written."""

    dry_run: bool = False
    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    translations: int = 0
    """Pages of other languages that were made or changed."""
    columns: dict[str, str] = field(default_factory=dict)
    """What each column of the table was read as."""
    ignored: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more: int = 0

    def add(self, line: int, column: str, message: str) -> None:
        """Note a problem."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, column, message))
        else:
            self.more += 1

    @property
    def is_refused(self) -> bool:
        """Whether there is a problem, so that nothing was written."""
        return bool(self.problems)

    def counts(self) -> str:
        """How many rows are new, changed and as they were."""
        text = _("%(created)d created, %(changed)d changed, %(unchanged)d unchanged") % {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
        }
        if self.translations:
            text += "; " + ngettext(
                "%(count)d page of another language written", "%(count)d pages of other languages written",
                self.translations,
            ) % {"count": self.translations}  # fmt: skip
        return text

    def conclusion(self) -> str:
        """The whole in a sentence."""
        if self.is_refused:
            count = len(self.problems) + self.more
            return ngettext(
                "%(count)d problem: nothing was imported.", "%(count)d problems: nothing was imported.", count
            ) % {"count": count}
        if self.dry_run:
            return _("Nothing is wrong. An import would give: %(counts)s.") % {"counts": self.counts()}
        return _("Imported: %(counts)s.") % {"counts": self.counts()}
