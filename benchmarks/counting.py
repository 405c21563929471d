"""Counts SQL statements for a request that asks for it, and costs the others next to nothing."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

COUNT_HEADER = "X-Count-Statements"
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Statements:
    """Wraps execution (``connection.execute_wrapper``) and counts statements."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def counting(application: Application) -> Application:
    """``application``, which tells the number of statements in a header to whoever sends that header."""

    def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if "HTTP_X_COUNT_STATEMENTS" not in environ:
            return application(environ, start_response)
        statements = Statements()

        def started(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, (COUNT_HEADER, str(statements.number))], *more)

        with connection.execute_wrapper(statements):
            return application(environ, started)

    return counted
