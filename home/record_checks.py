"""What must hold between the facts of a record and its child rows, for forms, importers and whoever saves one.

``record_clean(page)`` is the whole of it, for a page with its rows in memory. Page types say what is wrong in
``row_faults``; the form shows each fault at its field.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

if TYPE_CHECKING:
    from home.models.record_page import RecordPage

Rows = Mapping[str, Sequence[Any]]
# The first and the last year that dates of records may lie in.
YEARS = (1000, 2200)


@dataclass(frozen=True, eq=False)
class Fault:
    """What is wrong, and where: in a column of the page, in a relation as a whole, or in a column of one of its rows.

    ``missing``: something is not there yet. A draft may lack it; what contradicts itself is refused in drafts, too.
    """

    message: Any
    field: str = ""
    relation: str = ""
    row: Any = None
    missing: bool = False


def record_relations(model: type["RecordPage"]) -> list[str]:
    """The names of the relations that hold rows of a record."""
    own = {*model.fact_relations, *model.translated_fields}
    return [name for rel in get_all_child_relations(model) if (name := rel.get_accessor_name()) in own]


def record_rows(page: "RecordPage") -> dict[str, list[Any]]:
    """The rows of a page by the name of their relation: those in memory, else those stored (one statement each)."""
    return {name: list(getattr(page, name).all()) for name in record_relations(type(page))}


def record_faults(page: "RecordPage", rows: Rows | None = None) -> Iterator[Fault]:
    """What is wrong with the rows of a record, each alone, then together. Columns of the page: ``page.clean()``."""
    rows = record_rows(page) if rows is None else rows
    alone = [fault for relation, given in rows.items() for row in given for fault in _faults_of_row(relation, row)]
    yield from alone
    # Rows that make no sense alone are not compared with others.
    if not alone:
        yield from page.row_faults(rows)


def record_clean(page: "RecordPage", rows: Rows | None = None) -> None:
    """Raise ValidationError where the rows of a record do not fit each other or its columns.

    Its ``message_dict`` has columns of the page as keys, and names of relations, whose messages name row and column.
    No statement where the rows are in memory; agreements that name others ask for the links of those.
    """
    rows = record_rows(page) if rows is None else rows
    errors: dict[str, list[Any]] = defaultdict(list)
    for fault in record_faults(page, rows):
        errors[fault.relation or fault.field or NON_FIELD_ERRORS].append(_told(fault, rows))
    if errors:
        raise ValidationError(dict(errors))


def _told(fault: Fault, rows: Rows) -> Any:
    if fault.row is None:
        return fault.message
    number = next(number for number, row in enumerate(rows[fault.relation], 1) if row is fault.row)
    parts = {"row": number, "reason": fault.message}
    if not fault.field:
        return _("Row %(row)s: %(reason)s") % parts
    name = fault.row._meta.get_field(fault.field).verbose_name
    return _("Row %(row)s, %(field)s: %(reason)s") % {**parts, "field": name}


def day_faults(instance: models.Model) -> Iterator[tuple[str, Any]]:
    """The columns of a page or row whose day is none that anybody means, each with what is wrong.

    Slips of the pen, and the ends of the calendar that programs write for "never" and nothing can be counted from.
    """
    for column in instance._meta.concrete_fields:
        if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
            value = getattr(instance, column.attname)
            if isinstance(value, date) and not YEARS[0] <= value.year <= YEARS[1]:
                # As text: numbers of this size would be written with a separator.
                yield (
                    column.name,
                    _("Years from %(first)s to %(last)s are taken.") % {"first": str(YEARS[0]), "last": str(YEARS[1])},
                )


def _faults_of_row(relation: str, row: models.Model) -> Iterator[Fault]:
    """What is wrong with one row alone. Whether the pages that it names exist is for the database to say."""
    foreign = [field for field in row._meta.fields if field.is_relation]
    try:
        row.clean_fields(exclude=[*(field.name for field in foreign), "translation_key"])
        for field in foreign:
            if not field.null and field.name not in ("page", "locale") and getattr(row, field.attname) is None:
                raise ValidationError({field.name: field.error_messages["null"]})
        row.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                yield Fault(message, field="" if name == NON_FIELD_ERRORS else name, relation=relation, row=row)
        return
    for name, message in day_faults(row):
        yield Fault(message, field=name, relation=relation, row=row)
