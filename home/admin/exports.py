"""Spreadsheets of reports, readable in every language of the interface."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.http import HttpResponse
from django.utils.translation import get_language_bidi
from wagtail.admin.views.mixins import ExcelDateFormatter

from home.formulas import cell_protect

# Without it spreadsheet programs read a file of comma-separated values in the machine's own encoding.
_BYTE_ORDER_MARK = "\ufeff".encode()


class ReadableExportMixin:
    """For Wagtail's reports: the interface's language and direction, and an encoding that spreadsheet programs see.

    Wagtail streams comma-separated values when the admin's language is no longer that of the user.
    """

    def write_xlsx(self, queryset: Any, output: BinaryIO) -> None:
        from openpyxl import Workbook

        report: Any = self
        workbook = Workbook(write_only=True, iso_dates=True)
        sheet = workbook.create_sheet()
        sheet.sheet_view.rightToLeft = get_language_bidi()
        sheet.append([report.get_heading(queryset, field) for field in report.list_export])
        date_format = ExcelDateFormatter().get()
        for item in queryset:
            sheet.append(report.generate_xlsx_row(sheet, report.to_row_dict(item), date_format=date_format))
        workbook.save(output)

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield _BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)  # type: ignore[misc] # a report's

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        return super().write_csv_row(writer, {name: _harmless(value) for name, value in row_dict.items()})  # type: ignore[misc] # a report's

    def write_csv_response(self, queryset: Any) -> HttpResponse:
        report: Any = self
        response = HttpResponse(b"".join(self.stream_csv(queryset)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{report.get_filename()}.csv"'
        return response


def _harmless(value: Any) -> Any:
    """A title that a spreadsheet program would compute; in an .xlsx file a text is marked as one."""
    return cell_protect(value) if isinstance(value, str) else value
