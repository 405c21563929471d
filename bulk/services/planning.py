"""What an import would write: each row of the table becomes a page in memory, and is compared with what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from bulk.columns.column import Column, RowsColumn
from bulk.columns.grammar import CellError
from bulk.columns.mapping import Target
from bulk.selectors.lookups import Lookups
from bulk.selectors.stored import Stored
from bulk.services.checks import page_check
from bulk.services.places import Places
from bulk.services.report import ImportReport
from bulk.sheets import SheetRow
from home.models import RecordPage

CLEAR = "-"
LITERAL_HYPHEN = "'-"


@dataclass
class PlannedPage:
    """A page with its new values in memory; ``rows`` holds the relations that are replaced, complete."""

    line: int
    key: str
    page: RecordPage
    is_new: bool
    rows: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class Plan:
    """What is to be written, and of what was looked at."""

    new: list[PlannedPage] = field(default_factory=list)
    changed: list[PlannedPage] = field(default_factory=list)
    unchanged: int = 0

    def all(self) -> list[PlannedPage]:
        """Both."""
        return [*self.new, *self.changed]


@dataclass(frozen=True)
class _Cell:
    target: Target
    header: str
    text: str


class Planner:
    """Plans row by row. Problems go into the report; a row that has any is in no plan."""

    def __init__(
        self,
        *,
        lookups: Lookups,
        stored: Stored,
        places: Places,
        report: ImportReport,
        pages: dict[str, RecordPage],
        over_drafts: bool,
    ) -> None:
        self.lookups, self.stored, self.places, self.report = lookups, stored, places, report
        self.pages = pages
        """The source page of each key: one that is stored, or a new one that other rows may refer to already."""
        self.over_drafts = over_drafts
        self.plan = Plan()
        self.source = settings.DIWAN_SOURCE_LOCALE

    def row(self, row: SheetRow, *, key: str, mapping: dict[int, Target], header: Sequence[str]) -> None:
        """Plan one row."""
        before = len(self.report.problems) + self.report.more
        for place, message in row.problems.items():
            self.report.add(row.line, header[place], message)
        if row.problems:
            return
        cells: dict[str, list[_Cell]] = {}
        for place, target in mapping.items():
            if row.cells[place]:
                cells.setdefault(target.locale, []).append(_Cell(target, header[place], row.cells[place]))
        planned = []
        page = self.pages[key]
        source = self._page(row.line, key, page, cells.get(self.source, []), is_new=page._state.adding)
        if source is not None:
            planned.append(source)
        of_source = source.rows if source else {}
        for code, of_locale in cells.items():
            if code != self.source:
                other = self._translation(row.line, key, page, code, of_locale, of_source)
                if other is not None:
                    planned.append(other)
        if len(self.report.problems) + self.report.more > before:
            return
        if not planned:
            self.plan.unchanged += 1
        for each in planned:
            (self.plan.new if each.is_new else self.plan.changed).append(each)

    def _page(
        self, line: int, key: str, page: RecordPage, cells: Sequence[_Cell], *, is_new: bool
    ) -> PlannedPage | None:
        """The source page with its new values; None where nothing changes, or something is wrong."""
        problems = len(self.report.problems) + self.report.more
        touched: dict[str, str] = {}
        changed = is_new
        rows: dict[str, list[Any]] = {}
        for cell in cells:
            column = cell.target.column
            try:
                if isinstance(column, Column):
                    changed |= self._fields_set(page, column, cell)
                    touched.update(dict.fromkeys(column.fields, cell.header))
                else:
                    new = [] if cell.text == CLEAR else column.read(cell.text, self.lookups)
                    kept = rows_merged(column, self.stored.rows_of(page, column.relation), new)
                    if kept is not None:
                        rows[column.relation] = kept
                        changed = True
                    touched[column.relation] = cell.header
            except CellError as error:
                self.report.add(line, cell.header, str(error))
        if len(self.report.problems) + self.report.more > problems or not changed:
            return None
        planned = PlannedPage(line, key, page, is_new, rows)
        if not is_new and not self._may_write(planned):
            return None
        if is_new:
            self.places.give(page, key=key)
        # The rows that stay as they are belong to the whole that must hold together.
        whole = {**self.stored.rows.get(page.pk, {}), **rows}
        # Relations between instruments are looked at when all are planned: they may name what this table makes.
        whole.pop("links", None)
        for name, message in page_check(page=page, rows=whole, touched=touched, record_type=self.places.record_type):
            self.report.add(line, touched.get(name) or self._name(name), message)
        return planned

    def _name(self, name: str) -> str:
        """Our name of the column of a field or relation that the table does not have."""
        for column in self.places.record_type.columns:
            if name in (column.fields if isinstance(column, Column) else (column.relation,)):
                return column.name
        return name

    def _fields_set(self, page: Any, column: Column, cell: _Cell) -> bool:
        """Set the fields of a column; whether any has another value now."""
        if cell.text == CLEAR:
            values = column.cleared
        else:
            values = column.read("-" if cell.text == LITERAL_HYPHEN else cell.text, self.lookups)
        changed = False
        for name, value in zip(column.fields, values, strict=True):
            if getattr(page, name) != value:
                setattr(page, name, value)
                changed = True
        return changed

    def _translation(
        self,
        line: int,
        key: str,
        source: RecordPage,
        code: str,
        cells: Sequence[_Cell],
        source_rows: dict[str, list[Any]],
    ) -> PlannedPage | None:
        """The page of another language with its texts; None where nothing changes, or something is wrong."""
        page = self.stored.pages.get((code, key))
        is_new = page is None
        if page is None:
            if all(cell.text == CLEAR for cell in cells):
                return None
            page = self.places.translation_of(source, code=code, key=key)
        problems = len(self.report.problems) + self.report.more
        touched: dict[str, str] = {}
        changed = is_new
        rows: dict[str, list[Any]] = {}
        for cell in cells:
            column = cell.target.column
            try:
                if isinstance(column, Column):
                    changed |= self._fields_set(page, column, cell)
                    touched.update(dict.fromkeys(column.fields, cell.header))
                else:
                    of_source = source_rows.get(column.relation)
                    if of_source is None:
                        of_source = self.stored.rows_of(source, column.relation)
                    new = [] if cell.text == CLEAR else self._texts_of_rows(column, cell, of_source, page)
                    kept = rows_merged(column, self.stored.rows_of(page, column.relation), new, by_key=True)
                    if kept is not None:
                        rows[column.relation] = kept
                        changed = True
                    touched[column.relation] = cell.header
            except CellError as error:
                self.report.add(line, cell.header, str(error))
        if len(self.report.problems) + self.report.more > problems or not changed:
            return None
        if not page.title:
            self.report.add(line, f"title_{code}", _("The page has no title in this language yet: give one."))
            return None
        planned = PlannedPage(line, key, page, is_new, rows)
        if not is_new and not self._may_write(planned, code=code):
            return None
        if is_new:
            self.places.give(page, key=key, like=source)
        for name, message in page_check(page=page, rows=rows, touched=touched, record_type=self.places.record_type):
            self.report.add(line, touched.get(name, name), message)
        return planned

    def _texts_of_rows(self, column: RowsColumn, cell: _Cell, of_source: Sequence[Any], page: Any) -> list[Any]:
        """The rows of a translation: facts and key of the source's row, texts of the cell."""
        given = column.read(cell.text, self.lookups)
        if not column.match and len(given) != len(of_source):
            message = _("It names %(found)d, and the source language has %(wanted)d: give them in the same order.")
            raise CellError(message % {"found": len(given), "wanted": len(of_source)})
        by_match = {_values(row, column.match): row for row in of_source}
        found = []
        for place, row in enumerate(given):
            original = by_match.get(_values(row, column.match)) if column.match else of_source[place]
            if original is None:
                message = _("“%(text)s” is not in the source language’s column.")
                raise CellError(message % {"text": column.write([row], self.lookups)[:60]})
            texts = _values(row, column.texts)
            if not any(texts):
                continue
            made = _copied(column, original)
            made.locale, made.translation_key = page.locale, original.translation_key
            for name, value in zip(column.texts, texts, strict=True):
                setattr(made, name, value)
            found.append(made)
        return found

    def _may_write(self, planned: PlannedPage, *, code: str = "") -> bool:
        """Whether a stored page may be changed; else the report says why not."""
        page = planned.page
        message = ""
        if page.locked:
            message = _("The page is locked.")
        elif page.alias_of_id:
            message = _("The page repeats another one, and has no content of its own.")
        elif page.pk in self.stored.under_review:
            message = _("The page is under review.")
        elif code and not page.live and (code, planned.key) in self.stored.translated:
            message = _("Its translation is under way: bring texts in by a translation file.")
        elif not self.over_drafts and (
            page.has_unpublished_changes or not page.live or page.pk in self.stored.scheduled
        ):
            message = _("An editor has changed the page and not published it yet.")
        if message:
            self.report.add(planned.line, code and f"title_{code}", message)
        return not message


def rows_merged(
    column: RowsColumn, stored: Sequence[Any], new: Sequence[Any], *, by_key: bool = False
) -> list[Any] | None:
    """The rows that a relation will have, stored ones where they stay; None where all stay as they are.

    A row that stays keeps its id, and where it has texts its tie to the translations. ``by_key``: rows of a
    translation, told by what they are tied to.
    """
    compared = (*column.facts, *column.texts)
    if by_key:
        match: tuple[str, ...] = ("translation_key",)
    else:
        # Without a name of their own, rows are told by all that they say; what is left then, by their place.
        match = column.match or compared
    left: dict[Any, list[Any]] = {}
    for row in stored:
        left.setdefault(_values(row, match), []).append(row)
    pairs = [(same.pop(0) if (same := left.get(_values(row, match))) else None, row) for row in new]
    if column.texts and not column.match and not by_key:
        free = {id(row) for rows in left.values() for row in rows}
        for place, ((old, row), at_place) in enumerate(zip(pairs, stored, strict=False)):
            if old is None and id(at_place) in free:
                pairs[place] = (at_place, row)
    changed = len(stored) != len(new) or any(old is not row for (old, _new), row in zip(pairs, stored, strict=True))
    kept = []
    for old, row in pairs:
        if old is None:
            kept.append(row)
            continue
        for name in compared:
            if getattr(old, name) != getattr(row, name):
                setattr(old, name, getattr(row, name))
                changed = True
        kept.append(old)
    return kept if changed else None


def _values(row: Any, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _copied(column: RowsColumn, row: models.Model) -> Any:
    """A new row with the facts of another one."""
    made = column.model()
    for name in (*column.match, *column.facts):
        setattr(made, name, getattr(row, name))
    return made


__all__ = ["Plan", "PlannedPage", "Planner", "rows_merged"]
