"""What the endpoint does at once: heavy operations, requests of one client, statements that take too long."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client, RequestFactory
from limits.storage import MemoryStorage

from api.http.rate import client_address
from tests.asking import GRAPHQL, JSON, URL, answer, body_of, codes_of, get, post
from tests.integration.test_persisted_documents import hashed

CHEAP = {"query": "{ __typename }"}
HEAVY = {"query": "{ a: __typename b: __typename c: __typename }"}
SLOW = {"query": "{ __typename siteSettings { ministryName } locales { code } }"}


def test_light_operations_are_answered_while_heavy_ones_run_wait_and_are_refused(monkeypatch, settings) -> None:
    """Eight heavy operations at once, and nobody's light one waits for any of them."""
    settings.DIWAN_GRAPHQL_LIMITS = {
        "heavy_cost": 2,
        "heavy_operations": 2,
        "heavy_waiting": 1,
        "heavy_wait_ms": 30_000,
    }
    # Nothing here asks the database, which threads of a test may not.
    settings.DIWAN_RESPONSE_CACHE = {"enabled": False}
    settings.DIWAN_API_STATEMENT_TIMEOUT = 0
    finish = Event()
    from api.http import view

    execute = view.execute

    def slowly(*arguments: Any, **more: Any) -> Any:
        if "c:" in arguments[1].loc.source.body:
            assert finish.wait(30)
        return execute(*arguments, **more)

    monkeypatch.setattr(view, "execute", slowly)
    with ThreadPoolExecutor(max_workers=8) as pool:
        heavy = [pool.submit(post, HEAVY) for _ in range(8)]
        while sum(future.done() for future in heavy) < 5:
            assert body_of(post(CHEAP)) == answer({"__typename": "Query"}, cost=1)
        assert body_of(post(CHEAP)) == answer({"__typename": "Query"}, cost=1)
        refused = [future.result() for future in heavy if future.done()]
        finish.set()
        responses = [future.result() for future in heavy]
    assert sorted(response.status_code for response in responses) == [200] * 3 + [503] * 5
    for response in refused:
        assert codes_of(response) == ["SERVER_BUSY"]
        assert (response.headers["Retry-After"], response.headers["Cache-Control"]) == ("1", "no-store")
    assert post(HEAVY).status_code == 200


@pytest.fixture
def _two_each_minute(settings) -> None:
    settings.DIWAN_RATE_LIMIT = "2/minute"
    settings.DIWAN_TRUSTED_PROXIES = 1


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_each_minute")
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
def test_a_client_that_asks_too_often(accept: str) -> None:
    mine = {"x-forwarded-for": "192.0.2.7"}
    assert post(CHEAP, accept=accept, **mine).status_code == 200
    # Whatever a request asks for, it counts: a hash that nobody knows, too.
    assert codes_of(post(hashed(), accept=accept, **mine)) == ["PERSISTED_QUERY_NOT_FOUND"]
    for response in (post(CHEAP, accept=accept, **mine), get("query={__typename}", accept=accept, **mine)):
        assert (response.status_code, codes_of(response)) == (429, ["RATE_LIMIT"])
        assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert response.headers["Cache-Control"] == "no-store"
    # What the client itself wrote before its proxy's word is not believed; others are not concerned.
    assert post(CHEAP, accept=accept, **{"x-forwarded-for": "198.51.100.1, 192.0.2.7"}).status_code == 429
    assert post(CHEAP, accept=accept, **{"x-forwarded-for": "192.0.2.7, 192.0.2.8"}).status_code == 200
    assert Client().options(URL, headers=mine).status_code == 204


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_each_minute")
def test_a_counter_that_fails_stops_nobody(monkeypatch) -> None:
    monkeypatch.setattr("limits.strategies.FixedWindowRateLimiter.hit", lambda *_args, **_more: 1 / 0)
    assert [post(CHEAP).status_code for _ in range(4)] == [200] * 4


@pytest.mark.usefixtures("_two_each_minute")
def test_the_counter_is_made_once_however_many_ask_first(monkeypatch, settings) -> None:
    """Two that import the client of Redis at once may find half of it, which the library takes for an old version."""
    settings.DIWAN_RESPONSE_CACHE = {"enabled": False}
    settings.DIWAN_API_STATEMENT_TIMEOUT = 0
    made: list[str] = []
    another = Event()

    def storage(address: str, **more: Any) -> MemoryStorage:
        made.append(address)
        if len(made) > 1:
            another.set()
        another.wait(0.3)
        return MemoryStorage()

    monkeypatch.setattr("limits.storage.storage_from_string", storage)
    with ThreadPoolExecutor(max_workers=4) as pool:
        statuses = [future.result().status_code for future in [pool.submit(post, CHEAP) for _ in range(4)]]
    assert sorted(statuses) == [200, 200, 429, 429]
    assert len(made) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_each_minute")
def test_a_counter_that_cannot_be_made_stops_nobody(monkeypatch) -> None:
    monkeypatch.setattr("limits.storage.storage_from_string", lambda *_args, **_more: 1 / 0)
    assert [post(CHEAP).status_code for _ in range(4)] == [200] * 4


@pytest.mark.django_db
def test_no_rate_is_the_default() -> None:
    assert {post(CHEAP).status_code for _ in range(20)} == {200}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "192.0.2.7", "127.0.0.1"),
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "forged, 192.0.2.7", "192.0.2.7"),
        (2, "forged, 192.0.2.7, 10.0.0.1", "192.0.2.7"),
        (2, "192.0.2.7", "127.0.0.1"),
        (1, "", "unknown"),
        (1, "nonsense", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:192.0.2.7", "192.0.2.7"),
    ],
)
def test_the_address_of_a_client(settings, proxies: int, forwarded: str, address: str) -> None:
    settings.DIWAN_TRUSTED_PROXIES = proxies
    assert client_address(RequestFactory().get(URL, headers={"x-forwarded-for": forwarded})) == address


@pytest.mark.parametrize("rate", ["often", "0/minute", "5/fortnight"])
def test_a_rate_that_is_none_stops_the_start(settings, rate: str) -> None:
    settings.DIWAN_RATE_LIMIT = rate
    settings.DIWAN_TRUSTED_PROXIES = -1
    assert {"api.E002", "api.E003"} <= {error.id for error in run_checks()}


@pytest.fixture
def _slow_settings(settings, monkeypatch) -> None:
    def slow(**arguments: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")

    monkeypatch.setattr("api.site_settings.site_settings_row", slow)
    settings.DIWAN_API_STATEMENT_TIMEOUT = 50


def timeout_in_force() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_slow_settings")
def test_a_statement_that_takes_too_long_is_given_up_and_other_fields_are_answered() -> None:
    before = timeout_in_force()
    response = post(SLOW)
    body = body_of(response)
    assert (response.status_code, codes_of(response)) == (200, ["STATEMENT_TIMEOUT"])
    assert body["errors"][0]["path"] == ["siteSettings"]
    assert (body["data"]["__typename"], body["data"]["siteSettings"]) == ("Query", None)
    assert {locale["code"] for locale in body["data"]["locales"]} == {"FR", "AR", "ES"}
    assert response.headers["Cache-Control"] == "no-store"
    # The connection keeps the limit for the endpoint, and has its own again for everything else.
    assert timeout_in_force() == "50ms"
    post(CHEAP)
    assert timeout_in_force() == "50ms"
    Client().get("/healthz/")
    assert timeout_in_force() == before


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_slow_settings")
def test_no_limit_of_its_own(settings) -> None:
    settings.DIWAN_API_STATEMENT_TIMEOUT = 0
    before = timeout_in_force()
    assert codes_of(post(CHEAP)) == []
    assert timeout_in_force() == before
