"""Whether a page with its rows in memory may be stored. No statements: what is compared with others was read before."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from bulk.columns.column import Column, RecordType, RowsColumn
from bulk.selectors.stored import Stored
from home.models import RecordPage


def page_check(
    *,
    page: RecordPage,
    rows: Mapping[str, Sequence[Any]],
    stored: Stored,
    touched: Mapping[str, str],
    is_new: bool,
    record_type: RecordType,
) -> Iterator[tuple[str, str]]:
    """What is wrong, as the name of a field or relation and a message. ``touched`` names what the table speaks of."""
    if is_new:
        wanted = {name for column in record_type.columns if isinstance(column, Column) for name in column.fields}
    else:
        wanted = set(touched)
    page.neighbours_are_checked = True
    try:
        page.clean_fields(exclude=_others(type(page), frozenset(wanted)))
    except ValidationError as error:
        yield from _told(error, page, "")
    else:
        if page.is_source:
            try:
                page.clean()
            except ValidationError as error:
                yield from _told(error, page, "")
    for column in record_type.columns:
        if isinstance(column, RowsColumn) and column.relation in rows:
            yield from _rows_check(column, rows[column.relation], page)


def _rows_check(column: RowsColumn, rows: Sequence[Any], page: RecordPage) -> Iterator[tuple[str, str]]:
    exclude = _others(column.model, frozenset((*column.match, *column.facts, *column.texts)))
    seen: set[tuple[int, tuple[Any, ...]]] = set()
    for row in rows:
        row.page = page
        try:
            row.clean_fields(exclude=exclude)
            row.clean()
        except ValidationError as error:
            yield from _told(error, row, column.relation)
        for number, names in enumerate(_unique(column.model)):
            values = tuple(getattr(row, name) for name in names)
            if None in values:
                continue
            if (number, values) in seen:
                yield column.relation, _("The same stands there twice.")
            seen.add((number, values))


@cache
def _others(model: type[models.Model], wanted: frozenset[str]) -> frozenset[str]:
    """The fields that are not looked at: those the table says nothing of, and references, which were found by name."""
    return frozenset(
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation or not ({field.name, field.attname} & wanted)
    )


@cache
def _unique(model: type[models.Model]) -> tuple[tuple[str, ...], ...]:
    """The columns, beside the page, that no two rows of a page may share."""
    found = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and "page" in constraint.fields:
            names = [name for name in constraint.fields if name != "page"]
            found.append(tuple(model._meta.get_field(name).attname for name in names))  # type: ignore[union-attr]
    return tuple(found)


def _told(error: ValidationError, of: models.Model, relation: str) -> Iterator[tuple[str, str]]:
    """The messages; those of a child row under its relation, with the value that they are about."""
    if not hasattr(error, "error_dict"):
        for message in error.messages:
            yield relation, message
        return
    for name, errors in error.error_dict.items():
        attribute = name
        if name != NON_FIELD_ERRORS:
            attribute = getattr(of._meta.get_field(name), "attname", name)
        for each in errors:
            for message in each.messages:
                if not relation:
                    yield ("" if name == NON_FIELD_ERRORS else attribute), message
                    continue
                value = "" if name == NON_FIELD_ERRORS else str(getattr(of, attribute, "") or "")
                yield relation, f"“{value[:60]}”: {message}" if value else message
