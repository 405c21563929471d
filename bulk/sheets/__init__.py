"""Tables of text as CSV and XLSX. Nothing here knows what the columns mean, or touches the database."""

from bulk.sheets.errors import SheetError
from bulk.sheets.limits import SheetLimits
from bulk.sheets.reading import Sheet, SheetRow, sheet_read
from bulk.sheets.writing import CsvWriter, XlsxWriter, sheet_write

__all__ = ["CsvWriter", "Sheet", "SheetError", "SheetLimits", "SheetRow", "XlsxWriter", "sheet_read", "sheet_write"]
