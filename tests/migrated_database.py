"""A migrated SQLite database kept in .cache/, so that only the first run after a change of migrations pays for them.

Django's own set-up still runs on the copy: it finds nothing to migrate and sends its signals as always.
"""

import hashlib
import os
import sqlite3
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def is_used() -> bool:
    """Only for tests in memory: a database server keeps its own test databases."""
    creation = connection.creation
    return connection.vendor == "sqlite" and creation.is_in_memory_db(creation._get_test_db_name())


def kept_path() -> Path:
    """Where the database of exactly these migrations, settings and libraries is kept."""
    digest = hashlib.sha256(f"{sqlite3.sqlite_version} {django.__version__} {wagtail.__version__}".encode())
    sources = [path for app in apps.get_app_configs() for path in sorted(Path(app.path, "migrations").glob("*.py"))]
    sources += sorted((ROOT / "cms" / "settings").glob("*.py"))
    for path in sources:
        digest.update(f"{path.parent.parent.name}/{path.name}".encode() + path.read_bytes())
    return ROOT / ".cache" / f"migrated-{digest.hexdigest()[:20]}.sqlite3"


def load() -> sqlite3.Connection | None:
    """Fill the memory that Django will use as test database; the answer must stay open until Django has opened it."""
    path = kept_path()
    if not path.exists():
        return None
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with sqlite3.connect(path) as kept:
        kept.backup(memory)
    kept.close()
    return memory


def keep() -> None:
    """Keep the database that Django has just migrated, for the next run; older ones go."""
    path = kept_path()
    if path.exists():
        return
    path.parent.mkdir(exist_ok=True)
    for older in path.parent.glob("migrated-*.sqlite3"):
        older.unlink(missing_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    target = sqlite3.connect(unfinished)
    connection.ensure_connection()
    connection.connection.backup(target)
    target.close()
    unfinished.replace(path)
