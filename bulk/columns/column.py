"""What one column is, and the kinds of columns that set fields of a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from bulk.columns.grammar import CellError, day_read, day_read_precise, day_write_precise
from bulk.selectors.lookups import Lookups
from home.language.folding import fold
from home.models import RecordPage


@dataclass(frozen=True)
class Column:
    """A column that sets fields of the page: ``read`` gives their values, ``write`` a cell that reads as the same.

    ``cleared`` holds what they are when the cell says to clear them. ``is_text``: there may be one for each language.
    """

    name: str
    label: Any
    fields: tuple[str, ...]
    read: Callable[[str, Lookups], tuple[Any, ...]]
    write: Callable[[Any, Lookups], str]
    cleared: tuple[Any, ...]
    is_text: bool = False


@dataclass(frozen=True)
class RowsColumn:
    """A column that holds all child rows of one relation.

    ``read`` gives unsaved rows, ``write`` the cell. ``match`` tells which row is which (by position where it is empty),
    ``facts`` are the columns compared beside it, ``texts`` those that translations have, too.
    """

    name: str
    label: Any
    relation: str
    model: type[models.Model]
    read: Callable[[str, Lookups], list[Any]]
    write: Callable[[Sequence[Any], Lookups], str]
    match: tuple[str, ...]
    facts: tuple[str, ...]
    texts: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether there may be one for each language."""
        return bool(self.texts)


AnyColumn = Column | RowsColumn


@dataclass(frozen=True)
class RecordType:
    """What can be imported and exported: its name on the command line, its pages, and its columns."""

    name: str
    label: Any
    model: type[RecordPage]
    index: type[Any]
    columns: tuple[AnyColumn, ...]

    def column(self, name: str) -> AnyColumn | None:
        """The column with this name."""
        return next((column for column in self.columns if column.name == name), None)


def languages() -> list[str]:
    """The languages in which labels are understood: those of the admin and of the content."""
    return list(dict.fromkeys((*dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES), *dict(settings.LANGUAGES), "en")))


@cache
def choice_values(choices: Any) -> dict[str, Any]:
    """The values of choices by themselves and by their labels in any language, folded."""
    found: dict[str, Any] = {}
    for code in languages():
        with translation.override(code):
            for value, label in choices.choices:
                found.setdefault(fold(str(label)), value)
    # After the labels: a value is never taken for the label of another.
    found.update({str(value): value for value in choices.values})
    return found


def choice_read(choices: Any, text: str) -> Any:
    """The value that a text names, by itself or by its label in any language. Raise CellError."""
    known = choice_values(choices)
    value = known.get(text.strip().lower(), known.get(fold(text)))
    if value is None:
        raise CellError(
            _("“%(text)s” is none of: %(values)s.")
            % {"text": text[:40], "values": ", ".join(str(value) for value in choices.values)}
        )
    return value


def text(model: type[models.Model], name: str, *, is_text: bool = True, label: Any = None) -> Column:
    """Text as it is; ``is_text`` where each language has its own."""
    return Column(
        name=name,
        label=label or _verbose(model, name),
        fields=(name,),
        read=lambda cell, _lookups: (cell,),
        write=lambda page, _lookups: getattr(page, name),
        cleared=("",),
        is_text=is_text,
    )


def choice(model: type[models.Model], name: str, choices: type[Any]) -> Column:
    """One of several values, by itself or by its label in any language."""
    field = model._meta.get_field(name)
    return Column(
        name=name,
        label=_verbose(model, name),
        fields=(name,),
        read=lambda cell, _lookups: (choice_read(choices, cell),),
        write=lambda page, _lookups: str(getattr(page, name)),
        cleared=(field.get_default() if field.has_default() else "",),  # type: ignore[union-attr]
    )


def day(model: type[models.Model], name: str) -> Column:
    """A whole date."""
    return Column(
        name=name,
        label=_verbose(model, name),
        fields=(name,),
        read=lambda cell, _lookups: (day_read(cell),),
        write=lambda page, _lookups: day_write_precise(getattr(page, name), "day"),
        cleared=(None,),
    )


def precise_day(model: type[models.Model], name: str, precision: str) -> Column:
    """A date of which the day or the month may not be known."""
    return Column(
        name=name,
        label=_verbose(model, name),
        fields=(name, precision),
        read=lambda cell, _lookups: day_read_precise(cell),
        write=lambda page, _lookups: day_write_precise(getattr(page, name), getattr(page, precision)),
        cleared=(None, "day"),
    )


def number(model: type[models.Model], name: str, kind: type[Any]) -> Column:
    """A number; a comma may stand for the decimal point."""

    def read(cell: str, _lookups: Lookups) -> tuple[Any, ...]:
        try:
            return (kind(cell.replace(",", ".").replace("\u2212", "-")),)
        except ValueError as error:
            raise CellError(_("“%(text)s” is no number.") % {"text": cell[:40]}) from error

    def write(page: Any, _lookups: Lookups) -> str:
        value = getattr(page, name)
        return "" if value is None else repr(value)

    return Column(name=name, label=_verbose(model, name), fields=(name,), read=read, write=write, cleared=(None,))


def reference(model: type[models.Model], name: str, kind: str) -> Column:
    """Another entry: ``kind`` is the field of Lookups that knows its names."""
    field = f"{name}_id"
    return Column(
        name=name,
        label=_verbose(model, name),
        fields=(field,),
        read=lambda cell, lookups: (getattr(lookups, kind).get(cell),),
        write=lambda page, lookups: getattr(lookups, kind).code(getattr(page, field)),
        cleared=(None,),
    )


def _verbose(model: type[models.Model], name: str) -> Any:
    return getattr(model._meta.get_field(name), "verbose_name", name)
