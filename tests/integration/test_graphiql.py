"""GraphiQL: served by the project or not at all, and its example query is one that the schema answers."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from graphql import parse, validate

from api.http.graphiql import EXAMPLE
from api.schema import schema
from tests.asking import JSON, URL, body_of

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_browsers_see_the_page_and_programs_the_answer(settings) -> None:
    settings.DIWAN_INTROSPECTION = True
    response = Client().get(f"{URL}?query={{__typename}}", headers={"accept": BROWSER})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Vary"] == "Accept"
    assert not response.cookies
    for accept in ("*/*", JSON):
        assert body_of(Client().get(f"{URL}?query={{__typename}}", headers={"accept": accept}))["data"]


def test_nothing_is_loaded_from_elsewhere(settings) -> None:
    settings.DIWAN_INTROSPECTION = True
    page = Client().get(URL, headers={"accept": BROWSER})
    text = page.content.decode()
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    addresses = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert len(addresses) == 7
    for address in addresses:
        assert address == "data:," or address.startswith("/static/api/graphiql/")
        assert address == "data:," or finders.find(address.removeprefix("/static/"))
    assert not re.search(r"<script(?![^>]* src=)", text)


def test_the_setting_turns_it_off(settings) -> None:
    settings.DIWAN_INTROSPECTION = False
    response = Client().get(URL, headers={"accept": BROWSER})
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    response = Client().get(URL, headers={"accept": "text/html"})
    assert response.status_code == 406


def test_the_example_is_valid() -> None:
    assert validate(schema.graphql_schema, parse(EXAMPLE)) == []
