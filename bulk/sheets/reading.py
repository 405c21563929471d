"""Read a table, whatever it is: CSV by its encoding and separator, XLSX by its first sheet."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from bulk.sheets.errors import SheetError
from bulk.sheets.limits import SheetLimits
from home.formulas import cell_text

ENCODINGS = ("utf-8", "utf-16", "windows-1252", "windows-1256", "iso-8859-1", "iso-8859-6", "mac-roman")
"""Those that may be named; UTF-8, and UTF-16 with its mark, are told by themselves."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = ",;\t"
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: ``line`` counts as a person does, ``cells`` are as many as the header has, as text without space around.

    ``problems`` says what is wrong with single cells: the number of the column, and the reason.
    """

    line: int
    cells: list[str]
    problems: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The names of the columns, and the rows below them. Rows of empty cells are passed over."""

    header: list[str]
    rows: list[SheetRow]


def sheet_read(
    *, data: bytes, limits: SheetLimits, encoding: str = "", delimiter: str = "", header_only: bool = False
) -> Sheet:
    """The table in a file. Raise SheetError for one that is damaged, too large, or no table.

    ``encoding`` and ``delimiter`` are of CSV; empty, they are found out. With ``header_only`` few rows are read.
    """
    size_check(len(data), limits)
    if not data.strip():
        raise SheetError(_("The file is empty."))
    if data.startswith(_OLD_EXCEL):
        raise SheetError(_("This is a workbook of the old format (.xls), or locked by a password: save it as .xlsx."))
    if data.startswith(_ZIP):
        # Five megabytes of openpyxl, which workers of the endpoint never use.
        from bulk.sheets.xlsx import xlsx_rows

        lines = xlsx_rows(data=data, limits=limits)
    else:
        lines = _csv_rows(_decoded(data, encoding), delimiter)
    return _sheet(lines, limits, most=20 if header_only else None)


def size_check(size: int, limits: SheetLimits) -> None:
    """Raise SheetError for a file that is larger than is read."""
    if size > limits.upload_bytes:
        raise SheetError(
            _("The file is larger than %(limit)d MB.") % {"limit": max(limits.upload_bytes // (1024 * 1024), 1)}
        )


def _sheet(lines: Iterator[SheetRow], limits: SheetLimits, most: int | None) -> Sheet:
    header: list[str] | None = None
    rows: list[SheetRow] = []
    for row in lines:
        if not any(row.cells) and not row.problems:
            continue
        while row.cells and not row.cells[-1]:
            row.cells.pop()
        if header is None:
            header = _header(row, limits)
            continue
        if len(row.cells) > len(header):
            message = _("It has %(found)d cells, and the first line has %(wanted)d.")
            row.problems[len(header) - 1] = message % {"found": len(row.cells), "wanted": len(header)}
            del row.cells[len(header) :]
        row.cells.extend([""] * (len(header) - len(row.cells)))
        for number, cell in enumerate(row.cells):
            if len(cell) > limits.cell:
                row.problems[number] = _("It is longer than %(limit)d characters.") % {"limit": limits.cell}
        rows.append(row)
        if len(rows) > limits.rows:
            raise SheetError(_("The table has more than %(limit)d rows: divide it.") % {"limit": limits.rows})
        if most and len(rows) >= most:
            break
    if header is None:
        raise SheetError(_("The table is empty."))
    return Sheet(header, rows)


def _header(row: SheetRow, limits: SheetLimits) -> list[str]:
    if len(row.cells) > limits.columns:
        raise SheetError(_("The table has more than %(limit)d columns.") % {"limit": limits.columns}, line=row.line)
    seen: set[str] = set()
    for name in row.cells:
        if name and name in seen:
            raise SheetError(_("Two columns have this name."), line=row.line, column=name)
        seen.add(name)
    return row.cells


def _decoded(data: bytes, encoding: str) -> str:
    if encoding and encoding not in ENCODINGS:
        raise SheetError(_("Unknown encoding. One of: %(names)s") % {"names": ", ".join(ENCODINGS)})
    if not encoding:
        encoding = "utf-16" if data.startswith(_UTF16) else "utf-8"
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeError as error:
        message = _(
            "The text is not in %(encoding)s. Save it as “CSV UTF-8”, or say which encoding it is in; it looks like "
            "%(guess)s."
        )
        raise SheetError(message % {"encoding": encoding.upper(), "guess": _guessed(data)}) from error
    if "\0" in text:
        raise SheetError(_("This is no text, and no XLSX either."))
    return text


def _guessed(data: bytes) -> str:
    """Windows-1256 where most of what is not ASCII would be Arabic letters, else Windows-1252."""
    text = data[:100_000].decode("cp1256", errors="replace")
    others = [character for character in text if ord(character) > 127]
    arabic = sum("\u0600" <= character <= "\u06ff" for character in others)
    return "windows-1256" if arabic * 2 > len(others) else "windows-1252"


def _csv_rows(text: str, delimiter: str) -> Iterator[SheetRow]:
    if not delimiter:
        first = text.lstrip().partition("\n")[0]
        delimiter = max(_DELIMITERS, key=first.count)
    elif len(delimiter) != 1 or delimiter in '"\r\n':
        raise SheetError(_("The separator must be one character, such as ; or a tab."))
    # Strict: a quotation mark that is never closed is damage, and not the rest of the file as one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            yield SheetRow(start, [cell_text(cell) for cell in cells])
            start = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(
            _("The text cannot be read as a table: %(error)s.") % {"error": error}, line=reader.line_num
        ) from error
