"""Import tables of many missions and events into a new site, and print what that costs: CPU, seconds, statements.

On a new database of the PostgreSQL server in ``BENCH_POSTGRESQL``, or on a new SQLite file with ``--sqlite``; it is
removed afterwards. CPU is that of this process: with SQLite the database's is in it, with PostgreSQL it is not.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_SERVER = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")
_NAME = f"diwan_bench_records_{os.getpid()}"
_MOST_SECONDS = 60


def main() -> int:
    """The exit code: 1 when an import of new rows takes more than a minute of CPU."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.records", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000, help="of each table (%(default)s)")
    parser.add_argument("--sqlite", action="store_true", help="a file instead of PostgreSQL")
    parser.add_argument("--profile", metavar="FILE", help="write cProfile's figures of the first import")
    parser.add_argument("--only", choices=["missions", "events"], help="one of the tables")
    options = parser.parse_args()
    with _database(sqlite=options.sqlite) as url:
        os.environ["DATABASE_URL"] = url
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.records.settings"
        import django

        django.setup()
        from benchmarks.records.measure import measured

        rows = list(measured(rows=options.rows, profile=options.profile, only=options.only))
        from django.db import connection

        connection.close()
    print("| what | CPU s | s | SQL statements | result |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.cpu:.1f} | {row.seconds:.1f} | {row.statements:,} | {row.result} |")
    return int(any(row.cpu > _MOST_SECONDS for row in rows if row.is_new))


@contextmanager
def _database(*, sqlite: bool) -> Iterator[str]:
    if sqlite:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        return
    with psycopg.connect(f"{_SERVER}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {_NAME}")
        try:
            yield f"{_SERVER}/{_NAME}"
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)")


if __name__ == "__main__":
    raise SystemExit(main())
