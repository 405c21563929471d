"""Statements that Django's ORM writes once, and that run again and again with other values.

Building a queryset and compiling it to SQL costs ten times what the database needs to answer. A selector that runs for
every request describes its queryset with ``Parameter`` and ``ParameterList`` in the place of values; the SQL is kept by
the shape of the queryset, and each call only fills in the values.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from string import Formatter
from threading import Lock
from typing import Any

import orjson
import psycopg
import psycopg.sql
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, CharField, Expression, F, Field, Lookup, QuerySet, UUIDField
from psycopg.types.string import TextLoader

from home.selectors.keys import key_from_digits

# Shapes follow from page types, chains of languages, page sizes and the filters in use: hundreds, not thousands.
_MAX_STATEMENTS = 2048


@dataclass(frozen=True, slots=True)
class _Slot:
    """The place of a value in the parameters of a compiled statement."""

    name: str
    field: Field[Any, Any]
    is_list: bool

    def filled(self, value: Any, database: BaseDatabaseWrapper) -> Any:
        """The value as the database takes it: psycopg knows dates and lists itself, SQLite none of them."""
        if database.vendor == "postgresql":
            if not self.is_list:
                return value
            # Keys need no quotes in an array's text, which psycopg would write item by item.
            return f"{{{','.join(map(str, value))}}}" if self.field is KEY else list(value)
        prepare = self.field.get_db_prep_value
        if not self.is_list:
            return prepare(value, database)
        return orjson.dumps([prepare(item, database) for item in value]).decode()


class Parameter(Expression):
    """Stands for one value called ``name``, prepared for the database as ``output_field`` does it."""

    is_list = False

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [_Slot(self.name, self.output_field, self.is_list)]


class ParameterList(Parameter):
    """Stands for a list of values; only ``any_of`` takes it."""

    is_list = True


class _AnyOf(Lookup[Any]):
    """One parameter, however many values."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each({right}))", [*left_params, *right_params]  # noqa: S608 - SQL of compiled expressions

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        # Keys are text, which PostgreSQL does not compare with its UUIDs.
        kind = "::uuid[]" if isinstance(self.rhs.output_field, UUIDField) else ""
        return f"{left} = ANY({right}{kind})", [*left_params, *right_params]


def any_of(left: str | Expression, name: str, output_field: Field[Any, Any]) -> Any:
    """The condition that ``left`` (a field's path or an expression) is one of the values in the list ``name``."""
    return _AnyOf(F(left) if isinstance(left, str) else left, ParameterList(name, output_field))


def slot(name: str, field: Field[Any, Any], *, is_list: bool = False) -> _Slot:
    """The place of a value in the parameters of a statement that is written by hand around compiled parts."""
    return _Slot(name, field, is_list)


# What keys and codes are prepared as.
TEXT: Field[Any, Any] = CharField()
ID: Field[Any, Any] = BigIntegerField()
KEY: Field[Any, Any] = UUIDField()


@dataclass(frozen=True)
class Statement:
    """A compiled queryset of ``values()``: its SQL, its parameters with slots in them, and how rows are read."""

    sql: str
    params: tuple[Any, ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]

    def rows(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows for these values of the parameters, as dicts."""
        if not self.sql:
            return []  # no values can meet the conditions, and nobody has read the names
        return _dicts_maker(self.names)(self.tuples(values))

    def groups(self, values: Mapping[str, Any]) -> dict[Any, list[dict[str, Any]]]:
        """The rows by their first column, which they are sorted by; the dicts are of the others."""
        make = _dicts_maker((None, *self.names[1:]))
        return {first: make(run) for first, run in groupby(self.tuples(values), key=itemgetter(0))}

    def tuples(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows for these values of the parameters, as tuples in the order of ``names``."""
        if not self.sql:
            return []  # no values can meet the conditions
        rows = self._fetched(values)
        return list(self._converted(rows)) if self.converters else rows

    def count(self, values: Mapping[str, Any]) -> int:
        """How many rows there are for these values of the parameters."""
        if not self.sql:
            return 0
        [(number,)] = self._count._fetched(values)
        return int(number)

    @cached_property
    def _count(self) -> "Statement":
        return Statement(f"SELECT COUNT(*) FROM ({self.sql}) counted", self.params, (), ())  # noqa: S608 - compiled

    def _fetched(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        # The thread's own connection: `connection` looks for it at each access.
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor == "postgresql" and not database.queries_logged:
            reader = _reader(database)
            reader.execute(self._numbered.sql, self._numbered.filled(values, database))
            rows: list[tuple[Any, ...]] = reader.fetchall()
            return rows
        with database.cursor() as cursor:
            if database.vendor == "postgresql":
                # Django's own cursor writes values into statements, as a log of them should have it.
                _register_loaders(cursor.cursor.adapters)
            cursor.execute(self.sql, self.filled(values, database))
            return list(cursor.fetchall())

    @cached_property
    def _numbered(self) -> "Statement":
        """The statement as PostgreSQL itself writes it: numbers for parameters, and each of them once.

        psycopg would look for them in the text of a long statement each time that it is executed.
        """
        numbers: dict[Any, int] = {}
        pieces = [piece.replace("%%", "%") for piece in _between_params(self.sql)]
        text = pieces[0]
        for place, (param, piece) in enumerate(zip(self.params, pieces[1:], strict=True)):
            # Values that are no slots are told apart by their places: 1 and True are equal.
            number = numbers.setdefault(param if type(param) is _Slot else place, len(numbers) + 1)
            text += f"${number}{piece}"
        params = tuple(key if type(key) is _Slot else self.params[key] for key in numbers)
        return Statement(text, params, (), ())

    def filled(self, values: Mapping[str, Any], database: BaseDatabaseWrapper) -> list[Any]:
        """The parameters with the values in their slots."""
        return [param.filled(values[param.name], database) if type(param) is _Slot else param for param in self.params]

    def _converted(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            cells = list(row)
            for position, converters, expression in self.converters:
                value = cells[position]
                for converter in converters:
                    value = converter(value, expression, connection)
                cells[position] = value
            yield tuple(cells)


# Where a connection of psycopg keeps the cursor that statements are read by.
_READER = "diwan_reader"


def _reader(database: BaseDatabaseWrapper) -> Any:
    """The cursor of a connection: one of psycopg's, kept, in what Django puts around each of its cursors.

    Making one for each statement costs as much as sending it.
    """
    database.close_if_health_check_failed()
    if database.connection is None:
        database.ensure_connection()
    session: Any = database.connection
    cursor: Any = getattr(session, _READER, None)
    if cursor is None:
        cursor = psycopg.RawCursor(session)
        _register_loaders(cursor.adapters)
        setattr(session, _READER, cursor)
    return database.make_cursor(cursor)


def _register_loaders(adapters: Any) -> None:
    # psycopg's own reader, in C; Django's, in Python, costs more than all the rest of a row. They differ in whose time
    # zone a moment is given, and Django has set the session's to the connection's.
    adapters.register_loader("timestamptz", _timestamp_loader())
    adapters.register_loader("uuid", TextLoader)  # see `Key`


# Which columns there are follows from what clients ask for: no more of them are kept than statements.
@lru_cache(maxsize=_MAX_STATEMENTS)
def _dicts_maker(names: tuple[str | None, ...]) -> Callable[[Iterable[tuple[Any, ...]]], list[dict[str, Any]]]:
    """Makes dicts of rows with these columns, without those that are None.

    Written out for them it takes a third of what `dict(zip(…))` takes.
    """
    cells = [f"cell{number}" for number in range(len(names))]
    items = ", ".join(f"{name!r}: {cell}" for name, cell in zip(names, cells, strict=True) if name is not None)
    make: Callable[[Iterable[tuple[Any, ...]]], list[dict[str, Any]]] = eval(  # noqa: S307 - of names of our own columns
        f"lambda rows: [{{{items}}} for {', '.join(cells)}, in rows]"
    )
    return make


@cache
def _timestamp_loader() -> Any:
    return psycopg.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, psycopg.pq.Format.TEXT)


_statements: OrderedDict[Hashable, Statement] = OrderedDict()
_lock = Lock()


def prepared(shape: Hashable, build: Callable[[], QuerySet[Any, Any] | Statement]) -> Statement:
    """The statement of this shape; ``build`` gives its queryset of ``values()``, or itself, the first time.

    ``shape`` must name the selector and everything that ``build`` puts into the queryset other than by parameters.
    With None the statement is compiled for this call only.
    """
    if shape is None:
        return _statement(build())
    with _lock:
        if (statement := _statements.get(shape)) is not None:
            _statements.move_to_end(shape)
            return statement
    statement = _statement(build())
    with _lock:
        _statements[shape] = statement
        while len(_statements) > _MAX_STATEMENTS:
            _statements.popitem(last=False)
    return statement


def _statement(built: QuerySet[Any, Any] | Statement) -> Statement:
    # Whoever watches statements knows those that only read by their first word.
    return replace(built, sql=built.sql.strip()) if isinstance(built, Statement) else compiled(built)


def _is_key(expression: Any) -> bool:
    return isinstance(expression.output_field, UUIDField)


def compiled(queryset: QuerySet[Any, Any]) -> Statement:
    """The statement of a queryset of ``values()``."""
    query = queryset.query
    compiler = query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return Statement("", (), (), ())
    select = [column[0] for column in compiler.select]
    found: Mapping[int, tuple[Collection[Any], Any]] = compiler.get_converters(select)
    converters = tuple(
        (position, (key_from_digits,) if _is_key(expression) else tuple(each), expression)
        for position, (each, expression) in found.items()
    )
    names = tuple(query.selected or (*query.values_select, *query.annotation_select))
    if connection.vendor == "postgresql":
        sql, params = _with_constants(sql, params)
    return Statement(sql, tuple(params), names, converters)


def constant(value: str) -> Statement:
    """A constant of ours within a statement that is written by hand."""
    return Statement(_with_constants("%s", [value])[0], (), (), ())


def joined(text: str, parts: Mapping[str, Statement], **words: Any) -> Statement:
    """A statement written by hand around compiled parts, which its ``text`` names in braces, as it does ``words``.

    A part may stand in several places, and its parameters stand as often. Where a part is a condition that no row can
    meet, so is the whole. What a client sent is in parameters: the text holds names of our own alone.
    """
    # The names of fields that are formatted, in the order in which they stand.
    names = [name for _text, name, *_spec in Formatter().parse(text) if name is not None and name in parts]
    if not all(parts[name].sql for name in names):
        return Statement("", (), (), ())
    sql = text.format(**{name: part.sql for name, part in parts.items()}, **words)
    return Statement(sql, tuple(param for name in names for param in parts[name].params), (), ())


def value(name: str, field: Field[Any, Any], *, is_list: bool = False) -> Statement:
    """A parameter within a statement that is written by hand."""
    return Statement("%s", (slot(name, field, is_list=is_list),), (), ())


def _with_constants(sql: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
    """The statement with its constants written into it: a plan that is made once, for all values, must know them."""
    pieces = _between_params(sql)
    slots = []
    text = pieces[0]
    for param, piece in zip(params, pieces[1:], strict=True):
        if isinstance(param, str | int):
            text += psycopg.sql.Literal(param).as_string(connection.connection).replace("%", "%%") + piece
        else:
            slots.append(param)
            text += "%s" + piece
    return text, slots


# A percent sign that is meant as one stands twice, and an "s" may follow.
_PERCENT = re.compile("(%%|%s)")


def _between_params(sql: str) -> list[str]:
    """What stands before, between and after the places of parameters."""
    pieces = [""]
    for piece in _PERCENT.split(sql):
        if piece == "%s":
            pieces.append("")
        else:
            pieces[-1] += piece
    return pieces
