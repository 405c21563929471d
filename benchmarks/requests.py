"""HTTP as the benchmark speaks it: a request, and clients that keep their connection."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Request:
    """What is sent, and the status that must come back."""

    path: str
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"

    def all_headers(self) -> dict[str, str]:
        """With those that every request has. The host without its port is the site's."""
        headers = {"Host": HOST, "Accept": "application/json", **dict(self.headers)}
        if self.body is not None:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(self.body))}
        return headers

    def raw(self) -> bytes:
        """As it goes over the wire."""
        lines = [
            f"{self.method} {self.path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in self.all_headers().items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + (self.body or b"")


@dataclass(frozen=True)
class Response:
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Client(Protocol):
    """Whoever can send a request."""

    def send(self, request: Request, **headers: str) -> Response: ...


class HttpClient:
    """One connection to a server on this machine, for asking, not for measuring."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=300)

    def send(self, request: Request, **headers: str) -> Response:
        """The answer. ``headers`` are added, with hyphens for underscores."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(request.method, request.path, request.body, {**request.all_headers(), **more})
        response = self._connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Response(response.status, found, response.read())

    def close(self) -> None:
        self._connection.close()


class AnswerError(Exception):
    """A contestant did not answer as it must."""


@dataclass
class Asking:
    """One answer's requests, sent one after another and kept, so that they can be repeated as they are."""

    client: Client
    requests: list[Request] = field(default_factory=list)
    statements: int = 0

    def send(self, request: Request) -> Response:
        """The answer; AnswerError when its status is another."""
        self.requests.append(request)
        response = self.client.send(request, X_Count_Statements="1")
        if response.status != request.status:
            raise AnswerError(f"{request.path}: {response.status}, {response.body[:500]!r}")
        self.statements += int(response.headers.get("x-count-statements", "0"))
        return response

    def get(self, path: str, **headers: str) -> Any:
        """The JSON of an address."""
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        return orjson.loads(self.send(Request(path, headers=named)).body)

    def graphql(self, path: str, document: str, variables: dict[str, Any] | None = None, **headers: str) -> Any:
        """The data of a GraphQL answer; AnswerError when it has errors."""
        body = orjson.dumps({"query": " ".join(document.split()), "variables": variables or {}})
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        answer = orjson.loads(self.send(Request(path, body, named)).body)
        if answer.get("errors"):
            raise AnswerError(f"{path}: {answer['errors'][:2]}")
        return answer["data"]


Ask = Callable[[Asking], Any]
