"""The first sheet of a workbook."""

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bulk.sheets.archive import workbook_open
from bulk.sheets.errors import SheetError
from bulk.sheets.limits import SheetLimits
from home.formulas import cell_text

if TYPE_CHECKING:
    from bulk.sheets.reading import SheetRow

# Rows of a sheet that was formatted to its end, a million of them, are not all looked at: something may follow them.
_MOST_EMPTY = 10_000
_MIDNIGHT = datetime.time(0)


def xlsx_rows(*, data: bytes, limits: SheetLimits) -> Iterator["SheetRow"]:
    """The rows with their numbers. Raise SheetError for a workbook that is damaged, a bomb, or names foreign files."""
    from bulk.sheets.reading import SheetRow

    try:
        workbook = workbook_open(data=data, limits=limits)
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
