"""GraphQL over HTTP: methods, media types, status codes, headers, parameters."""

import io
from typing import Any
from unittest import mock
from urllib.parse import quote

import orjson
import pytest
from django.test import Client

from api.limits import limits
from tests.asking import GRAPHQL, JSON, URL, answer, body_of, codes_of, get, post

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPENAME = answer({"__typename": "Query"}, cost=1)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [(GRAPHQL, GRAPHQL), (JSON, JSON), (None, JSON), ("*/*", JSON), (f"{JSON};q=0.5, {GRAPHQL}", GRAPHQL)],
)
def test_post_and_get_answer_in_the_media_type_asked_for(accept: str | None, content_type: str) -> None:
    for response in (post({"query": "{ __typename }"}, accept=accept), get("query={__typename}", accept=accept)):
        assert (response.status_code, body_of(response)) == (200, TYPENAME)
        assert response.headers["Content-Type"] == f"{content_type}; charset=utf-8"


def test_answers_are_for_every_cache_and_for_nobody_in_particular() -> None:
    client = Client(headers={"accept-language": "ar", "accept": JSON})
    client.cookies["sessionid"] = "forged"
    response = client.post(URL, {"query": "{ __typename }"}, content_type=JSON)
    assert response.headers["Vary"] == "Accept"
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Content-Language" not in response.headers
    assert not response.cookies


def test_no_middleware_that_knows_people_has_a_part_in_answers(admin_client: Client) -> None:
    """Not even where somebody is logged in: no session is read, nothing is added to the answer."""
    with mock.patch("django.contrib.sessions.middleware.SessionMiddleware.process_request") as sessions:
        asked = admin_client.post(URL, {"query": "{ __typename }"}, content_type=JSON)
    assert not sessions.called
    assert dict(asked.headers) == {
        **dict(post({"query": "{ __typename }"}, accept=None).headers),
        "Content-Length": str(len(asked.content)),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
    }


def test_hosts_that_are_not_ours_are_refused() -> None:
    assert Client().get(URL, {"query": "{ __typename }"}, headers={"host": "evil.example"}).status_code == 400


def test_no_csrf_token_is_asked_for() -> None:
    response = Client(enforce_csrf_checks=True).post(URL, {"query": "{ __typename }"}, content_type=JSON)
    assert body_of(response) == TYPENAME


def test_text_is_utf_8_and_not_escaped() -> None:
    response = post({"query": "{ locales { code name } }"})
    assert '{"code":"AR","name":"العربية"}' in response.content.decode()


def test_the_language_of_the_reader_changes_no_word() -> None:
    queries = {"query": "{ titel }"}
    assert post(queries, **{"accept-language": "ar"}).content == post(queries, **{"accept-language": "es"}).content


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_refused_with_those_allowed(method: str) -> None:
    response = getattr(Client(), method)(URL, headers={"accept": GRAPHQL})
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert codes_of(response) == ["METHOD_NOT_ALLOWED"]


def test_options_and_head() -> None:
    response = Client().options(URL)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    response = Client().head(f"{URL}?query={{__typename}}", headers={"accept": GRAPHQL})
    assert (response.status_code, response.content) == (200, b"")


def test_nothing_acceptable() -> None:
    response = post({"query": "{ __typename }"}, accept="image/png")
    assert (response.status_code, codes_of(response)) == (406, ["NOT_ACCEPTABLE"])
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "",
    ],
)
def test_bodies_of_other_types_are_refused(content_type: str) -> None:
    response = post(b'{"query": "{ __typename }"}', content_type=content_type)
    assert (response.status_code, codes_of(response)) == (415, ["UNSUPPORTED_MEDIA_TYPE"])


@pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", 'application/json;charset="utf-8"'])
def test_json_in_utf_8_is_read_however_it_is_declared(content_type: str) -> None:
    assert body_of(post(b'{"query": "{ __typename }"}', content_type=content_type)) == TYPENAME


@pytest.mark.parametrize(
    "body",
    [
        b"nonsense",
        b'{"query": "{ __typename }"',
        b'{"query": "{ __typename }"} trailing',
        b'"{ __typename }"',
        b"null",
        b"12",
        b"{}",
        b'{"query": ""}',
        b'{"query": "  "}',
        b'{"query": null}',
        b'{"query": 12}',
        b'{"query": ["{ __typename }"]}',
        b'{"qeury": "{ __typename }"}',
        b'[{"query": "{ __typename }"}]',
        b"[]",
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "{}"}',
        b'{"query": "{ __typename }", "variables": false}',
        b'{"query": "{ __typename }", "extensions": 0}',
        b'{"query": "{ __typename }", "operationName": {}}',
        b'{"query": "{ __typename }", "variables": {"x": NaN}}',
        b'{"query": "{ __typename \xff }"}',
        b'{"query": "\\ud800"}',
        b"\xef\xbb\xbf{}",
    ],
)
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
def test_what_is_no_graphql_request_is_a_bad_one_in_either_media_type(body: bytes, accept: str) -> None:
    response = post(body, accept=accept)
    assert (response.status_code, codes_of(response)) == (400, ["BAD_REQUEST"])
    assert response.headers["Content-Type"] == f"{accept}; charset=utf-8"
    assert "data" not in body_of(response)


def test_a_request_without_a_body() -> None:
    response = Client().generic("POST", URL, b"", CONTENT_TYPE=JSON)
    assert (response.status_code, codes_of(response)) == (400, ["BAD_REQUEST"])


def test_a_body_in_chunks() -> None:
    """A server that knows where such a body ends says so in the environment (``wsgi.input_terminated``)."""
    body = b'{"query": "{ __typename }"}'

    def send(raw: bytes) -> Any:
        environment: Any = {"CONTENT_LENGTH": "", "wsgi.input": io.BytesIO(raw), "wsgi.input_terminated": True}
        return Client().generic("POST", URL, b"", CONTENT_TYPE=JSON, **environment)

    assert body_of(send(body)) == TYPENAME
    response = send(body + b" " * limits().body_bytes)
    assert (response.status_code, codes_of(response)) == (413, ["BODY_TOO_LARGE"])


def test_the_address_without_its_slash_keeps_method_and_body() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/graphql", {"query": "{ __typename }"}, content_type=JSON, follow=True)
    assert response.redirect_chain == [("/graphql/", 308)]
    assert body_of(response) == TYPENAME
    response = client.get("/graphql?query=%7B__typename%7D")
    assert (response.status_code, response.headers["Location"]) == (308, "/graphql/?query=%7B__typename%7D")


def test_unknown_members_and_nulls_do_not_matter() -> None:
    body = {"query": "{ __typename }", "variables": None, "operationName": None, "extensions": None, "more": [1]}
    assert body_of(post(body)) == TYPENAME


def test_get_takes_json_in_its_parameters() -> None:
    query = quote("query Q($code: String!) { __typename country(code: $code) { code } }")
    response = get(f"query={query}&variables={quote(orjson.dumps({'code': '?'}))}&operationName=Q&extensions=%7B%7D")
    assert response.status_code == 200
    assert codes_of(response) == ["BAD_USER_INPUT"]


def test_get_counts_empty_parameters_as_absent() -> None:
    assert body_of(get("query=%7B__typename%7D&variables=&operationName=&extensions=")) == TYPENAME


def test_get_takes_null_for_a_name() -> None:
    query = quote("query a { a: __typename } query null { n: __typename }")
    assert body_of(get(f"query={query}&operationName=null"))["data"] == {"n": "Query"}


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query=",
        "query={__typename}&variables=nonsense",
        "query={__typename}&variables=[]",
        "query={__typename}&extensions=1",
        "query={__typename}&query={__typename}",
        "query=%ff",
        "&".join(f"p{number}=1" for number in range(30)),
    ],
)
def test_query_strings_that_are_no_request(query_string: str) -> None:
    response = get(query_string)
    assert (response.status_code, codes_of(response)) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ titel }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{ news(first: ZWEI) { totalCount } }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "{ locales { code } ...F } fragment F on Query { ...F }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query Q($l: LocaleCode!) { home(locale: $l) { id } }"}, "BAD_USER_INPUT"),
        (
            {"query": "query Q($l: LocaleCode!) { home(locale: $l) { id } }", "variables": {"l": "DE"}},
            "BAD_USER_INPUT",
        ),
        ({"query": "mutation { x }"}, "OPERATION_NOT_SUPPORTED"),
        ({"query": "subscription { x }"}, "OPERATION_NOT_SUPPORTED"),
    ],
)
def test_errors_before_execution(accept: str, status: int, body: dict[str, object], code: str) -> None:
    response = post(body, accept=accept)
    assert (response.status_code, codes_of(response)) == (status, [code])
    assert "data" not in body_of(response)


@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 422), (JSON, 200)])
@pytest.mark.parametrize("name", ["C", None])
def test_an_operation_that_is_not_there(accept: str, status: int, name: str | None) -> None:
    body = {"query": "query A { __typename } query B { __typename }", "operationName": name}
    response = post(body, accept=accept)
    assert (response.status_code, codes_of(response)) == (status, ["OPERATION_NOT_FOUND"])


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
def test_get_is_for_queries(kind: str) -> None:
    response = get(f"query={kind}%7B__typename%7D")
    assert (response.status_code, codes_of(response)) == (405, ["OPERATION_NOT_SUPPORTED"])
    assert response.headers["Allow"] == "POST"


def test_the_operation_is_chosen_by_its_name() -> None:
    body = {"query": "query A { a: __typename } query B { b: __typename }", "operationName": "B"}
    assert body_of(post(body))["data"] == {"b": "Query"}


def test_an_error_of_a_field_leaves_its_siblings_answered() -> None:
    response = post({"query": '{ country(code: "nowhere") { code } __typename }'})
    assert response.status_code == 200
    body = body_of(response)
    assert body["extensions"] == {"cost": {"requested": 3, "allowed": limits().cost}}
    assert body["data"] == {"country": None, "__typename": "Query"}
    [error] = body["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert (error["path"], error["locations"]) == (["country"], [{"line": 1, "column": 3}])


def test_what_no_resolver_meant_to_say_is_masked_and_logged(monkeypatch, caplog) -> None:
    def broken(**arguments: object) -> None:
        raise RuntimeError("SELECT secret FROM /srv/app")

    monkeypatch.setattr("api.site_settings.site_settings_row", broken)
    response = post({"query": "query Footer { __typename siteSettings { ministryName } }"})
    assert response.status_code == 200
    body = body_of(response)
    assert body["data"] == {"__typename": "Query", "siteSettings": None}
    assert [error["message"] for error in body["errors"]] == ["Something went wrong on our side. It has been logged."]
    assert codes_of(response) == ["INTERNAL_SERVER_ERROR"]
    assert "secret" not in response.content.decode()
    assert "RuntimeError: SELECT secret FROM /srv/app" in caplog.text
    assert "Footer" in caplog.text


def test_a_failure_of_the_endpoint_itself_is_masked_too(monkeypatch, caplog) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("no database at /var/lib")

    monkeypatch.setattr("api.http.view.document_store", broken)
    response = post({"query": "{ __typename }"}, accept=JSON)
    assert (response.status_code, codes_of(response)) == (500, ["INTERNAL_SERVER_ERROR"])
    assert "/var/lib" not in response.content.decode()
    assert "no database at /var/lib" in caplog.text


def test_introspection_and_suggestions_follow_one_setting(settings) -> None:
    settings.DIWAN_INTROSPECTION = True
    assert "Did you mean 'locales'" in post({"query": "{ locale }"}).content.decode()
    assert post({"query": "{ __schema { queryType { name } } }"}).status_code == 200
    settings.DIWAN_INTROSPECTION = False
    assert "Did you mean" not in post({"query": "{ locale }"}).content.decode()
    refused = post({"query": "{ __schema { queryType { name } } }"})
    assert (refused.status_code, set(codes_of(refused))) == (400, {"GRAPHQL_VALIDATION_FAILED"})
    wrong_enum = {"query": "query Q($l: LocaleCode) { home(locale: $l) { id } }", "variables": {"l": "FRA"}}
    assert "Did you mean" not in post(wrong_enum).content.decode()


def test_the_document_is_prepared_once_for_many_requests(monkeypatch) -> None:
    from api import documents

    body = {"query": "query Once { __typename }"}
    post(body)
    monkeypatch.setattr(documents, "parse", None)
    assert body_of(post(body)) == TYPENAME
