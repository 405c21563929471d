"""Whether a page with its rows in memory may be stored. What is compared with others was read before."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from bulk.columns.column import Column, RecordType, RowsColumn
from home.models import RecordPage
from home.record_checks import record_faults

# A fault of a page or of one of its rows: the name of a field or relation, empty for the whole, and the message.
Told = tuple[str, str]


def page_check(
    *, page: RecordPage, rows: Mapping[str, Sequence[Any]], touched: Collection[str], record_type: RecordType
) -> Iterator[Told]:
    """What is wrong with a page. ``rows``: all that it will have; ``touched``: the fields that the table speaks of.

    Of a page that is not saved yet every field is looked at.
    """
    wanted = set(touched)
    if page.is_source and page._state.adding:
        wanted = {name for column in record_type.columns if isinstance(column, Column) for name in column.fields}
    page.neighbours_are_checked, page.rows_come_later = True, True
    model: Any = type(page)
    try:
        page.clean_fields(exclude=_others(model, frozenset(wanted)))
        if page.is_source:
            page.clean()
    except ValidationError as error:
        yield from _told(error, page)
        return
    if not page.is_source:
        for relation, given in rows.items():
            yield from _texts_check(record_type, relation, given)
        return
    for fault in record_faults(page, rows):
        name = fault.relation or (_attribute(page, fault.field) if fault.field else "")
        value = str(getattr(fault.row, fault.field, "") or "") if fault.row is not None and _is_plain(fault) else ""
        yield name, f"“{value[:60]}”: {fault.message}" if value else str(fault.message)


def _is_plain(fault: Any) -> bool:
    """Whether the column of the row holds what a person wrote, and does not name another page."""
    return bool(fault.field) and not fault.row._meta.get_field(fault.field).is_relation


def _texts_check(record_type: RecordType, relation: str, rows: Sequence[Any]) -> Iterator[Told]:
    """The texts of a translation's rows; their facts are repeated from the source."""
    for column in record_type.columns:
        if isinstance(column, RowsColumn) and column.relation == relation:
            for row in rows:
                try:
                    row.clean_fields(exclude=_others(column.model, frozenset(column.texts)))
                except ValidationError as error:
                    yield from ((relation, message) for message in error.messages)


@cache
def _others(model: Any, wanted: frozenset[str]) -> frozenset[str]:
    """The fields that are not looked at: those the table says nothing of, and references, which were found by name."""
    return frozenset(
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation or not ({field.name, field.attname} & wanted)
    )


def _attribute(page: models.Model, name: str) -> str:
    return str(getattr(page._meta.get_field(name), "attname", name))


def _told(error: ValidationError, page: models.Model) -> Iterator[Told]:
    if not hasattr(error, "error_dict"):
        yield from (("", message) for message in error.messages)
        return
    for name, messages in error.message_dict.items():
        yield from (("" if name == NON_FIELD_ERRORS else _attribute(page, name), message) for message in messages)
