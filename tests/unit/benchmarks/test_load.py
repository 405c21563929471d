"""The load: whole sequences are repeated on every connection, and a wrong answer ends it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from benchmarks.load import Connection, load_make
from benchmarks.requests import AnswerError, Request


class Handler(BaseHTTPRequestHandler):
    """Answers what the path says: status, length of the body."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[int, str, bytes]]

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append((self.client_address[1], self.path, body))
        status, length = (int(part) for part in self.path.strip("/").split("/"))
        self.send_response(status)
        if status != 304:
            self.send_header("content-length", str(length))
        self.end_headers()
        if status != 304:
            self.wfile.write(b"x" * length)

    do_GET = do_POST = answer  # noqa: N815 - the names that http.server calls

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""


@contextmanager
def connections(number: int) -> Iterator[tuple[list[Connection], list[tuple[int, str, bytes]]]]:
    """Connections to a server, and what it has seen: whose connection, path and body."""
    seen: list[tuple[int, str, bytes]] = []
    handler = type("Seeing", (Handler,), {"seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        opened = [Connection(server.server_port) for _ in range(number)]
        try:
            yield opened, seen
        finally:
            for each in opened:
                each.close()
            server.shutdown()
            thread.join()


def test_each_connection_repeats_the_whole_sequence() -> None:
    plan = [Request("/200/10/", b"{}"), Request("/304/0/", status=304), Request("/200/700000/")]
    with connections(3) as (opened, seen):
        done = load_make(opened, plan, seconds=0.05)
    assert done.answers >= 3
    assert done.seconds >= 0.05
    assert len(seen) == done.answers * 3
    of_connection: dict[int, list[tuple[str, bytes]]] = {}
    for port, path, body in seen:
        of_connection.setdefault(port, []).append((path, body))
    assert len(of_connection) == 3
    sequence = [("/200/10/", b"{}"), ("/304/0/", b""), ("/200/700000/", b"")]
    for asked in of_connection.values():
        assert asked == sequence * (len(asked) // 3)


def test_no_time_is_one_answer_of_each() -> None:
    with connections(2) as (opened, seen):
        assert load_make(opened, [Request("/200/5/")], seconds=0).answers == 2
    assert len(seen) == 2


@pytest.mark.parametrize(("path", "status"), [("/500/5/", 200), ("/200/5/", 304), ("/304/0/", 200)])
def test_another_status_ends_it(path: str, status: int) -> None:
    with connections(1) as (opened, _seen), pytest.raises(AnswerError, match=path.split("/")[1]):
        load_make(opened, [Request(path, status=status)], seconds=0)
