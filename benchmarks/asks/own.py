"""Our endpoint, and the two that it stands between: hand-written SQL and a constant."""

from typing import Any
from urllib.parse import quote, urlencode

import orjson

from benchmarks.questions import DOCUMENTS, Place
from benchmarks.requests import Ask, Asking, Request


def limit(question: str, place: Place) -> Ask:
    """The view that answers nothing."""

    def ask(asking: Asking) -> Any:
        asking.get(f"/limit/{quote(question)}/")

    return ask


def floor(question: str, place: Place) -> Ask:
    """Hand-written SQL."""
    day, pk = place.position
    after = "?" + urlencode({"date": day, "id": pk}) if question == "deep listing" else ""
    return lambda asking: asking.get(f"/floor/{quote(question)}/{after}")["data"]


def uncached(question: str, place: Place) -> Ask:
    """Each answer made anew: an authorization keeps the response cache out."""
    return lambda asking: asking.graphql(
        "/graphql/", DOCUMENTS[question], _variables(question, place), Authorization="Bearer x"
    )


def cached(question: str, place: Place) -> Ask:
    """Answers that are kept."""
    return lambda asking: asking.get(_address(question, place))["data"]


def not_modified(question: str, place: Place) -> Ask:
    """A client that has the answer already."""

    def ask(asking: Asking) -> Any:
        address = _address(question, place)
        etag = asking.client.send(Request(address)).headers["etag"]
        asking.send(Request(address, headers=(("If-None-Match", etag),), status=304))

    return ask


def _variables(question: str, place: Place) -> dict[str, Any]:
    return {"after": place.cursor} if question == "deep listing" else {}


def _address(question: str, place: Place) -> str:
    variables = orjson.dumps(_variables(question, place)).decode()
    return "/graphql/?" + urlencode({"query": " ".join(DOCUMENTS[question].split()), "variables": variables})
