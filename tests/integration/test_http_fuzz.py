"""Whatever is sent, the answer is one that GraphQL over HTTP knows, in bounds, and tells nothing of our insides."""

import json
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.errors import ErrorCode
from tests.asking import GRAPHQL, JSON, URL

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# The database is read only, and the same for every example.
bounded = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STATUSES = {200, 304, 400, 403, 404, 405, 406, 413, 414, 415, 422}

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
documents = st.sampled_from(
    [
        "{ __typename }",
        "query Q($v: String!) { country(code: $v) { code } }",
        "query Q($v: ID!) { node(id: $v) { id } }",
        "query Q($v: Int) { news(first: $v) { totalCount } }",
        "query Q($v: [LocaleCode!]) { home(fallback: $v) { title } }",
        "query Q($v: NewsFilter) { news(filter: $v) { totalCount } }",
        "query Q($v: String!) { route(path: $v) { __typename } }",
        "query Q($v: String!) { search(query: $v) { totalCount } }",
        "mutation { x }",
        "{",
    ]
)
persisted = st.fixed_dictionaries({"version": st.just(1) | values, "sha256Hash": st.text("0123456789abcdef") | values})
bodies = st.fixed_dictionaries(
    {},
    optional={
        "query": documents | values,
        "variables": st.fixed_dictionaries({"v": values}) | values,
        "operationName": st.sampled_from(["Q", ""]) | values,
        "extensions": st.fixed_dictionaries({"persistedQuery": persisted | values}) | values,
        "documentId": st.text("abc:/.0", max_size=70) | values,
    },
)


def check(response: Any, *, is_head: bool = False) -> None:
    """What holds for every answer."""
    assert response.status_code in STATUSES, response.content
    assert not response.cookies
    assert "Cookie" not in response.headers["Vary"]
    if is_head or response.status_code == 304:
        return
    assert response.headers["Content-Type"].split(";")[0] in (JSON, GRAPHQL)
    body = orjson.loads(response.content)
    assert body.keys() <= {"data", "errors", "extensions"}
    assert "data" in body or body["errors"]
    codes = {error["extensions"]["code"] for error in body.get("errors", [])}
    assert codes <= {code.value for code in ErrorCode} - {"INTERNAL_SERVER_ERROR"}, body
    if codes:
        assert response.headers["Cache-Control"] == "no-store"
        assert len(response.content) < 20_000


@bounded
@given(raw=st.binary(max_size=200), content_type=st.sampled_from([JSON, f"{JSON}; charset=utf-16", "text/plain", ""]))
def test_any_bytes(raw: bytes, content_type: str) -> None:
    check(Client().generic("POST", URL, raw, content_type=content_type))


@bounded
@given(body=bodies, accept=st.sampled_from([GRAPHQL, JSON, "*/*", "image/png"]))
def test_any_json(body: dict[str, Any], accept: str) -> None:
    raw = json.dumps(body).encode()  # NaN, lone surrogates and integers of any size included
    check(Client().post(URL, raw, content_type=JSON, headers={"accept": accept}))


@bounded
@given(body=bodies, encoding=st.sampled_from(["utf-8", "utf-16", "utf-32", "latin-1"]))
def test_any_encoding(body: dict[str, Any], encoding: str) -> None:
    raw = json.dumps(body, ensure_ascii=False).encode(encoding, "replace")
    check(Client().post(URL, raw, content_type=JSON))


@bounded
@given(body=bodies, method=st.sampled_from(["GET", "HEAD"]))
def test_any_query_string(body: dict[str, Any], method: str) -> None:
    text = "&".join(
        f"{name}={quote(value if isinstance(value, str) else json.dumps(value), errors='surrogatepass')}"
        for name, value in body.items()
    )
    check(Client().generic(method, f"{URL}?{text}", headers={"accept": JSON}), is_head=method == "HEAD")


@bounded
@given(raw=st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=100))
def test_any_characters_of_a_query_string(raw: str) -> None:
    check(Client().get(URL, QUERY_STRING=raw, headers={"accept": JSON}))


@bounded
@given(
    opening=st.sampled_from(["[", '{"a":', '{"variables":[', '{"query":"', "9", '"\\u', "-", "1e"]),
    depth=st.integers(1, 40_000),
)
def test_anything_over_and_over(opening: str, depth: int) -> None:
    check(Client().post(URL, (opening * depth).encode(), content_type=JSON))


@bounded
@given(accept=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_any_accept_header(accept: str) -> None:
    check(Client().post(URL, b'{"query": "{ __typename }"}', content_type=JSON, headers={"accept": accept}))


@bounded
@given(
    text=st.lists(
        st.sampled_from(
            [
                *"{}()[]:!=#\n",
                "...",
                "@skip",
                "$v",
                '"x"',
                '"""',
                "fragment",
                "on",
                "query",
                "F",
                "Query",
                "__typename",
                "9",
            ]
        ),
        max_size=30,
    )
)
def test_any_tokens(text: list[str]) -> None:
    check(Client().post(URL, orjson.dumps({"query": " ".join(text)}), content_type=JSON))
