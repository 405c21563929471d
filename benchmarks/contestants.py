"""Who answers the questions, and how their answers are compared."""

from typing import Any
from urllib.parse import urlencode

import orjson

from benchmarks.floor import ANSWERS
from benchmarks.measure import Caller, Contestant, environ
from benchmarks.questions import DOCUMENTS


def _same(answers: list[Any]) -> Any:
    return answers[0]["data"]


def limit(question: str) -> list[Contestant]:
    """The view that answers nothing."""
    return [Contestant("constant view (limit)", question, [environ(f"/limit/{question}/")])]


def floor(question: str) -> list[Contestant]:
    """Hand-written SQL."""
    return [Contestant("hand-written SQL (floor)", question, [environ(f"/floor/{question}/")], read=_same)]


def _document(question: str, variables: dict[str, Any]) -> bytes:
    document = " ".join(DOCUMENTS[question].split())
    return orjson.dumps({"query": document, "variables": variables if question == "deep listing" else {}})


def diwan(question: str, variables: dict[str, Any]) -> list[Contestant]:
    """The endpoint, each answer made anew: an authorization keeps the response cache out."""
    body = _document(question, variables)
    return [
        Contestant(
            "Diwan, uncached", question, [environ("/graphql/", body=body, HTTP_AUTHORIZATION="Bearer x")], read=_same
        )
    ]


def diwan_kept(question: str, variables: dict[str, Any], caller: Caller) -> list[Contestant]:
    """The endpoint with its response cache, and a client that has the answer already."""
    parameters = orjson.loads(_document(question, variables))
    query = urlencode({"query": parameters["query"], "variables": orjson.dumps(parameters["variables"]).decode()})
    etag = caller.header(environ("/graphql/", query=query), "ETag")
    return [
        Contestant("Diwan, cached in Redis", question, [environ("/graphql/", query=query)], read=_same),
        Contestant("Diwan, 304", question, [environ("/graphql/", query=query, HTTP_IF_NONE_MATCH=etag)]),
    ]


QUESTIONS = tuple(ANSWERS)
