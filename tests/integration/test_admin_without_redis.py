"""Editors work on while Redis is down: it is a cache, and holds nothing that is not elsewhere."""

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from api.cache import failure
from cms import cache as redis_cache
from regions.models import NewsPage
from tests.factories.site import SiteTree
from tests.integration.kept_answers import ask
from tests.integration.test_cdn_admin import news_data
from tests.needs import needs_redis

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def news(site_tree: SiteTree) -> NewsPage:
    return site_tree.news("Une visite", countries=["MX"])


@pytest.fixture
def editor(admin: Any) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def redis_down(news: NewsPage, editor: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(failure, "_complained_at", [-1e9])
    monkeypatch.setattr(redis_cache, "_rests_until", [0.0])
    before = settings.CACHES
    # Nobody listens there.
    settings.CACHES = {"default": {"BACKEND": "cms.cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    yield
    settings.CACHES = before


@pytest.mark.usefixtures("redis_down")
def test_editors_see_publish_and_take_back(site_tree: SiteTree, editor: Client, news: NewsPage, caplog: Any) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[news.pk])
    for address in ("/admin/", reverse("wagtailadmin_explore", args=[site_tree.index["fr"].pk]), edit, "/fr/"):
        assert editor.get(address).status_code == 200, address
    for title in ("Une autre", "Encore une autre"):
        data = {**news_data(NewsPage.objects.get(pk=news.pk), title=title), "action-publish": "1"}
        assert editor.post(edit, data).status_code == 302
        assert ask("{ news { nodes { title } } }").json()["data"]["news"]["nodes"] == [{"title": title}]
    assert editor.post(reverse("wagtailadmin_pages:unpublish", args=[news.pk])).status_code == 302
    assert ask("{ news { totalCount } }").json()["data"]["news"] == {"totalCount": 0}
    site_tree.site.port = 8123
    site_tree.site.save()
    assert {record.getMessage() for record in caplog.records if record.name == "api"} == {
        "The cache of CACHE_URL failed: answers are made anew"
    }


@pytest.mark.parametrize("error", [redis.ConnectionError(), redis.ResponseError("MISCONF disk is full")])
def test_what_redis_could_not_be_told_to_forget_is_not_believed_afterwards(
    site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    needs_redis()
    monkeypatch.setattr(redis_cache, "_rests_until", [0.0])

    def down(*_arguments: Any, **_options: Any) -> None:
        raise error

    site = site_tree.site
    assert {path.root_url for path in Site.get_site_root_paths()} == {"http://testserver"}
    with monkeypatch.context() as outage:
        outage.setattr(redis.Redis, "execute_command", down)
        site.hostname = "www.example.org"
        site.save()
        redis_cache._rests_until[0] = 0.0
        assert cache.get("anything", "default") == "default"
        cache.set("anything", 1)
    redis_cache._rests_until[0] = 0.0  # it has rested
    assert {path.root_url for path in Site.get_site_root_paths()} == {"http://www.example.org"}
