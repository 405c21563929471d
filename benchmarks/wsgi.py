"""The application as the product serves it, which also counts SQL statements for a request that asks for it."""

import json
import os
from collections.abc import Iterable
from typing import Any

from django.db import connection

from cms.wsgi import application as _application

COUNT_HEADER = "X-Count-Statements"
WORKER_PATH = "/bench-worker/"


class _Statements:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The product's answer; beside it, which process answers, and how many statements an answer took."""
    if environ["PATH_INFO"] == WORKER_PATH:
        body = json.dumps(os.getpid()).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]
    if "HTTP_X_COUNT_STATEMENTS" not in environ:
        return _application(environ, start_response)  # type: ignore[no-any-return] # untyped
    statements = _Statements()

    def started(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, (COUNT_HEADER, str(statements.number))], *more)

    with connection.execute_wrapper(statements):
        return _application(environ, started)  # type: ignore[no-any-return] # untyped
