"""A load of a few clients on connections that stay open: each repeats one answer's requests until the time is up.

Written here because what is compared is an answer, and a peer needs hundreds of requests for one: no well-known load
generator repeats sequences. One thread serves all clients and reads no more of an answer than its length.
"""

import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.requests import HOST, AnswerError, Request

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
# Nothing on this machine takes so long to send the next piece of an answer.
_PATIENCE = 300


@dataclass(frozen=True)
class Load:
    """What a load has done."""

    answers: int
    seconds: float


class Connection:
    """A client's connection; it waits for one answer at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=_PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = b""
        self._missing: int | None = None

    def begin(self, request: bytes) -> None:
        """Send, and be ready to read the answer."""
        self._head, self._missing = b"", None
        self.socket.sendall(request)

    def read(self, status: int) -> bool:
        """Take what has come; whether the answer is complete. AnswerError when it has not this status."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise AnswerError("the server closed the connection")
        if self._missing is not None:
            self._missing -= len(piece)
        else:
            self._head += piece
            head, end, rest = self._head.partition(b"\r\n\r\n")
            if not end:
                return False
            if head[9:12] != b"%d" % status:
                raise AnswerError(self._head[:500].decode(errors="replace"))
            length = _LENGTH.search(head + b"\r\n")
            if length is None and status != 304:
                raise AnswerError("an answer without its length")
            self._missing = (int(length[1]) if length and status != 304 else 0) - len(rest)
        if self._missing < 0:
            raise AnswerError("an answer longer than it says")
        return self._missing == 0

    def close(self) -> None:
        self.socket.close()


def load_make(connections: Sequence[Connection], plan: Sequence[Request], *, seconds: float) -> Load:
    """Ask on all connections at once, at least once on each; none stops in the midst of an answer."""
    steps = [(request.raw(), request.status) for request in plan]
    places = dict.fromkeys(connections, 0)
    answers = 0
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        start = time.monotonic()
        for connection in connections:
            connection.begin(steps[0][0])
        while places:
            ready = selector.select(_PATIENCE)
            if not ready:
                raise AnswerError(f"no answer for {_PATIENCE} seconds")
            for key, _events in ready:
                connection = key.data
                place = places[connection]
                if not connection.read(steps[place][1]):
                    continue
                place += 1
                if place == len(steps):
                    place = 0
                    answers += 1
                    if time.monotonic() - start >= seconds:
                        selector.unregister(connection.socket)
                        del places[connection]
                        continue
                places[connection] = place
                connection.begin(steps[place][0])
        return Load(answers, time.monotonic() - start)
