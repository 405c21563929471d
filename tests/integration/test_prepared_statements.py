"""The cursor and the plans that a session of PostgreSQL keeps, whatever becomes of the session."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from home.selectors.prepared import ID, TEXT, Statement, slot
from tests.asking import ask
from tests.factories.site import SiteTree

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

ECHO = Statement("SELECT %s::bigint, %s::text, '%%s'", (slot("number", ID), slot("text", TEXT)), ("a", "b", "c"), ())


def echo(number: int, text: str = "é$1%s") -> list[dict[str, Any]]:
    return ECHO.rows({"number": number, "text": text})


def echoed(number: int) -> list[dict[str, Any]]:
    return [{"a": number, "b": "é$1%s", "c": "%s"}]


def plans() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall() if "bigint" in row[0]]


@pytest.fixture
def another() -> Iterator[psycopg.Connection[Any]]:
    """A session that Django knows nothing of."""
    options = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{name: options[name] for name in names if name in options}, autocommit=True) as session:
        yield session


def test_a_session_that_has_died_is_replaced_with_its_cursor_and_plans(another: psycopg.Connection[Any]) -> None:
    assert [echo(number) for number in (1, 2**40)] == [echoed(1), echoed(2**40)]
    session: Any = connection.connection
    another.execute("SELECT pg_terminate_backend(%s)", [session.info.backend_pid])
    with pytest.raises(OperationalError):
        echo(3)
    connection.close_if_unusable_or_obsolete()
    assert echo(4) == echoed(4)
    assert connection.connection is not session


def test_django_looks_at_a_session_before_its_first_statement(another: psycopg.Connection[Any]) -> None:
    assert echo(1) == echoed(1)
    session: Any = connection.connection
    another.execute("SELECT pg_terminate_backend(%s)", [session.info.backend_pid])
    # As at the start of a request.
    connection.health_check_enabled, connection.health_check_done = True, False
    assert echo(2) == echoed(2)


def test_a_statement_that_failed_spoils_no_other(site_tree: SiteTree) -> None:
    wrong = Statement("SELECT 1 / %s::bigint", (slot("number", ID),), ("a",), ())
    for _time in range(3):
        with pytest.raises(DatabaseError, match="division by zero"):
            wrong.rows({"number": 0})
        assert (echo(1), wrong.rows({"number": 1})) == (echoed(1), [{"a": 1}])
    with transaction.atomic():
        with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic():
            wrong.rows({"number": 0})
        assert echo(2) == echoed(2)  # the savepoint has been rolled back
        with pytest.raises(DatabaseError):
            wrong.rows({"number": 0})
        with pytest.raises(DatabaseError, match="aborted"):
            echo(3)
        connection.needs_rollback = True
        with pytest.raises(TransactionManagementError):
            echo(3)
    assert ask("{ home { title } }")["home"] is not None


def test_threads_have_sessions_of_their_own() -> None:
    def many(number: int) -> tuple[list[Any], int]:
        try:
            return [echo(number * 100 + each) for each in range(50)], id(connection.connection)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        found = list(pool.map(many, range(4)))
    assert [rows for rows, _session in found] == [
        [echoed(number * 100 + each) for each in range(50)] for number in range(4)
    ]


@pytest.mark.parametrize("threshold", [1, None])
def test_plans_are_kept_only_where_settings_say_so(threshold: int | None) -> None:
    session: Any = connection
    connection.ensure_connection()
    before, session.connection.prepare_threshold = session.connection.prepare_threshold, threshold
    try:
        assert [echo(number) for number in (1, 2, 3)] == [echoed(1), echoed(2), echoed(3)]
        assert len(plans()) == (0 if threshold is None else 1)
    finally:
        session.connection.prepare_threshold = before
        connection.close()
