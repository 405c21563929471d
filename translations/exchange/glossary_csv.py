"""Glossaries as CSV, for spreadsheets.

Columns: source_language, target_language, term, translation, forbidden (one form on each line of the cell), kind,
match_case (yes or no), note. Comma, semicolon and tab separate; the text is UTF-8. A cell that a spreadsheet would
take for a formula is written with an apostrophe before it, which is taken off again when it is read.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.formulas import cell_protect, cell_unprotect
from translations.exchange.errors import ExchangeError
from translations.exchange.inline import ILLEGAL
from translations.exchange.tbx import TbxTerm

COLUMNS = ("source_language", "target_language", "term", "translation", "forbidden", "kind", "match_case", "note")
_REQUIRED = COLUMNS[:4]
_YES, _NO = {"yes", "true", "1", "x"}, {"", "no", "false", "0"}
_CELL = 4_000


@dataclass(frozen=True, slots=True)
class CsvTerm:
    """A line of the file: its number, and its term or what is wrong with it."""

    line: int
    term: TbxTerm | None = None
    problem: str = ""


def csv_write(*, terms: Iterable[TbxTerm]) -> bytes:
    """The file, marked as UTF-8 for Excel."""
    out = io.StringIO(newline="")
    # All quoted: a spreadsheet that separates by semicolons must not cut a cell in two either.
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for term in terms:
        cells = (
            term.source_language,
            term.target_language,
            term.source_term,
            term.target_term,
            "\n".join(term.forbidden),
            term.kind,
            "yes" if term.match_case else "no",
            term.note,
        )
        writer.writerow([cell_protect(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def csv_read(*, data: bytes, limit: int) -> Iterator[CsvTerm]:
    """Each line with its term. Raise ExchangeError for what is no such file, or has more than ``limit`` lines."""
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    count = 0
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(cells)
                continue
            count += 1
            if count > limit:
                raise ExchangeError(_("The file holds more than %(limit)d terms.") % {"limit": limit})
            yield _line_read(line, cells, columns)
    except csv.Error as error:
        raise ExchangeError(
            _("Line %(line)d cannot be read: %(error)s.") % {"line": reader.line_num, "error": error}
        ) from error
    if columns is None:
        raise ExchangeError(_("The file is empty."))


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(_("The file is no text in UTF-8: save it as “CSV UTF-8”, or as TBX.")) from error
    if "\0" in text:
        raise ExchangeError(_("The file is no text in UTF-8: save it as “CSV UTF-8”, or as TBX."))
    return text


def _columns(cells: list[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    unknown = [name for name in columns if name not in COLUMNS]
    missing = [name for name in _REQUIRED if name not in columns]
    if unknown or missing or len(set(columns)) != len(columns):
        raise ExchangeError(
            _("The first line must name the columns: %(columns)s.") % {"columns": ", ".join(COLUMNS)},
        )
    return columns


def _line_read(line: int, cells: list[str], columns: list[str]) -> CsvTerm:
    if len(cells) != len(columns):
        return CsvTerm(
            line,
            problem=_("It has %(found)d cells instead of %(wanted)d.") % {"found": len(cells), "wanted": len(columns)},
        )
    if any(len(cell) > _CELL for cell in cells):
        return CsvTerm(line, problem=_("A cell is longer than %(limit)d characters.") % {"limit": _CELL})
    if any(ILLEGAL.search(cell) for cell in cells):
        return CsvTerm(line, problem=_("A text holds control characters."))
    row = dict.fromkeys(COLUMNS, "") | {
        name: cell_unprotect(cell.strip(" ")).strip() for name, cell in zip(columns, cells, strict=True)
    }
    if row["match_case"].lower() not in _YES | _NO:
        return CsvTerm(line, problem=_("match_case is “%(value)s”, not yes or no.") % {"value": row["match_case"][:40]})
    return CsvTerm(
        line,
        TbxTerm(
            source_language=row["source_language"],
            target_language=row["target_language"],
            source_term=row["term"],
            target_term=row["translation"],
            forbidden=tuple(form.strip() for form in row["forbidden"].splitlines() if form.strip()),
            kind=row["kind"],
            match_case=row["match_case"].lower() in _YES,
            note=row["note"],
        ),
    )
