"""Scripts of other websites: who may ask the endpoint from a reader's browser."""

from typing import Any

import pytest
from django.test import Client

from tests.asking import JSON, URL
from tests.integration.test_settings import PRODUCTION, settings_seen

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WEBSITE, OTHER = "https://www.diplomatie.example", "https://elsewhere.example"


@pytest.fixture
def installed(settings) -> Any:
    settings.MIDDLEWARE = ["cms.middleware.CorsMiddleware", *settings.MIDDLEWARE]
    return settings


def ask(origin: str | None = None, *, url: str = URL) -> dict[str, str]:
    """The headers of an answer to a script of this origin."""
    headers = {"accept": JSON, **({"origin": origin} if origin else {})}
    return dict(Client().get(f"{url}?query={{__typename}}", headers=headers).headers)


def preflight(origin: str, *, url: str = URL) -> Any:
    headers = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    return Client().options(url, headers=headers)


def test_nobody_may_unless_settings_say_so() -> None:
    assert not [name for name in ask(WEBSITE) if name.lower().startswith("access-control")]
    assert not [name for name in preflight(WEBSITE).headers if name.lower().startswith("access-control")]
    assert ask(WEBSITE)["Vary"] == "Accept"


def test_settings_install_it_for_those_who_are_named() -> None:
    seen = settings_seen("MIDDLEWARE", "CORS_ALLOWED_ORIGINS", CORS_ALLOWED_ORIGINS=f"{WEBSITE},{OTHER}")
    assert seen["CORS_ALLOWED_ORIGINS"] == [WEBSITE, OTHER]
    middleware = seen["MIDDLEWARE"]
    assert isinstance(middleware, list)
    assert middleware.index("cms.middleware.CorsMiddleware") < middleware.index(
        "django.middleware.security.SecurityMiddleware"
    )
    assert settings_seen("CORS_ALLOW_ALL_ORIGINS", CORS_ALLOWED_ORIGINS="*") == {"CORS_ALLOW_ALL_ORIGINS": True}
    assert "cms.middleware.CorsMiddleware" not in str(settings_seen("MIDDLEWARE"))
    assert PRODUCTION.keys().isdisjoint({"CORS_ALLOWED_ORIGINS"})


def test_the_origins_that_are_named(installed) -> None:
    installed.CORS_ALLOWED_ORIGINS = [WEBSITE]
    headers = ask(WEBSITE)
    assert headers["access-control-allow-origin"] == WEBSITE
    assert "etag" in headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in headers
    # A CDN keeps one copy for the website and others for the rest.
    assert {name.strip().lower() for name in headers["Vary"].split(",")} == {"accept", "origin"}
    assert "access-control-allow-origin" not in ask(OTHER)
    assert "access-control-allow-origin" not in ask(WEBSITE, url="/healthz/")


def test_a_preflight_is_answered_for_a_day(installed) -> None:
    installed.CORS_ALLOWED_ORIGINS = [WEBSITE]
    response = preflight(WEBSITE)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["access-control-allow-origin"] == WEBSITE
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS, POST"
    assert response.headers["access-control-allow-headers"] == "accept, content-type, if-none-match"
    assert response.headers["access-control-max-age"] == "86400"
    assert "access-control-allow-origin" not in preflight(OTHER).headers
    assert "access-control-allow-origin" not in preflight(WEBSITE, url="/admin/").headers


def test_every_origin_is_one_copy_for_a_cdn(installed) -> None:
    installed.CORS_ALLOW_ALL_ORIGINS = True
    for origin in (None, WEBSITE, OTHER):
        headers = ask(origin)
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Vary"] == "Accept"
    assert preflight(OTHER).headers["access-control-allow-origin"] == "*"
    assert preflight(OTHER).headers["access-control-max-age"] == "86400"
    assert "Access-Control-Allow-Origin" not in ask(WEBSITE, url="/admin/")
