"""The first sheet of a workbook. Workbooks come from strangers: they are looked through before they are opened."""

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from bulk.sheets.errors import SheetError
from bulk.sheets.limits import SheetLimits
from bulk.sheets.protection import cell_text

if TYPE_CHECKING:
    from bulk.sheets.reading import SheetRow

_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_MOST_PARTS = 2_000
_CHUNK = 64 * 1024
# Rows of a sheet that was formatted to its end, a million of them, are not all looked at: something may follow them.
_MOST_EMPTY = 10_000
_MIDNIGHT = datetime.time(0)


def xlsx_rows(*, data: bytes, limits: SheetLimits) -> Iterator["SheetRow"]:
    """The rows with their numbers. Raise SheetError for a workbook that is damaged, a bomb, or names foreign files."""
    from bulk.sheets.reading import SheetRow

    _archive_check(data, limits)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        if not workbook.worksheets:
            raise SheetError(_("The workbook has no sheet."))
        sheet = workbook.worksheets[0]
        # What a workbook says of its own size is not believed.
        sheet.reset_dimensions()
        empty = 0
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells: list[str] = []
            problems: dict[int, str] = {}
            for place, cell in enumerate(row):
                text, problem = _cell_text(cell)
                cells.append(text)
                if problem:
                    problems[place] = problem
            empty = 0 if any(cells) or problems else empty + 1
            if empty > _MOST_EMPTY:
                message = _("More than %(limit)d rows in a row are empty: delete them, and those below the table.")
                raise SheetError(message % {"limit": _MOST_EMPTY}, line=number)
            yield SheetRow(number, cells, problems)
    except SheetError:
        raise
    # openpyxl has no error of its own for most of what a damaged workbook may hold.
    except Exception as error:
        raise SheetError(_("This workbook is damaged, or no XLSX.")) from error


def _cell_text(cell: Any) -> tuple[str, str]:
    """What a cell says, as one would type it, and what is wrong with it."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f" or not isinstance(
        value, (str, bool, int, float, datetime.datetime, datetime.date, datetime.time)
    ):
        return "", _("It is a formula: paste its value in its place.")
    if cell.data_type == "e":
        return "", _("It is an error of the spreadsheet: %(value)s") % {"value": value}
    if isinstance(value, str):
        return cell_text(value), ""
    if isinstance(value, bool):
        return ("true" if value else "false"), ""
    if isinstance(value, datetime.datetime):
        whole = value.time() == _MIDNIGHT
        return (value.date().isoformat() if whole else value.isoformat(sep=" ", timespec="minutes")), ""
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="minutes"), ""
    if isinstance(value, datetime.date):
        return value.isoformat(), ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value)), ""
    return str(value), ""


def _archive_check(data: bytes, limits: SheetLimits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_PARTS:
                raise SheetError(_("The workbook is too large when unpacked."))
            total = 0
            for info in infos:
                if info.flag_bits & 0x1:
                    raise SheetError(_("The workbook is locked by a password."))
                total += info.file_size
                # zipfile reads no more of a part than what it says of its size, and then compares a checksum.
                is_bomb = info.file_size > max(info.compress_size, 16 * 1024) * limits.ratio
                if is_bomb or total > limits.unpacked_bytes:
                    raise SheetError(_("The workbook is too large when unpacked."))
            if "[Content_Types].xml" not in archive.namelist():
                raise SheetError(_("This workbook is damaged, or no XLSX."))
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    _doctype_check(archive, info)
    except _DAMAGES as error:
        raise SheetError(_("This workbook is damaged, or no XLSX.")) from error


class _Beginning(Exception):
    """The first element was seen: a document type can no longer come."""


def _doctype_check(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Raise SheetError for XML with a document type: entities, of this file or of others, have no place in XLSX."""

    def refuse(*_args: Any) -> None:
        raise SheetError(_("The workbook holds XML with a document type, which is not accepted."))

    def stop(*_args: Any) -> None:
        raise _Beginning

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk)
    except _Beginning:
        return
    except expat.ExpatError as error:
        raise SheetError(_("This workbook is damaged, or no XLSX.")) from error
