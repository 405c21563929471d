"""A Redis that takes connections and answers nothing: it costs its timeout once in a while, and no request more."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from api.cache import answer_store, shared
from api.cache.shared import SharedStore
from api.http import rate
from regions.models import NewsKind
from tests.factories.site import SiteTree
from tests.integration.kept_answers import QUESTIONS, ask, fresh

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class SilentServer:
    """Where connections are taken."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.listener.setblocking(False)
        self.taken: list[socket.socket] = []

    def connections(self) -> int:
        """How many there were since this was last asked."""
        before = len(self.taken)
        try:
            while True:
                self.taken.append(self.listener.accept()[0])
        except BlockingIOError:
            return len(self.taken) - before


@pytest.fixture
def silent(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SilentServer]:
    monkeypatch.setattr(shared, "_REST_SECONDS", 3600)
    server = SilentServer()
    address = f"redis://127.0.0.1:{server.listener.getsockname()[1]}/0"
    options = {"socket_timeout": 0.1, "socket_connect_timeout": 0.1}
    before = settings.CACHES
    settings.CACHES = {"default": {"BACKEND": "cms.cache.RedisCache", "LOCATION": address, "OPTIONS": options}}
    yield server
    settings.CACHES = before
    for connection in (server.listener, *server.taken):
        connection.close()


def test_one_reader_tries_it_and_the_others_do_without(site: SiteTree, silent: SilentServer) -> None:
    for _time in range(2):
        for query in QUESTIONS.values():
            assert ask(query).content == fresh(query)
    assert silent.connections() == 1
    store = answer_store()
    assert isinstance(store, SharedStore)
    store._rests_until = 1e-9  # it has rested
    for query in QUESTIONS.values():
        assert ask(query).status_code == 200
    assert silent.connections() == 1


def test_writers_tell_it_all_the_same_and_readers_see_the_change(site: SiteTree, silent: SilentServer) -> None:
    query = QUESTIONS["kinds"]
    before = ask(query).content
    assert silent.connections() == 1
    NewsKind.objects.filter(slug="visit").update(name="Visites officielles")
    assert silent.connections() == 2  # that a change begins, and that it is over
    assert ask(query).content == fresh(query) != before


def test_a_counter_of_requests_tries_it_once_too(
    site: SiteTree, silent: SilentServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate, "_REST_SECONDS", 3600)
    settings.DIWAN_RESPONSE_CACHE = {"enabled": False}
    settings.DIWAN_RATE_LIMIT = "1/hour"
    assert [ask("{ __typename }").status_code for _time in range(3)] == [200] * 3
    assert silent.connections() == 1
    storage: Any = rate._limiter()[1].storage
    options = storage.storage.get_connection_kwargs()
    assert (options["socket_timeout"], options["socket_connect_timeout"]) == (0.1, 0.1)
    rate._rests_until[0] = 1e-9  # it has rested
    assert [ask("{ __typename }").status_code for _time in range(3)] == [200] * 3
    assert silent.connections() == 1
