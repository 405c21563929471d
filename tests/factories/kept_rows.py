"""Rows that one test made, put back in later tests: reading and writing rows is far cheaper than making them anew."""

import copy
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from home.models import ContentVersion

P = ParamSpec("P")
T = TypeVar("T")
Row = tuple[Any, ...]
# Rows of one statement: one for each row would cost a good part of the suite's time.
_AT_ONCE = 200
# In the order in which the database handed them over.
Rows = dict[Row, None]


@dataclass(frozen=True)
class Change:
    """What changed in one table; the first column is the primary key."""

    columns: list[str]
    before: Rows
    gone: list[Row]
    new: list[Row]


class KeptRows:
    """Runs ``make`` once in each process, and afterwards puts back the rows that it made.

    Where the tables do not stand as they stood before ``make`` ran, it runs again: what is put back is always what
    ``make`` would have made. Primary keys stay the same. Full-text indexes that triggers keep follow by themselves.
    """

    def __init__(self, make: Callable[..., Any]) -> None:
        self._make = make
        self._made: Any = None
        self._left: tuple[Any, ...] = ()
        self._tables: dict[str, Change] | None = None

    def restore(self, *args: Any) -> Any:
        """Have the rows in the database, within the transaction of the test.

        The answer is what ``make`` answered to ``args``, a copy for each test, and ``args`` are left as it left them:
        pages in memory say what their rows say.
        """
        if self._tables is not None and all(rows_of(name)[1] == table.before for name, table in self._tables.items()):
            with transaction.atomic():
                put_back(self._tables)
            made, left = copy.deepcopy((self._made, self._left))
            for given, as_left in zip(args, left, strict=True):
                vars(given).update(vars(as_left))
            return made
        before = {name: rows_of(name) for name in tables()}
        made = self._make(*args)
        self._tables = {}
        for name, (columns, rows) in before.items():
            now = rows_of(name)[1]
            # Content types name no row that is made, but every permission and revision points at them.
            if now != rows or name == "django_content_type":
                gone = [row for row in rows if row not in now]
                self._tables[name] = Change(columns, rows, gone, [row for row in now if row not in rows])
        self._made, self._left = copy.deepcopy((made, args))
        return made


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """``make``, which runs once in each process: see KeptRows. Whoever calls it shares the rows."""
    rows = KeptRows(make)

    @functools.wraps(make)
    def restore(*args: P.args, **kwargs: P.kwargs) -> T:
        assert not kwargs, "what is made hangs on the database alone"
        made: T = rows.restore(*args)
        return made

    return restore


def tables() -> list[str]:
    """Tables of content and all else, without SQLite's full-text indexes: their triggers fill them."""
    names: list[str] = connection.introspection.django_table_names(only_existing=True, include_views=False)
    names.remove(ContentVersion._meta.db_table)  # moves by itself when rows are put back
    if connection.vendor != "sqlite":
        return names
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL %'")
        virtual = {name for (name,) in cursor.fetchall()}
    return [name for name in names if name not in virtual]


def rows_of(table: str) -> tuple[list[str], Rows]:
    """The names of the columns, the primary key first, and all rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of our own models
        return [column[0] for column in cursor.description], dict.fromkeys(cursor.fetchall())


def put_back(tables: dict[str, Change]) -> None:
    """Delete the rows that are gone, and write the new ones as they are."""
    # Foreign keys are checked when a transaction ends: between the two loops a row may point nowhere.
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, table in tables.items():
            for rows in parts(table.gone):
                keys = ", ".join(["%s"] * len(rows))
                cursor.execute(
                    f"DELETE FROM {quote(name)} WHERE {quote(table.columns[0])} IN ({keys})",  # noqa: S608 - as above
                    [row[0] for row in rows],
                )
        for name, table in tables.items():
            columns = ", ".join(quote(column) for column in table.columns)
            values = f"({', '.join(['%s'] * len(table.columns))})"
            for rows in parts(table.new):
                cursor.execute(
                    f"INSERT INTO {quote(name)} ({columns}) VALUES {', '.join([values] * len(rows))}",  # noqa: S608 - as above
                    [writable(value) for row in rows for value in row],
                )


def writable(value: Any) -> Any:
    """A value as the database takes it: SQLite reads hours as such, and writes none."""
    return connection.ops.adapt_timefield_value(value) if isinstance(value, time) else value


def parts(rows: list[Row]) -> Iterator[list[Row]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
