"""A stand-in for a CDN: a server that is told what to purge, and a cache that does as it was told."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

from django.test import Client


@dataclass
class Purge:
    """One request that the server was sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def tags(self) -> list[str]:
        """The tags, in whichever form they came."""
        for name in ("surrogate-key", "xkey-purge"):
            if name in self.headers:
                return self.headers[name].split()
        tags: list[str] = json.loads(self.body or b"{}").get("tags", [])
        return tags


@dataclass
class PurgeServer:
    """What a CDN's interface was sent, and how it answers."""

    address: str = ""
    purges: list[Purge] = field(default_factory=list)
    status: int = 200
    location: str = ""
    """Where a redirect leads to."""
    answer: bytes = b'{"success": true}'
    hang: threading.Event | None = None
    """Keeps every request waiting until it is set."""

    @property
    def tags(self) -> set[str]:
        """Every tag that was purged."""
        return {tag for purge in self.purges for tag in purge.tags}

    def take(self) -> set[str]:
        """The tags that were purged since this was last asked."""
        tags = self.tags
        self.purges.clear()
        return tags


@contextmanager
def purge_server() -> Iterator[PurgeServer]:
    """A server on this machine, for as long as it is needed."""
    seen = PurgeServer()

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen.purges.append(Purge(self.command, self.path, headers, body))
            if seen.hang is not None:
                seen.hang.wait(30)
            self.send_response(seen.status)
            if seen.location:
                self.send_header("Location", seen.location)
            self.send_header("Content-Length", str(len(seen.answer)))
            self.end_headers()
            self.wfile.write(seen.answer)

        do_GET = do_POST = do_PURGE = _take  # noqa: N815 - names that http.server looks for

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    seen.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield seen
    finally:
        if seen.hang is not None:
            seen.hang.set()
        server.shutdown()
        server.server_close()
        thread.join()


def configuration(server: PurgeServer) -> dict[str, Any]:
    """WAGTAILFRONTENDCACHE for the server."""
    backend = {"BACKEND": "api.cdn.backends.HTTPBackend", "LOCATION": server.address, "TOKEN": "t0ken"}
    return {"http": {**backend, "HOSTNAMES": ["nowhere.example"]}}


class Edge:
    """A CDN's memory: what it was given for each query, until one of its tags is purged."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, set[str]]] = {}

    def ask(self, query: str) -> None:
        """Keep what Diwan says, unless something is kept."""
        if query in self.kept:
            return
        answer = Client().get("/graphql/", {"query": query})
        if "s-maxage" in answer.get("Cache-Control", ""):
            tags = answer["Surrogate-Key"].split(" ")
            assert answer["Cache-Tag"].split(",") == tags
            self.kept[query] = (answer.content, set(tags))

    def purge(self, tags: set[str]) -> None:
        """Forget what has one of ``tags``."""
        self.kept = {query: entry for query, entry in self.kept.items() if not entry[1] & tags}


def nothing_old_is_held(
    *,
    server: PurgeServer,
    questions: Sequence[str],
    possible: Mapping[str, Callable[[], Any]],
    chance: Random,
    more: int,
) -> None:
    """Do everything that is ``possible`` once in any order, and ``more`` of it again: all that is held is of now."""
    edge = Edge()
    for query in questions:
        edge.ask(query)
        assert b'"errors"' not in edge.kept[query][0], (query, edge.kept[query][0])
    server.take()
    done, survived = [], 0
    for name in [*chance.sample(list(possible), k=len(possible)), *chance.choices(list(possible), k=more)]:
        possible[name]()
        done.append(name)
        edge.purge(server.take())
        survived += len(edge.kept)
        for query, (kept, tags) in edge.kept.items():
            assert kept == fresh(query), (done[-3:], query, tags)
        for query in questions:
            edge.ask(query)
    # Most answers outlive most changes.
    assert survived / len(done) > len(questions) / 2


def fresh(query: str) -> bytes:
    """The answer of now, which nobody kept."""
    content: bytes = Client().get("/graphql/", {"query": query}, headers={"authorization": "Bearer x"}).content
    return content
