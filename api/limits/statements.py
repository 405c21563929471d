"""The time that PostgreSQL may spend on one statement of the endpoint; other databases have no such limit.

It is a setting of the session, told once to each connection that serves the endpoint and not at each request, and taken
back when the connection serves the admin, whose statements have STATEMENT_TIMEOUT.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.urls import reverse

# Told to the connection of psycopg itself: a new one knows nothing of it.
_MARK = "diwan_statement_timeout"
_QUERY_CANCELED = "57014"


def statements_bound() -> None:
    """Bound the statements that this thread sends from now on by settings.DIWAN_API_STATEMENT_TIMEOUT."""
    milliseconds: int = settings.DIWAN_API_STATEMENT_TIMEOUT
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql" or not milliseconds:
        return
    database.ensure_connection()
    if database.in_atomic_block:
        # Whatever is set now is undone with the transaction.
        _tell(f"SET LOCAL statement_timeout = {milliseconds:d}")
    elif getattr(database.connection, _MARK, None) != milliseconds:
        _tell(f"SET statement_timeout = {milliseconds:d}")
        setattr(database.connection, _MARK, milliseconds)


def _tell(sql: str) -> None:
    """Send a statement to the session itself: nothing that counts or watches statements is concerned."""
    # The session may have died since the last request; Django asks before its own first statement only.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        session: Any = connection.connection
        session.execute(sql)


def is_statement_timeout(error: BaseException) -> bool:
    """Whether PostgreSQL gave a statement up (SQLSTATE 57014)."""
    return isinstance(error, DatabaseError) and getattr(error.__cause__, "sqlstate", None) == _QUERY_CANCELED


def _release(*, environ: dict[str, Any] | None = None, **kwargs: Any) -> None:
    if getattr(connection.connection, _MARK, None) is None:
        return
    if environ is not None and environ.get("PATH_INFO") == _address():
        return
    _tell("RESET statement_timeout")
    setattr(connection.connection, _MARK, None)


@cache
def _address() -> str:
    return reverse("api:graphql")


# After Django's own receiver, which closes connections that are too old.
request_started.connect(_release, dispatch_uid="api.limits.statements")
