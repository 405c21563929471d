"""Documents asked for by an id or a hash: trusted ones, and Apollo's automatic persisted queries."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

import orjson
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.persisted import automatic, trusted
from api.persisted.automatic import automatic_forget
from api.persisted.trusted import trusted_forget
from home.services.trusted_documents import trusted_documents_register
from tests.asking import GRAPHQL, JSON, answer, body_of, codes_of, get, post

pytestmark = pytest.mark.django_db

TEXT = "query Which { __typename }"
DIGEST = sha256(TEXT.encode()).hexdigest()
TYPENAME = answer({"__typename": "Query"}, cost=1)
SHIPPED = datetime(2026, 1, 1, tzinfo=UTC)


def register(**texts: str) -> None:
    """Register texts as the client ``test`` would."""
    trusted_documents_register(client="test", texts=texts, shipped_at=SHIPPED)


def hashed(digest: str = DIGEST, *, query: str | None = None, version: Any = 1) -> dict[str, Any]:
    """A request with Apollo's extension."""
    extensions = {"persistedQuery": {"version": version, "sha256Hash": digest}}
    return {"extensions": extensions} if query is None else {"query": query, "extensions": extensions}


def by_get(body: dict[str, Any], **options: Any) -> Any:
    """The same request in a query string."""
    parameters = {name: value if isinstance(value, str) else orjson.dumps(value) for name, value in body.items()}
    return get(urlencode(parameters), **options)


@pytest.mark.parametrize("document_id", [f"sha256:{DIGEST}", DIGEST, DIGEST.upper()])
def test_a_registered_document_is_answered_by_its_hash_in_every_form(document_id: str) -> None:
    register(**{f"sha256:{DIGEST}": TEXT})
    for response in (post({"documentId": document_id}), by_get({"documentId": document_id})):
        assert (response.status_code, body_of(response)) == (200, TYPENAME)


def test_a_registered_document_is_answered_by_a_name_with_variables_and_an_operation() -> None:
    document = "query A($no: Boolean!) { a: __typename @skip(if: $no) b: __typename } query B { c: __typename }"
    register(**{"website/3:Pair": document})
    body = {"documentId": "website/3:Pair", "operationName": "A", "variables": {"no": True}}
    for response in (post(body), by_get(body)):
        assert body_of(response)["data"] == {"b": "Query"}


@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 404), (JSON, 200)])
@pytest.mark.parametrize("document_id", [f"sha256:{DIGEST}", "website/3:Nothing", "0" * 32])
def test_an_id_that_nobody_registered(accept: str, status: int, document_id: str) -> None:
    for response in (
        post({"documentId": document_id}, accept=accept),
        by_get({"documentId": document_id}, accept=accept),
    ):
        assert (response.status_code, codes_of(response)) == (status, ["PERSISTED_QUERY_NOT_FOUND"])
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": ""},
        {"documentId": "a b"},
        {"documentId": "sha256:abc"},
        {"documentId": f"sha256:{'g' * 64}"},
        {"documentId": "x" * 201},
        {"documentId": "é"},
        {"documentId": "../../etc/passwd"},
        {"documentId": 12},
        {"documentId": ["a"]},
        {"documentId": "a", "query": "{ __typename }"},
        hashed("abc"),
        hashed("g" * 64),
        hashed(version=2),
        hashed(version="1"),
        hashed(12),  # type: ignore[arg-type] # hostile
        {"extensions": {"persistedQuery": []}},
        {"extensions": {"persistedQuery": {}}},
        {"extensions": {"persistedQuery": "x"}},
        {"extensions": {"persistedQuery": None}},
        hashed("0" * 64, query=TEXT),
    ],
)
def test_what_is_no_id_is_a_bad_request(body: dict[str, Any]) -> None:
    response = post(body)
    assert (response.status_code, codes_of(response)) == (400, ["BAD_REQUEST"])


def test_a_document_is_read_once_and_its_removal_is_noticed_in_time(monkeypatch) -> None:
    register(**{f"sha256:{DIGEST}": TEXT})

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert body_of(post({"documentId": DIGEST})) == TYPENAME
        return len(captured)

    assert (statements(), statements()) == (1, 0)
    trusted_documents_register(client="test", texts={}, shipped_at=SHIPPED, remove=[f"sha256:{DIGEST}"])
    assert codes_of(post({"documentId": DIGEST})) == []
    now = trusted._kept._kept[f"sha256:{DIGEST}"][0]
    monkeypatch.setattr("api.persisted.texts.time.monotonic", lambda: now)
    assert codes_of(post({"documentId": DIGEST})) == ["PERSISTED_QUERY_NOT_FOUND"]


def test_what_was_not_there_is_answered_as_soon_as_it_is_registered() -> None:
    assert codes_of(post({"documentId": DIGEST})) == ["PERSISTED_QUERY_NOT_FOUND"]
    register(**{f"sha256:{DIGEST}": TEXT})
    assert body_of(post({"documentId": DIGEST})) == TYPENAME


def test_limits_hold_for_registered_documents_too() -> None:
    register(deep="{ " + "home { " * 20 + "id" + " }" * 20 + " }", wide="{ " + "__typename " * 21 + "}")
    assert codes_of(post({"documentId": "deep"})) == ["DEPTH_LIMIT"]
    assert codes_of(post({"documentId": "wide"})) == ["ROOT_FIELD_LIMIT"]


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
@pytest.mark.parametrize("send", [post, by_get])
def test_automatic_persisted_queries(send: Any, accept: str) -> None:
    response = send(hashed(), accept=accept)
    assert (response.status_code, codes_of(response)) == (200, ["PERSISTED_QUERY_NOT_FOUND"])
    assert body_of(response)["errors"][0]["message"] == "PersistedQueryNotFound"
    assert response.headers["Cache-Control"] == "no-store"
    assert body_of(send(hashed(query=TEXT), accept=accept)) == TYPENAME
    assert body_of(send(hashed(), accept=accept)) == TYPENAME
    # Other processes find it in the cache that they share.
    automatic_forget()
    assert body_of(post(hashed())) == TYPENAME
    # Not clear(): that empties the Redis that other workers of the suite use.
    assert cache.delete(f"document:sha256:{DIGEST}")
    automatic_forget()
    assert codes_of(post(hashed())) == ["PERSISTED_QUERY_NOT_FOUND"]


@pytest.mark.parametrize(
    "text",
    [
        "{ nothing_of_the_kind }",
        "{",
        "mutation { x }",
        "{ " + "__typename " * 21 + "}",
        "{continents{nodes{countries(first:100){nodes{continent{countries(first:100){nodes{code}}}}}}}}",
        "#" + "x" * automatic.MAX_BYTES + "\n{ __typename }",
    ],
    ids=["invalid", "unparsable", "mutation", "root fields", "cost", "bytes"],
)
def test_only_what_the_endpoint_answers_is_kept(text: str) -> None:
    digest = sha256(text.encode()).hexdigest()
    post(hashed(digest, query=text))
    assert codes_of(post(hashed(digest))) == ["PERSISTED_QUERY_NOT_FOUND"]
    assert len(automatic._kept) == 0


# Answers are kept outside of transactions only.
@pytest.mark.django_db(transaction=True)
def test_a_query_that_is_answered_from_the_cache_is_kept_too() -> None:
    assert body_of(post({"query": TEXT})) == TYPENAME
    assert body_of(post(hashed(query=TEXT))) == TYPENAME
    assert body_of(post(hashed())) == TYPENAME


def test_a_cache_that_fails_only_forgets(monkeypatch) -> None:
    class Broken:
        def get(self, *arguments: object) -> None:
            raise ConnectionError("no cache")

        set = get

    monkeypatch.setattr("api.persisted.automatic.cache", Broken())
    assert codes_of(post(hashed())) == ["PERSISTED_QUERY_NOT_FOUND"]
    assert body_of(post(hashed(query=TEXT))) == TYPENAME


def test_automatic_persisted_queries_switched_off(settings) -> None:
    settings.DIWAN_AUTOMATIC_PERSISTED_QUERIES = False
    response = post(hashed())
    assert (response.status_code, codes_of(response)) == (200, ["PERSISTED_QUERY_NOT_SUPPORTED"])
    assert body_of(response)["errors"][0]["message"] == "PersistedQueryNotSupported"
    assert body_of(post(hashed(query=TEXT))) == TYPENAME
    assert codes_of(post(hashed())) == ["PERSISTED_QUERY_NOT_SUPPORTED"]
    # A trusted document is known by its hash all the same.
    register(**{f"sha256:{DIGEST}": TEXT})
    assert body_of(post(hashed())) == TYPENAME


def test_nothing_but_trusted_documents(settings) -> None:
    assert body_of(post(hashed(query=TEXT))) == TYPENAME
    settings.DIWAN_TRUSTED_DOCUMENTS_ONLY = True
    for accept in (GRAPHQL, JSON):
        for response in (
            post({"query": TEXT}, accept=accept),
            post(hashed(query=TEXT), accept=accept),
            get(f"query={quote(TEXT)}", accept=accept),
            post({"query": "{ __schema { queryType { name } } }"}, accept=accept),
            post({"query": "{"}, accept=accept),
        ):
            assert (response.status_code, codes_of(response)) == (403, ["TRUSTED_DOCUMENTS_ONLY"])
    # What was kept automatically before is no trusted document.
    assert codes_of(post(hashed())) == ["PERSISTED_QUERY_NOT_SUPPORTED"]
    register(**{f"sha256:{DIGEST}": TEXT})
    trusted_forget()
    for body in ({"documentId": DIGEST}, hashed(), hashed(query=TEXT), {"query": TEXT}):
        assert body_of(post(body)) == TYPENAME
    assert codes_of(post({"query": TEXT + " "})) == ["TRUSTED_DOCUMENTS_ONLY"]
