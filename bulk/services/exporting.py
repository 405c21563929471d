"""Export every record of a type as a table that an import reads as unchanged."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from bulk.columns.column import Column, RecordType, RowsColumn
from bulk.columns.grammar import NOTHING, SEPARATOR
from bulk.columns.mapping import Target, targets
from bulk.selectors.lookups import Lookups
from bulk.selectors.stored import Stored, export_pages
from bulk.sheets import CsvWriter, SheetError, XlsxWriter, sheet_write
from home.models import RecordPage

FORMATS = ("csv", "xlsx")


def records_export(
    *, record_type: RecordType, form: str, delimiter: str = ",", follow: Callable[[int], None] | None = None
) -> bytes:
    """The file: all columns under our names, all live records of the source language as they were last published, with
    their live translations. What was never published, or was withdrawn, is not in it.

    ``form`` is ``csv`` or ``xlsx``. Raise SheetError for another one.
    """
    if form not in FORMATS:
        raise SheetError(f"csv or xlsx, not {form}")
    columns = targets(record_type)
    writer: CsvWriter | XlsxWriter
    if form == "csv":
        writer = CsvWriter(delimiter=delimiter)
    else:
        writer = XlsxWriter(title=str(record_type.label), right_to_left=translation.get_language_bidi())
    return sheet_write(writer, header=[target.name for target in columns], rows=_rows(record_type, columns, follow))


def _rows(
    record_type: RecordType, columns: Sequence[Target], follow: Callable[[int], None] | None
) -> Iterator[Sequence[str]]:
    lookups = Lookups()
    number = 0
    for every, stored in export_pages(record_type):
        pages = {code: page for code, page in every.items() if page.live}
        if settings.DIWAN_SOURCE_LOCALE not in pages:
            continue
        number += 1
        yield [_cell(target, pages, stored, lookups) for target in columns]
        if follow is not None:
            follow(number)


def _cell(target: Target, pages: dict[str, RecordPage], stored: Stored, lookups: Lookups) -> str:
    page: Any = pages.get(target.locale)
    if page is None:
        return ""
    column = target.column
    if isinstance(column, Column):
        return column.write(page, lookups)
    rows = stored.rows_of(page, column.relation)
    if target.locale == settings.DIWAN_SOURCE_LOCALE:
        return column.write(rows, lookups)
    return _translated_cell(column, stored.rows_of(pages[settings.DIWAN_SOURCE_LOCALE], column.relation), rows, lookups)


def _translated_cell(column: RowsColumn, of_source: Sequence[Any], rows: Sequence[Any], lookups: Lookups) -> str:
    """The texts alone, told apart by what the column matches rows by, else by their place among the source's."""
    by_key = {row.translation_key: row for row in rows}
    made, is_empty = [], True
    for original in of_source:
        row = by_key.get(original.translation_key)
        texts = {name: getattr(row, name) for name in column.texts} if row else {}
        if column.match and not any(texts.values()):
            continue
        is_empty = is_empty and not any(texts.values())
        made.append(column.model(**{name: getattr(original, name) for name in column.match}, **texts))
    if is_empty:
        return ""
    return SEPARATOR.join(column.write([row], lookups) or NOTHING for row in made)
