"""What each kind of cache is sent, and what is taken for a refusal."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from api.cdn.backends import PurgeError
from api.cdn.purging import tag_backends
from tests.integration.cdn import PurgeServer, purge_server

URL = "https://www.diplomatie.example/fr/accueil/?a=1"


@pytest.fixture
def server() -> Iterator[PurgeServer]:
    with purge_server() as running:
        yield running


def configure(settings: Any, name: str, **options: Any) -> Any:
    settings.WAGTAILFRONTENDCACHE = {"cdn": {"BACKEND": f"api.cdn.backends.{name}", **options}}
    settings.WAGTAILFRONTENDCACHE_LANGUAGES = []
    return tag_backends()["cdn"]


def test_cloudflare(server: PurgeServer, settings: Any) -> None:
    cdn = configure(settings, "CloudflareBackend", ZONEID="z0ne", BEARER_TOKEN="t0ken", LOCATION=server.address)
    cdn.purge_tags([f"p-{number}" for number in range(31)])
    assert [(purge.method, purge.path, len(purge.tags)) for purge in server.purges] == [
        ("POST", "/zones/z0ne/purge_cache", 30),
        ("POST", "/zones/z0ne/purge_cache", 1),
    ]
    assert server.purges[0].headers["authorization"] == "Bearer t0ken"
    assert server.purges[0].headers["content-type"] == "application/json"
    assert json.loads(server.purges[1].body) == {"tags": ["p-30"]}
    server.answer = b'{"success": false, "errors": []}'
    with pytest.raises(PurgeError, match=r"^Cloudflare says that it did not purge$"):
        cdn.purge_tags(["diwan"])
    server.answer = b"<html>"
    with pytest.raises(PurgeError, match=r"^the answer is not Cloudflare's$"):
        cdn.purge_tags(["diwan"])


def test_fastly(server: PurgeServer, settings: Any) -> None:
    cdn = configure(settings, "FastlyBackend", SERVICE="s3rvice", TOKEN="t0ken", LOCATION=server.address)
    cdn.purge_tags(["p-1", "t-NewsItem"])
    purge_urls_from_cache([URL])
    assert [(purge.method, purge.path, purge.tags) for purge in server.purges] == [
        ("POST", "/service/s3rvice/purge", ["p-1", "t-NewsItem"]),
        ("POST", "/purge/www.diplomatie.example/fr/accueil/?a=1", []),
    ]
    assert {purge.headers["fastly-key"] for purge in server.purges} == {"t0ken"}


def test_varnish(server: PurgeServer, settings: Any) -> None:
    with purge_server() as second:
        cdn = configure(settings, "VarnishBackend", LOCATIONS=[server.address, second.address])
        cdn.purge_tags(["p-1", "t-NewsItem"])
        purge_urls_from_cache([URL])
        for instance in (server, second):
            assert [(purge.method, purge.path, purge.tags) for purge in instance.purges] == [
                ("PURGE", "/", ["p-1", "t-NewsItem"]),
                ("PURGE", "/fr/accueil/?a=1", []),
            ]
            assert instance.purges[1].headers["host"] == "www.diplomatie.example"
            instance.purges.clear()
        # One that fails keeps no other from being told.
        server.status = 500
        with pytest.raises(PurgeError, match=r"^127\.0\.0\.1:\d+: status 500$"):
            cdn.purge_tags(["diwan"])
        assert second.tags == {"diwan"}


def test_http(server: PurgeServer, settings: Any) -> None:
    cdn = configure(settings, "HTTPBackend", LOCATION=f"{server.address}/purge", TOKEN="t0ken")
    cdn.purge_tags(["p-1"])
    purge_urls_from_cache([URL])
    assert [(purge.method, purge.path, json.loads(purge.body)) for purge in server.purges] == [
        ("POST", "/purge", {"tags": ["p-1"]}),
        ("POST", "/purge", {"urls": [URL]}),
    ]


def test_only_named_hosts_are_purged_by_address(server: PurgeServer, settings: Any) -> None:
    configure(settings, "HTTPBackend", LOCATION=server.address, TOKEN="x", HOSTNAMES=["cms.diplomatie.example"])
    purge_urls_from_cache([URL])
    assert server.purges == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_no_purge(server: PurgeServer, settings: Any, status: int) -> None:
    """Followed, it would be a question with the token, to wherever it leads, and its answer taken for a success."""
    with purge_server() as elsewhere:
        server.status, server.location = status, f"{elsewhere.address}/"
        cdn = configure(settings, "HTTPBackend", LOCATION=server.address, TOKEN="t0ken")
        with pytest.raises(PurgeError, match=rf"^status {status}$"):
            cdn.purge_tags(["diwan"])
        assert (len(server.purges), elsewhere.purges) == (1, [])


def test_no_message_names_a_secret(settings: Any) -> None:
    """Python's own messages repeat the header or the address that it does not take."""
    location = "http://editor:s3cret@cdn.example"
    backends = [
        configure(settings, "HTTPBackend", LOCATION="http://127.0.0.1:9", TOKEN="s3cret\n"),
        configure(settings, "FastlyBackend", SERVICE="x", TOKEN="s3cret\r", LOCATION="http://127.0.0.1:9"),
        configure(settings, "HTTPBackend", LOCATION=location, TOKEN="x"),
        configure(settings, "VarnishBackend", LOCATIONS=[location]),
    ]
    said = []
    for cdn in backends:
        with pytest.raises(PurgeError) as refused:
            cdn.purge_tags(["diwan"])
        said.append(str(refused.value))
    assert said == [
        "the request could not be made: ValueError",
        "the request could not be made: ValueError",
        "the request could not be made: InvalidURL",
        "cdn.example: the request could not be made: InvalidURL",
    ]
