"""Moves the content version with every write that could alter an answer, in the transaction of that write.

Editors, translators, importers, the scheduler and Wagtail itself write in many ways: saves, updates of querysets, bulk
inserts, SQL of the page tree. So it is the statements that are watched, not signals: whatever passes a cursor of Django
and writes to a table that answers are made of, moves the version. Whoever writes around Django's cursors (COPY, another
program) calls ``content_version_move``.
"""

import re
from collections.abc import Callable
from functools import cache
from random import randrange
from threading import local
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.dispatch import Signal
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.models import Embed
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from home.models.content_version import SLOTS, ContentVersion
from home.models.trusted_document import TrustedDocument
from home.services.content_changes import (
    ContentChanges,
    changes_are_wanted,
    statement_record,
    transaction_changes,
)

# Sent in the transaction of a change, at most once for each; and once more after it was committed.
content_changing = Signal()
content_changed = Signal()

_WRITE = re.compile(
    r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE
)
_ASSIGNED = re.compile(r'"(\w+)" = ')
# Columns of a page that say what editors are about, and nothing that is answered: saving a draft moves nothing.
_EDITORS_COLUMNS = {
    "draft_title", "has_unpublished_changes", "latest_revision_created_at", "latest_revision_id",
    "locked", "locked_at", "locked_by_id",
}  # fmt: skip
_SQL = """
    INSERT INTO {table} (id, number) VALUES (%s, %s)
    ON CONFLICT (id) DO UPDATE SET number = {table}.number + excluded.number
"""
# By chance, so that a database that was restored from a copy comes to no number that caches saw before.
_LONGEST_STEP = 1 << 20


class _Own(local):
    """The counter of each thread: two editors in one process need not wait for each other."""

    def __init__(self) -> None:
        self.slot = randrange(SLOTS)  # noqa: S311 - spreads threads, and keeps no secret


_own = _Own()


# Apps whose every model may show in answers; others add themselves when they are ready.
_apps = {"home"}


def content_app_add(label: str) -> None:
    """Have the tables of an app watched."""
    _apps.add(label)
    tables_of_content.cache_clear()


@cache
def tables_of_content() -> frozenset[str]:
    """The tables that answers are made of, that of the public search included."""
    models = {Page, Locale, Site, PageViewRestriction, Collection, CollectionViewRestriction, Redirect, Embed}
    for label in _apps:
        models.update(apps.get_app_config(label).get_models(include_auto_created=True))
    return frozenset(model._meta.db_table for model in models - {ContentVersion, TrustedDocument})


def content_version_move(using: str = DEFAULT_DB_ALIAS) -> None:
    """Count a change of the content. Within a transaction, once for all changes that it holds."""
    connection = connections[using]
    if not connection.in_atomic_block:
        with transaction.atomic(using=using):
            content_version_move(using)
        return
    # A savepoint that is rolled back takes its callbacks along, and its move: then the next change moves again.
    if not any(entry[1] is _changed for entry in connection.run_on_commit):
        transaction.on_commit(_changed, using=using)
        _move(connection)


def _move(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        step = randrange(1, _LONGEST_STEP)  # noqa: S311 - as above
        cursor.execute(_SQL.format(table=ContentVersion._meta.db_table), [_own.slot, step])
    content_changing.send(sender=ContentVersion)


def _changed() -> None:
    content_changed.send_robust(sender=ContentVersion)


def watch(connection: BaseDatabaseWrapper) -> None:
    """Look at every statement of a connection from now on."""
    if _moving not in connection.execute_wrappers:
        connection.execute_wrappers.append(_moving)


def _moving(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if _migrating or not isinstance(sql, str) or not alters_answers(sql):
        return execute(sql, params, many, context)
    connection = context["connection"]
    if not connection.in_atomic_block:
        if connection.vendor == "sqlite" and " RETURNING " in sql:
            # SQLite cannot commit before its rows are fetched, and takes what comes meanwhile into the same commit.
            changes = ContentChanges()
            _record(changes, connection, sql, params, many)
            result = execute(sql, params, many, context)
            _move(connection)
            _changed()
            changes()
            return result
        with transaction.atomic(using=connection.alias):
            return _moving(execute, sql, params, many, context)
    if changes_are_wanted():
        _record(transaction_changes(connection), connection, sql, params, many)
    result = execute(sql, params, many, context)
    content_version_move(connection.alias)
    return result


def _record(changes: ContentChanges, connection: BaseDatabaseWrapper, sql: str, params: Any, many: bool) -> None:
    found = _WRITE.match(sql)
    if found is not None and changes_are_wanted():
        statement_record(changes, connection, table=found[1], sql=sql, params=params, many=many)


# Names of the databases that are being migrated: their table of versions may not stand yet.
_migrating: set[str] = set()


def migration_starts(using: str) -> None:
    """Watch nothing while tables come and go."""
    _migrating.add(using)


def migration_ends(using: str) -> None:
    """Watch again, where the table of versions stands, and take the migration for a change."""
    if ContentVersion._meta.db_table in connections[using].introspection.table_names():
        _migrating.discard(using)
        content_version_move(using)


def alters_answers(sql: str) -> bool:
    """Whether a statement writes what an answer may hold."""
    if sql.startswith("SELECT"):
        return False
    found = _WRITE.match(sql)
    if found is None or found[1] not in tables_of_content():
        return False
    if found[1] != Page._meta.db_table or not sql.startswith("UPDATE"):
        return True
    columns = _ASSIGNED.findall(sql.partition(" SET ")[2].rpartition(" WHERE ")[0])
    return not columns or not _EDITORS_COLUMNS.issuperset(columns)
