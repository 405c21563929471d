"""/healthz/ and the API's independence of the reader's language."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


def test_answers_any_host_over_plain_http() -> None:
    with override_settings(ALLOWED_HOSTS=["cms.example.org"], SECURE_SSL_REDIRECT=True):
        response = Client(headers={"host": "10.0.0.7"}).get("/healthz/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_other_paths_still_look_at_the_host() -> None:
    with override_settings(ALLOWED_HOSTS=["cms.example.org"]):
        assert Client(headers={"host": "10.0.0.7"}).get("/admin/login/").status_code == 400


def test_says_when_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    def refuse() -> None:
        raise OperationalError("password authentication failed for user diwan")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/healthz/")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_is_for_reading(client: Client, method: str) -> None:
    response = getattr(client, method)("/healthz/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_head_has_no_body(client: Client) -> None:
    response = client.head("/healthz/")
    assert (response.status_code, response.content) == (200, b"")


def test_costs_one_statement(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        client.get("/healthz/")


def test_api_answers_do_not_vary_by_language(client: Client) -> None:
    response = client.get("/graphql/", {"query": "{ __typename }"}, headers={"accept-language": "ar"})
    assert "accept-language" not in response.get("Vary", "").lower()
    assert "Content-Language" not in response


def test_admin_still_speaks_the_readers_language(client: Client) -> None:
    response = client.get("/admin/login/", headers={"accept-language": "ar"})
    assert response["Content-Language"] == "ar"
    assert 'dir="rtl"' in response.content.decode()
