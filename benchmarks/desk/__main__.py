"""Fill a database with translations, and print what each page of the desk costs: CPU, and SQL statements.

On a database of this PostgreSQL (``BENCH_POSTGRESQL``), or on the SQLite file that ``DATABASE_URL`` names. What is
measured runs on a copy of it, so that the next run finds the same.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

_SERVER = os.environ.get("BENCH_POSTGRESQL", "postgres://postgres@127.0.0.1:5432")


def main() -> int:
    """The exit code: 1 when a page costs more than it may."""
    parser = argparse.ArgumentParser(prog="make bench-desk", description=__doc__)
    parser.add_argument("--translations", type=int, default=10_000, help="translations on one desk (%(default)s)")
    parser.add_argument("--rounds", type=int, default=7, help="times that each page is asked for (%(default)s)")
    parser.add_argument("--pages-only", action="store_true", help="leave out submitting, translating and publishing")
    options = parser.parse_args()
    command = " ".join(["make bench-desk", *([f"DESK_ARGS='{' '.join(sys.argv[1:])}'"] if sys.argv[1:] else [])])
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.desk.settings"
    with _copied(options.translations) as url:
        os.environ["DATABASE_URL"] = url
        import django

        django.setup()
        from benchmarks.desk.measure import measured

        rows = measured(rounds=options.rounds, pages_only=options.pages_only)
    from benchmarks.desk.report import table

    print(table(rows, translations=options.translations, command=command))
    return int(any(row.is_over for row in rows))


@contextmanager
def _copied(translations: int) -> Iterator[str]:
    """The address of a copy of the filled database, which is made first where it is not there."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("sqlite"):
        path = Path(given.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        _filled(given, translations)
        copy = path.with_suffix(".copy.sqlite3")
        shutil.copy(path, copy)
        try:
            yield f"sqlite:///{copy}"
        finally:
            for suffix in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    copy.with_name(copy.name + suffix).unlink()
        return
    name = f"diwan_bench_desk_{translations}"
    copied = f"{name}_{os.getpid()}"
    with psycopg.connect(f"{_SERVER}/postgres", autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}")
        _filled(f"{_SERVER}/{name}", translations)
        server.execute(f"CREATE DATABASE {copied} TEMPLATE {name}")
        try:
            # One process for each connection, so that all of PostgreSQL's work is counted: no parallel workers.
            yield f"{_SERVER}/{copied}?options=-c%20max_parallel_workers_per_gather%3D0"
        finally:
            server.execute(f"DROP DATABASE {copied} WITH (FORCE)")


def _filled(url: str, translations: int) -> None:
    """Fill the database in a process of its own: no connection may be open to what is copied."""
    import subprocess

    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.desk.fill", str(translations)],
        env={**os.environ, "DATABASE_URL": url},
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main())
