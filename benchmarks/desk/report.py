"""The table of what was measured."""

import platform
from collections.abc import Sequence
from importlib.metadata import version

from django.db import connection
from django.utils import timezone

from benchmarks.desk.measure import Row


def table(rows: Sequence[Row], *, translations: int, command: str) -> str:
    """Markdown, with the command that made it."""
    lines = [
        f"{timezone.localdate().isoformat()}, `{command}`: {translations:,} translations into Arabic; Python "
        f"{platform.python_version()}, Django {version('django')}, wagtail {version('wagtail')}, {_database()}.",
        "",
        "| | application, ms | database, ms | together, ms | may cost | SQL statements | |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {_number(row.application)} | {_number(row.database)} | **{_number(row.total)}** "
        f"| {_limit(row)} | {row.statements:,} | {'**does not hold**' if row.is_over else _held(row)} |"
        for row in rows
    ]
    return "\n".join(lines)


def _number(milliseconds: float) -> str:
    return f"{milliseconds:,.0f}" if milliseconds >= 10 else f"{milliseconds:.1f}"


def _limit(row: Row) -> str:
    parts = [] if row.limit is None else [f"{_number(row.limit)} ms"]
    if row.statement_limit is not None:
        parts.append(f"{row.statement_limit} SQL")
    return ", ".join(parts)


def _held(row: Row) -> str:
    return "" if row.limit is None and row.statement_limit is None else "holds"


def _database() -> str:
    if connection.vendor != "postgresql":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version} (counted with the application)"
    number: int = connection.pg_version  # type: ignore[attr-defined] # PostgreSQL's
    return f"PostgreSQL {number // 10_000}.{number % 10_000}"
