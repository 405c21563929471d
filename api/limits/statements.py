"""The time that PostgreSQL may spend on one statement of the endpoint; other databases have no such limit.

It is a setting of the session, told once to each connection that serves the endpoint and not at each request, and taken
back when the connection serves the admin, whose statements have STATEMENT_TIMEOUT.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import DatabaseError, connection
from django.urls import reverse

# Told to the connection of psycopg itself: a new one knows nothing of it.
_MARK = "diwan_statement_timeout"
_QUERY_CANCELED = "57014"


def statements_bound() -> None:
    """Bound the statements that this thread sends from now on by settings.DIWAN_API_STATEMENT_TIMEOUT."""
    milliseconds: int = settings.DIWAN_API_STATEMENT_TIMEOUT
    if connection.vendor != "postgresql" or not milliseconds:
        return
    connection.ensure_connection()
    session: Any = connection.connection
    if connection.in_atomic_block:
        # Whatever is set now is undone with the transaction.
        session.execute(f"SET LOCAL statement_timeout = {milliseconds:d}")
    elif getattr(session, _MARK, None) != milliseconds:
        session.execute(f"SET statement_timeout = {milliseconds:d}")
        setattr(session, _MARK, milliseconds)


def is_statement_timeout(error: BaseException) -> bool:
    """Whether PostgreSQL gave a statement up (SQLSTATE 57014)."""
    return isinstance(error, DatabaseError) and getattr(error.__cause__, "sqlstate", None) == _QUERY_CANCELED


def _release(*, environ: dict[str, Any] | None = None, **kwargs: Any) -> None:
    session = connection.connection
    if session is None or getattr(session, _MARK, None) is None:
        return
    if environ is not None and environ.get("PATH_INFO") == _address():
        return
    setattr(session, _MARK, None)
    session.execute("RESET statement_timeout")


@cache
def _address() -> str:
    return reverse("api:graphql")


# After Django's own receiver, which closes connections that are too old.
request_started.connect(_release, dispatch_uid="api.limits.statements")
