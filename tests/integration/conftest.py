"""What several tests of the admin share, and those of kept answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.contract.site import site_fill
from tests.factories import SiteTree
from tests.integration.cdn import PurgeServer, configuration, purge_server
from tests.integration.plain_localize import plain_localize
from tests.integration.translating import speak_english
from tests.needs import needs_redis


@pytest.fixture
def admin(site_tree: SiteTree) -> Any:
    """A superuser of a set-up site, whose interface is English."""
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "password")
    speak_english(user)
    return user


@pytest.fixture(params=[True, False], ids=["diwan", "plain"])
def guarded(request: pytest.FixtureRequest) -> Iterator[bool]:
    """True with the guards around wagtail-localize, False with wagtail-localize as it comes."""
    if request.param:
        yield True
    else:
        with plain_localize():
            yield False


@pytest.fixture(params=["process", "shared"])
def store(request: pytest.FixtureRequest, settings: Any) -> str:
    """Both stores, where the run has a Redis."""
    kind: str = request.param
    if kind == "shared":
        needs_redis()
    else:
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return kind


@pytest.fixture
def caching_cdn(settings: Any) -> Iterator[PurgeServer]:
    """A CDN that may keep answers for an hour, and is told what to forget."""
    with purge_server() as running:
        settings.WAGTAILFRONTENDCACHE = configuration(running)
        settings.DIWAN_RESPONSE_CACHE = {"cdn_seconds": 3600}
        yield running


@pytest.fixture
def site(site_tree: SiteTree) -> SiteTree:
    site_fill(site_tree)
    return site_tree
