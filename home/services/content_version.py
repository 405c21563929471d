"""Moves the content version with every write that could alter an answer, in the transaction of that write.

Editors, translators, importers, the scheduler and Wagtail itself write in many ways: saves, updates of querysets, bulk
inserts, SQL of the page tree. So it is the statements that are watched, not signals: whatever passes a cursor of Django
and writes to a table that answers are made of, moves the version. Whoever writes around Django's cursors (COPY, another
program) calls ``content_version_move``.
"""

import re
from collections.abc import Callable
from functools import cache, partial
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
from home.models.group_grant import GroupGrant
from home.models.media import CustomRendition
from home.models.translation_schedule import TranslationSchedule
from home.models.trusted_document import TrustedDocument
from home.services.content_changes import (
    ContentChanges,
    changes_are_wanted,
    statement_record,
    transaction_changes,
)

# Sent in the transaction of a change, mostly once for each; and once more when it is over, committed or not.
content_changing = Signal()
content_changed = Signal()

# Anywhere in a statement: WITH may stand before, and a schema before the table. What only looks like a write moves the
# version for nothing.
_WRITTEN = re.compile(
    r"""\b(?:INTO|UPDATE|DELETE\s+FROM|TRUNCATE|COPY)\s+(?:(?:OR\s+\w+|TABLE|ONLY)\s+)*(?:"?\w+"?\.)?"?(\w+)""",
    re.IGNORECASE,
)
# The forms that tell which rows they write.
_PLAIN = re.compile(
    r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE
)
# A page's columns that say what editors are about, and nothing that is answered: saving a draft moves nothing.
_EDITORS_COLUMNS = "draft_title|has_unpublished_changes|latest_revision(?:_created_at|_id)|locked(?:_at|_by_id)?"
_ASSIGNED = rf'"(?:{_EDITORS_COLUMNS})" = (?:%s|NULL)(?:, )?'
_DRAFT = re.compile(r'UPDATE "wagtailcore_page" SET (?:' + _ASSIGNED + r")+(?: WHERE |$)")  # noqa: S608 - a pattern
# Each transaction takes a counter that no other one holds, so that nobody waits; they are made when they are needed.
_SQL = """
    INSERT INTO {table} (id, number) VALUES (COALESCE((SELECT id FROM {table} ORDER BY id LIMIT 1{free}), %s), %s)
    ON CONFLICT (id) DO UPDATE SET number = {table}.number + excluded.number
"""
# By chance, so that a database that was restored from a copy comes to no number that caches saw before.
_LONGEST_STEP = 1 << 20


class _Own(local):
    """What each thread knows of the transactions on its connections, by the name of their database."""

    def __init__(self) -> None:
        # Changes that were announced, and not yet told to be over.
        self.untold: set[str] = set()
        # What will tell of them, for as long as no savepoint has taken the move of the version back.
        self.telling: dict[str, Callable[[], None]] = {}


_own = _Own()


# Apps whose every model may show in answers, and single models of others; they add themselves when they are ready.
_apps = {"home"}
_models: set[str] = set()


def content_app_add(label: str) -> None:
    """Have the tables of an app watched."""
    _apps.add(label)
    tables_of_content.cache_clear()


def content_model_add(label: str) -> None:
    """Have the table of one model watched (``"translations.SourceText"``), of an app that works on drafts otherwise."""
    _models.add(label)
    tables_of_content.cache_clear()


@cache
def tables_of_content() -> frozenset[str]:
    """The tables that answers are made of, that of the public search included."""
    models = {Page, Locale, Site, PageViewRestriction, Collection, CollectionViewRestriction, Redirect, Embed}
    models.update(map(apps.get_model, _models))
    for label in _apps:
        models.update(apps.get_app_config(label).get_models(include_auto_created=True))
    # Renditions are made when they are first looked at; answers give their addresses, and read none of them.
    unanswered = {ContentVersion, CustomRendition, GroupGrant, TranslationSchedule, TrustedDocument}
    return frozenset(model._meta.db_table for model in models - unanswered)


def content_version_move(using: str = DEFAULT_DB_ALIAS) -> None:
    """Count a change of the content. Within a transaction, once for all changes that it holds."""
    connection = connections[using]
    if not connection.in_atomic_block:
        with transaction.atomic(using=using):
            content_version_move(using)
        return
    telling = _own.telling.get(using)
    # Without autocommit, callbacks outlive their transaction.
    if connection.commit_on_exit and any(entry[1] is telling for entry in connection.run_on_commit):
        return
    _own.telling[using] = telling = partial(_over, using)
    transaction.on_commit(telling, using=using)
    _move(connection)


def _move(connection: BaseDatabaseWrapper) -> None:
    free = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    with connection.cursor() as cursor:
        sql = _SQL.format(table=ContentVersion._meta.db_table, free=free)
        cursor.execute(sql, [randrange(SLOTS), randrange(1, _LONGEST_STEP)])  # noqa: S311 - no secrets
    _own.untold.add(connection.alias)
    content_changing.send(sender=ContentVersion)


def _over(using: str) -> None:
    """Tell that the transaction that held a change is over, if there was one."""
    if using in _own.untold:
        _own.untold.discard(using)
        content_changed.send_robust(sender=ContentVersion)


def watch(connection: BaseDatabaseWrapper) -> None:
    """Look at every statement of a connection from now on."""
    if _moving not in connection.execute_wrappers:
        # Before others: they leave by taking the last one away, and may be there before the connection is.
        connection.execute_wrappers.insert(0, _moving)


def _moving(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    connection = context["connection"]
    using = connection.alias
    if using in _own.untold and connection.get_autocommit():
        _over(using)  # the transaction was rolled back, or this is what comes right after its commit
    if using in _migrating or not alters_answers(sql):
        result = execute(sql, params, many, context)
        if using in _own.untold and sql.startswith("ROLLBACK TO"):
            _own.telling.pop(using, None)
        return result
    if not connection.in_atomic_block:
        if connection.vendor == "sqlite" and " RETURNING " in sql:
            # SQLite cannot commit before its rows are fetched, and takes what comes meanwhile into the same commit.
            changes = ContentChanges()
            _record(changes, connection, sql, params, many)
            result = execute(sql, params, many, context)
            _move(connection)
            _over(using)
            changes()
            return result
        with transaction.atomic(using=using):
            return _moving(execute, sql, params, many, context)
    if changes_are_wanted():
        _record(transaction_changes(connection), connection, sql, params, many)
    result = execute(sql, params, many, context)
    content_version_move(using)
    return result


def _record(changes: ContentChanges, connection: BaseDatabaseWrapper, sql: Any, params: Any, many: bool) -> None:
    if not changes_are_wanted():
        return
    found = _PLAIN.match(sql) if isinstance(sql, str) else None
    if found is None:
        changes.all()
    else:
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


def alters_answers(sql: Any) -> bool:
    """Whether a statement writes what an answer may hold; of what is no text, that is taken for granted."""
    if not isinstance(sql, str):
        return True
    if sql.startswith("SELECT"):
        return False
    return not tables_of_content().isdisjoint(_WRITTEN.findall(sql)) and not _DRAFT.match(sql)
