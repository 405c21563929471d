"""A migrated database is kept, so that only the first run after a change of migrations pays for them.

For SQLite in memory it is a file in .cache/; on PostgreSQL a database beside the one that DATABASE_URL names, which the
server copies. Django's own set-up still runs on the copy: it finds nothing to migrate and sends its signals as always.
"""

import contextlib
import functools
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.db import DatabaseError, connection

ROOT = Path(__file__).resolve().parents[1]


def in_memory() -> bool:
    """Whether the tests use SQLite in memory."""
    creation = connection.creation
    return connection.vendor == "sqlite" and creation.is_in_memory_db(creation._get_test_db_name())


def _digest(*parts: str) -> str:
    """Of exactly these migrations, settings and libraries."""
    digest = hashlib.sha256(" ".join([django.__version__, wagtail.__version__, *parts]).encode())
    sources = [path for app in apps.get_app_configs() for path in sorted(Path(app.path, "migrations").glob("*.py"))]
    sources += sorted((ROOT / "cms" / "settings").glob("*.py"))
    for path in sources:
        digest.update(f"{path.parent.parent.name}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def kept_path() -> Path:
    """Where the SQLite database of exactly these migrations, settings and libraries is kept."""
    return ROOT / ".cache" / f"migrated-{_digest(sqlite3.sqlite_version)}.sqlite3"


def kept_file() -> Path:
    """The kept SQLite database; migrated by a process of its own where no run has kept it yet."""
    path = kept_path()
    if not path.exists():
        unfinished = _unfinished(path)
        env = {**os.environ, "DATABASE_URL": f"sqlite:///{unfinished}"}
        command = (sys.executable, "manage.py", "migrate", "--verbosity=0")
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        # SQLite's log beside the file would stay behind.
        with contextlib.closing(sqlite3.connect(unfinished)) as finished:
            finished.execute("PRAGMA journal_mode = delete")
        unfinished.replace(path)
    return path


def load() -> sqlite3.Connection | None:
    """Have Django start from the kept database, where there is one.

    In SQLite's memory, the answer must stay open until Django has opened it.
    """
    if connection.vendor == "postgresql":
        name = _kept_name()
        if _exists(name):
            connection.settings_dict["TEST"]["TEMPLATE"] = name
    elif in_memory() and kept_path().exists():
        memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
        with sqlite3.connect(kept_path()) as kept:
            kept.backup(memory)
        kept.close()
        return memory
    return None


def keep() -> None:
    """Keep the database that Django has just migrated, for the next run; older ones go."""
    if connection.vendor == "postgresql":
        if not connection.settings_dict["TEST"].get("TEMPLATE"):
            _keep_on_server()
    elif in_memory() and not kept_path().exists():
        _keep_in_file(kept_path())


def _unfinished(path: Path) -> Path:
    """Where this process writes what becomes ``path``; older ones go."""
    path.parent.mkdir(exist_ok=True)
    for older in path.parent.glob("migrated-*.sqlite3"):
        older.unlink(missing_ok=True)
    return path.with_suffix(f".{os.getpid()}")


def _keep_in_file(path: Path) -> None:
    unfinished = _unfinished(path)
    target = sqlite3.connect(unfinished)
    connection.ensure_connection()
    connection.connection.backup(target)
    target.close()
    unfinished.replace(path)


@functools.cache  # Django's set-up, which comes after the first call, gives the connection another name
def _prefix() -> str:
    """How the kept databases of one DATABASE_URL begin: names on PostgreSQL have at most 63 bytes."""
    every_worker = re.sub(r"_gw\d+$", "", connection.creation._get_test_db_name())
    return f"{every_worker.encode()[:30].decode(errors='ignore')}_migrated_"


def _kept_name() -> str:
    return f"{_prefix()}{_digest()}"


def _exists(name: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _keep_on_server() -> None:
    migrated, name = connection.settings_dict["NAME"], _kept_name()
    quote = connection.ops.quote_name
    connection.close()  # the server copies no database that somebody uses
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefix()])
        for (older,) in cursor.fetchall():
            if older != name:
                with contextlib.suppress(DatabaseError):  # another worker drops or copies it
                    cursor.execute(f"DROP DATABASE IF EXISTS {quote(older)}")
        try:
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(migrated)}")
        except DatabaseError:
            if not _exists(name):  # another worker may have been faster
                raise
