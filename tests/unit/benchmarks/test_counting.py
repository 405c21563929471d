"""Counting of SQL statements around an application, for requests that ask for it alone."""

from typing import Any

import pytest
from django.db import connection

from benchmarks.counting import counting

pytestmark = pytest.mark.django_db


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    with connection.cursor() as cursor:
        for _ in range(3):
            cursor.execute("SELECT 1")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"done"]


def asked(**environ: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    body = counting(application)(environ, lambda _status, headers: found.extend(headers))
    assert list(body) == [b"done"]
    return found


def test_statements_are_told_to_who_asks() -> None:
    wrappers = [*connection.execute_wrappers]
    for _ in range(2):
        assert asked(HTTP_X_COUNT_STATEMENTS="1") == [("Content-Type", "text/plain"), ("X-Count-Statements", "3")]
    assert asked() == [("Content-Type", "text/plain")]
    assert connection.execute_wrappers == wrappers
