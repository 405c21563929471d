"""Asks the endpoint over HTTP, as a client does."""

from typing import Any

import orjson
from django.core.signals import setting_changed
from django.test import Client
from django.test.client import ClientHandler

from api.limits import limits

URL = "/graphql/"
JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


# Loading the middleware costs as much as a small request: it is loaded once for each state of the settings.
_handlers: list[ClientHandler] = []


def _settings_changed(**_what: Any) -> None:
    _handlers.clear()


setting_changed.connect(_settings_changed)


def client_make() -> Client:
    """A client that has asked nothing yet."""
    if not _handlers:
        _handlers.append(ClientHandler(enforce_csrf_checks=False))
    client = Client()
    client.handler = _handlers[0]
    return client


def post(body: Any, *, accept: str | None = GRAPHQL, content_type: str = JSON, **headers: str) -> Any:
    """The HTTP response; ``body`` is sent as it is when it is bytes, as JSON otherwise."""
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    if accept is not None:
        headers["accept"] = accept
    return client_make().post(URL, raw, content_type=content_type, headers=headers)


def get(query_string: str, *, accept: str | None = GRAPHQL, **headers: str) -> Any:
    """The HTTP response to a query string that is percent-encoded already."""
    if accept is not None:
        headers["accept"] = accept
    return client_make().get(f"{URL}?{query_string}", headers=headers)


def body_of(response: Any) -> dict[str, Any]:
    """The answer as JSON."""
    body: dict[str, Any] = orjson.loads(response.content)
    return body


def codes_of(response: Any) -> list[str]:
    """The code of each error of the answer."""
    return [error["extensions"]["code"] for error in body_of(response).get("errors", [])]


def answer(data: dict[str, Any], *, cost: int) -> dict[str, Any]:
    """The whole answer that has this data and no error."""
    return {"data": data, "extensions": {"cost": {"requested": cost, "allowed": limits().cost}}}


def ask(query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """The data of a query that must have no error."""
    response = post({"query": query, "variables": variables})
    body = body_of(response)
    assert "errors" not in body, body["errors"]
    assert response.status_code == 200
    data: dict[str, Any] = body["data"]
    return data
