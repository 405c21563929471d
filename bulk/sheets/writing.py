"""Write a table so that no spreadsheet takes its texts for formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from home.formulas import cell_keep, cell_protect

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class SheetWriter(Protocol):
    """Takes rows, then gives the file."""

    media_type: str

    def row(self, cells: Sequence[str]) -> None:
        """Add a row."""

    def finish(self) -> bytes:
        """The file."""


class CsvWriter:
    """CSV in UTF-8, marked as such for Excel; all cells quoted, so that no other separator cuts one in two."""

    media_type = "text/csv; charset=utf-8"

    def __init__(self, *, delimiter: str = ",") -> None:
        self._out = io.StringIO(newline="")
        self._writer = csv.writer(self._out, quoting=csv.QUOTE_ALL, delimiter=delimiter)

    def row(self, cells: Sequence[str]) -> None:
        """Add a row."""
        self._writer.writerow([cell_protect(cell) for cell in cells])

    def finish(self) -> bytes:
        """The file."""
        return self._out.getvalue().encode("utf-8-sig")


class XlsxWriter:
    """A workbook of one sheet, each cell text: nothing is calculated, and no telephone number becomes a number."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, *, title: str = "", right_to_left: bool = False) -> None:
        # Loaded here: five megabytes, which workers of the endpoint never use.
        from openpyxl import Workbook
        from openpyxl.styles import Font

        self._book = Workbook(write_only=True)
        self._of_header = Font(bold=True)
        self._sheet: Any = self._book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or None)
        self._sheet.sheet_view.rightToLeft = right_to_left
        self._sheet.freeze_panes = "A2"
        self._rows = 0

    def row(self, cells: Sequence[str]) -> None:
        """Add a row; the first one is the header."""
        from openpyxl.cell import WriteOnlyCell

        made = []
        for value in cells:
            cell: Any = WriteOnlyCell(self._sheet, value=_CONTROL.sub("", cell_keep(value))[:32_767] or None)
            cell.number_format = "@"
            if cell.value is not None:
                cell.data_type = "s"
            if not self._rows:
                cell.font = self._of_header
            made.append(cell)
        self._rows += 1
        self._sheet.append(made)

    def finish(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()


def sheet_write(writer: SheetWriter, *, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A whole table."""
    writer.row(header)
    for row in rows:
        writer.row(row)
    return writer.finish()
