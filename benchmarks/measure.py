"""Asks contestants over WSGI, in this process, and measures what it costs."""

import gc
import io
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from django.db import connection
from django.test.utils import CaptureQueriesContext

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Contestant:
    """One way to answer a question: ``requests`` are what a client sends for it, one after another."""

    name: str
    question: str
    requests: list[dict[str, Any]]
    read: Callable[[list[Any]], Any] | None = None
    """The answer in a shape that all contestants of the question share; None leaves it out of the comparison."""
    statements: int = 0
    cpu: list[float] = field(default_factory=list)
    postgresql: list[float] = field(default_factory=list)


def environ(path: str, *, body: bytes | None = None, query: str = "", **headers: str) -> dict[str, Any]:
    """A WSGI environment without its input."""
    values: dict[str, Any] = {
        "REQUEST_METHOD": "GET" if body is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        **headers,
    }
    if body is not None:
        values.update({"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "body": body})
    return values


class Caller:
    """Calls a WSGI application and keeps the database connection open between requests, as a server does."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, request: dict[str, Any]) -> tuple[str, bytes]:
        """Status and body."""
        answered: list[str] = []
        values = {**request, "wsgi.input": io.BytesIO(request.get("body", b""))}
        response = self.application(values, lambda status, headers: answered.append(status))
        body = b"".join(response)
        response.close()
        return answered[0], body

    def header(self, request: dict[str, Any], name: str) -> str:
        """A header of the answer."""
        found: list[tuple[str, str]] = []
        values = {**request, "wsgi.input": io.BytesIO(b"")}
        self.application(values, lambda _status, headers: found.extend(headers)).close()
        return dict(found)[name]

    def ask(self, contestant: Contestant) -> list[Any]:
        """The answers of all its requests. Raises AssertionError for an answer that is none."""
        answers = []
        for request in contestant.requests:
            status, body = self(request)
            if status.startswith("304"):
                continue
            assert status.startswith("200"), (contestant.name, contestant.question, status, body[:500])
            answer = orjson.loads(body)
            assert not (isinstance(answer, dict) and answer.get("errors")), (contestant.name, body[:500])
            answers.append(answer)
        return answers


def backend_seconds() -> float:
    """CPU seconds that this connection's PostgreSQL process has used."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    values = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(values[11]) + int(values[12])) / _TICKS


def count_statements(caller: Caller, contestants: list[Contestant]) -> None:
    """SQL statements of each contestant's requests, after a first answer that fills what is filled once."""
    for contestant in contestants:
        caller.ask(contestant)
        caller.ask(contestant)
        with CaptureQueriesContext(connection) as captured:
            caller.ask(contestant)
        contestant.statements = len(captured)


def measure(
    caller: Caller, contestants: list[Contestant], *, rounds: int, seconds: float, say: Callable[[str], None]
) -> None:
    """CPU milliseconds of application and PostgreSQL, in interleaved rounds of about ``seconds`` each."""
    repeats = {}
    for contestant in contestants:
        start = time.process_time()
        for _ in range(3):
            for request in contestant.requests:
                caller(request)
        repeats[id(contestant)] = max(3, int(seconds / max(1e-4, (time.process_time() - start) / 3)))
    gc.collect()
    gc.freeze()
    for number in range(rounds):
        for contestant in contestants:
            times = repeats[id(contestant)]
            backend = backend_seconds()
            start = time.process_time()
            for _ in range(times):
                for request in contestant.requests:
                    caller(request)
            contestant.cpu.append((time.process_time() - start) / times * 1000)
            contestant.postgresql.append((backend_seconds() - backend) / times * 1000)
        say(f"  round {number + 1} of {rounds}")


def middle(values: list[float]) -> float:
    """The median."""
    return statistics.median(values)
