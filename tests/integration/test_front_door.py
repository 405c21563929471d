"""The address ``/`` of the CMS."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def links(client: Client, **headers: str) -> list[str]:
    response = client.get("/", headers=headers)
    assert response.status_code == 200
    return re.findall(r'<a href="([^"]+)"', response.content.decode())


def test_leads_to_admin_graphiql_and_each_language(client: Client, settings) -> None:
    settings.DIWAN_INTROSPECTION = True
    assert links(client) == ["/admin/", "/graphql/", "/fr/", "/ar/", "/es/"]


def test_no_link_to_a_graphiql_that_is_off(client: Client, settings) -> None:
    settings.DIWAN_INTROSPECTION = False
    assert links(client) == ["/admin/", "/fr/", "/ar/", "/es/"]


def test_public_website_takes_over(client: Client, settings) -> None:
    settings.DIWAN_FRONTEND_URL = "https://www.example.org"
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "https://www.example.org")


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("es", "ltr")])
def test_speaks_the_readers_language(client: Client, language: str, direction: str) -> None:
    response = client.get("/", headers={"accept-language": language})
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()


def test_asks_the_database_nothing(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        client.get("/")


def test_is_for_reading(client: Client) -> None:
    assert client.post("/").status_code == 405
