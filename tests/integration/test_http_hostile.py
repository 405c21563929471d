"""Hostile requests: each is refused with a code and in bounds, and the next request is answered."""

import gc
import socket
from collections.abc import Iterator
from urllib.parse import quote

import orjson
import pytest
from django.test import Client

from api.limits import limits
from tests.asking import GRAPHQL, JSON, URL, answer, body_of, codes_of, get, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_endpoint_keeps_answering() -> Iterator[None]:
    yield
    assert body_of(post({"query": "{ __typename }"})) == answer({"__typename": "Query"}, cost=1)


def test_a_body_over_the_limit() -> None:
    filler = b" " * limits().body_bytes
    response = post(b'{"query": "{ __typename }"}' + filler)
    assert (response.status_code, codes_of(response)) == (413, ["BODY_TOO_LARGE"])


def test_a_body_just_within_the_limit() -> None:
    body = b'{"query": "{ __typename }"}'
    assert post(body + b" " * (limits().body_bytes - len(body))).status_code == 200


def test_a_body_longer_than_it_says() -> None:
    """The header decides how much is read; what is missing makes the JSON invalid."""
    raw = b'{"query": "{ __typename }"}'
    response = Client().generic("POST", URL, raw, content_type=JSON, CONTENT_LENGTH="10")
    assert (response.status_code, codes_of(response)) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize("length", ["-1", "ten", "9" * 5_000, "1e3", "0x10"])
def test_a_length_that_is_no_length(length: str) -> None:
    response = Client().generic("POST", URL, b"{}", content_type=JSON, CONTENT_LENGTH=length)
    assert response.status_code in (400, 413)
    assert codes_of(response)[0] in ("BAD_REQUEST", "BODY_TOO_LARGE")


def test_a_query_string_over_the_limit() -> None:
    response = get("query=" + "a" * limits().body_bytes)
    assert (response.status_code, codes_of(response)) == (414, ["BODY_TOO_LARGE"])


def test_long_query_strings_are_not_remembered() -> None:
    """An empty list takes thirty times its three characters, and what is remembered is not told apart by that."""
    for number in range(40):
        assert get(f"query={{__typename}}&variables={{%22a%22:[{number}{',[]' * 2_500}]}}").status_code == 200
    gc.collect()
    assert sum(1 for each in gc.get_objects() if type(each) is list and not each) < 50_000


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("name", ["variables", "extensions"])
def test_json_nested_too_deep_for_any_parser(opening: str, name: str) -> None:
    raw = b'{"query": "{ __typename }", "%s": %s' % (name.encode(), opening.encode() * 20_000)
    response = post(raw)
    assert (response.status_code, codes_of(response)) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize("name", ["variables", "extensions"])
def test_json_nested_deeper_than_any_variable(name: str) -> None:
    deep: object = "x"
    for _ in range(100):
        deep = {"a": [deep]}
    response = post({"query": "{ __typename }", name: {"v": deep}})
    assert (response.status_code, codes_of(response)) == (400, ["DEPTH_LIMIT"])
    assert body_of(post({"query": "{ __typename }", name: {"v": [[[["x"]]]]}}))["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    "variables", [{"code": "M\0X"}, {"code": {"a": ["\0"]}}, {"\0": "MX"}, {"code": "MX", "more": "\0"}]
)
def test_nul_in_variables(variables: dict[str, object]) -> None:
    query = "query Q($code: String!) { country(code: $code) { code } }"
    response = post({"query": query, "variables": variables})
    assert (response.status_code, codes_of(response)) == (400, ["BAD_USER_INPUT"])


def test_nul_in_the_document() -> None:
    assert codes_of(post({"query": '{ country(code: "\\u0000") { code } }'})) == ["BAD_USER_INPUT"]
    assert codes_of(post({"query": "{ __typename \0 }"})) == ["GRAPHQL_PARSE_FAILED"]


@pytest.mark.parametrize("path", ["/fr/%00", "/fr/\\u0000", "/fr/../../etc/passwd", "/" * 5_000, "/fr/" + "é" * 9_000])
def test_paths_that_lead_nowhere(path: str) -> None:
    response = post({"query": "query Q($p: String!) { route(path: $p) { __typename } }", "variables": {"p": path}})
    answer = body_of(response)
    assert response.status_code == 200
    codes = codes_of(response)
    assert codes in ([], ["BAD_USER_INPUT"], ["NOT_FOUND"])
    if not codes:
        assert answer["data"]["route"]["__typename"] == "RouteNotFound"


def test_a_path_of_a_megabyte_is_over_the_limit_of_a_body() -> None:
    response = post(
        {"query": "query Q($p: String!) { route(path: $p) { __typename } }", "variables": {"p": "/x" * 500_000}}
    )
    assert (response.status_code, codes_of(response)) == (413, ["BODY_TOO_LARGE"])


@pytest.mark.parametrize("number", ["2147483648", "-2147483649", "9" * 30, "1e400", "1.5", '"1"', "true"])
def test_numbers_that_are_no_int(number: str) -> None:
    raw = b'{"query": "query Q($n: Int) { news(first: $n) { totalCount } }", "variables": {"n": %s}}' % number.encode()
    response = post(raw)
    assert response.status_code == 400
    assert codes_of(response)[0] in ("BAD_USER_INPUT", "BAD_REQUEST")
    assert "data" not in body_of(response)


@pytest.mark.parametrize("number", ["-1", "100000", "101"])
def test_page_sizes_out_of_bounds(number: str) -> None:
    response = post({"query": f"{{ news(first: {number}) {{ totalCount }} }}"})
    assert (response.status_code, codes_of(response)) == (200, ["BAD_USER_INPUT"])


def test_a_number_of_five_thousand_digits() -> None:
    response = post({"query": f"{{ news(first: {'9' * 5_000}) {{ totalCount }} }}"})
    assert (response.status_code, codes_of(response)) == (400, ["BAD_USER_INPUT"])
    assert len(response.content) < 500


@pytest.mark.parametrize(
    ("document", "code", "requested", "allowed"),
    [
        ("{home{" + " ".join(f"a{n}:id" for n in range(10_000)) + "}}", "TOKEN_LIMIT", 2_001, 2_000),
        ("{" + " ".join(f"a{n}: __typename" for n in range(51)) + "}", "ALIAS_LIMIT", 51, 50),
        ("{" + " __typename" * 21 + "}", "ROOT_FIELD_LIMIT", 21, 20),
        ("{ home " * 50 + "{ id }" + "}" * 50, "DEPTH_LIMIT", 51, 15),
        ("{ home " * 1_000, "DEPTH_LIMIT", 61, 60),
        ("{ news(filter: " + "[" * 10_000, "DEPTH_LIMIT", 61, 60),
        ("{ __typename " + "@skip(if: false)" * 51 + "}", "DIRECTIVE_LIMIT", 51, 50),
        ("{ home {" + " id" * 500 + "} }", "FIELD_LIMIT", 124_750, 5_000),
        ("{ __typename }" + " fragment F on Query { __typename }" * 51, "FRAGMENT_LIMIT", 51, 50),
    ],
    ids=["tokens", "aliases", "roots", "depth", "brackets", "lists", "directives", "repetitions", "fragments"],
)
@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
def test_documents_over_a_limit(
    document: str, code: str, requested: int, allowed: int, accept: str, status: int
) -> None:
    if code == "FRAGMENT_LIMIT":
        parts = document.split(" fragment F")
        document = parts[0] + "".join(f" fragment F{n}{part}" for n, part in enumerate(parts[1:]))
    response = post({"query": document}, accept=accept)
    assert response.status_code == status
    [error] = body_of(response)["errors"]
    assert error["extensions"] == {"code": code, "requested": requested, "allowed": allowed}
    assert f"{requested:,}" in error["message"]


def test_circular_fragments() -> None:
    document = "{ ...A } fragment A on Query { __typename ...B } fragment B on Query { ...A }"
    assert codes_of(post({"query": document})) == ["GRAPHQL_VALIDATION_FAILED"]


def test_messages_do_not_repeat_a_long_name() -> None:
    response = post({"query": "{ " + "x" * 50_000 + " }"})
    assert codes_of(response) == ["GRAPHQL_VALIDATION_FAILED"]
    assert len(response.content) < 1_000


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe{\x00}\x00", b'{"query": "\xc3\x28"}', b"\x00" * 1_000, b"\x1f\x8b\x08gzip", b"%00", b"<xml/>"]
)
def test_bytes_that_are_no_json(raw: bytes) -> None:
    response = post(raw)
    assert (response.status_code, codes_of(response)) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize("value", ["%00", "%c3%28", "%", "%zz", "%u0000", "\u202e"])
def test_strange_query_strings(value: str) -> None:
    response = get(f"query={value if value.isascii() else quote(value)}")
    assert response.status_code == 400
    assert codes_of(response)[0] in ("BAD_REQUEST", "GRAPHQL_PARSE_FAILED")


def test_a_forged_accept_header_of_many_elements() -> None:
    response = post({"query": "{ __typename }"}, accept=", ".join(["a/b;q=0.1"] * 2_000 + [JSON]))
    assert response.status_code == 200


def test_ids_cursors_and_codes_that_nobody_gave() -> None:
    for value in ("", "x", "=" * 100, "Q291bnRyeQ==", "é", "' OR 1=1 --", "a" * 10_000):
        for query in ("query Q($v: ID!) { node(id: $v) { id } }", "query Q($v: ID!) { page(id: $v) { id } }"):
            assert codes_of(post({"query": query, "variables": {"v": value}})) == ["BAD_USER_INPUT"]
        query = "query Q($v: String!) { news(after: $v) { nodes { id } } }"
        assert codes_of(post({"query": query, "variables": {"v": value}})) == ["BAD_USER_INPUT"]
        query = "query Q($v: String!) { country(code: $v) { id } }"
        assert codes_of(post({"query": query, "variables": {"v": value}})) == ["BAD_USER_INPUT"]


# A live server commits; what migrations made is put back for the next test that does.
@pytest.mark.django_db(transaction=True)
def test_a_client_that_hangs_up_within_its_body(live_server) -> None:
    address = (live_server.thread.host, live_server.thread.port)
    with socket.create_connection(address, timeout=10) as connection:
        head = f"POST {URL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\nContent-Length: 1000\r\n\r\n"
        connection.sendall(head.encode() + b'{"query":')
    with socket.create_connection(address, timeout=10) as connection:
        raw = orjson.dumps({"query": "{ __typename }"})
        head = f"POST {URL} HTTP/1.0\r\nHost: localhost\r\nContent-Type: {JSON}\r\nContent-Length: {len(raw)}\r\n\r\n"
        connection.sendall(head.encode() + raw)
        raw = b""
        while part := connection.recv(4096):
            raw += part
    assert b'{"data":{"__typename":"Query"},' in raw
