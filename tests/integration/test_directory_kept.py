"""How long the files of the directory are kept and by whom, how often one may ask, and what a filter does not tell."""

import datetime
import json
import re
import secrets
from unittest import mock

import pytest
from django.utils import timezone

from bulk.directory.files import directory_body
from missions.models import MissionPage
from tests.factories.records import record_make

pytestmark = pytest.mark.django_db


@pytest.fixture
def embassy(site):
    return record_make(
        MissionPage, home=site.home["fr"], title="Ambassade", kind="embassy", host_country=site.country["fr", "MX"]
    )


def seconds_of(response):
    """How long caches in front, and browsers, may keep an answer."""
    found = re.fullmatch(r"public, max-age=(\d+), s-maxage=(\d+)", response["Cache-Control"])
    return int(found[2]), int(found[1])


@pytest.mark.parametrize("path", ["missions.fr.geojson", "closures.fr.ics", "missions.fr.html?kind=embassy"])
def test_nobody_keeps_a_file_beyond_what_the_clock_alters(client, settings, embassy, path):
    settings.DIWAN_RESPONSE_CACHE = {"browser_seconds": 60, "cdn_seconds": 10 * 86_400}
    # Heads of mission and the day in the heading are those of the ministry's day.
    zone = timezone.get_default_timezone()
    now = timezone.now().astimezone(zone)
    midnight = datetime.datetime.combine(now.date() + datetime.timedelta(days=1), datetime.time.min, tzinfo=zone)
    left = (midnight - now).total_seconds()
    for _again in range(2):
        in_front, _browser = seconds_of(client.get(f"/directory/{path}"))
        assert left - 60 <= in_front <= left
    embassy.expire_at = timezone.now() + datetime.timedelta(seconds=20)
    embassy.save()
    for _again in range(2):
        in_front, browser = seconds_of(client.get(f"/directory/{path}"))
        assert 5 <= in_front <= 20
        assert browser == in_front


def test_a_country_that_is_hidden_finds_nothing(client, embassy, site):
    assert len(json.loads(client.get("/directory/missions.fr.geojson?country=MX").content)["features"]) == 1
    for code in ("fr", "ar", "es"):
        site.country[code, "MX"].unpublish()
    assert json.loads(client.get("/directory/missions.fr.geojson?country=MX").content)["features"] == []
    assert len(json.loads(client.get("/directory/missions.fr.geojson").content)["features"]) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("", True),
        ("?kind=embassy", True),
        ("?direction=abroad&kind=embassy", True),
        ("?country=MX", True),
        # So many that they would fill the cache, and quickly made.
        ("?country=MX&kind=embassy", False),
        ("?key=x", False),
    ],
)
def test_what_is_asked_for_often_is_kept(client, store, embassy, query, is_kept):
    path = f"/directory/missions.fr.geojson{query}"
    first = client.get(path)
    with mock.patch("bulk.views.directory.directory_body", wraps=directory_body) as made:
        assert client.get(path).content == first.content
    assert made.called is not is_kept


def test_how_often_one_client_may_ask_is_bounded_as_for_the_endpoint(client, settings, site):
    settings.DIWAN_RATE_LIMIT = "2/hour"
    # Redis counts on from one run to the next.
    mine = {"REMOTE_ADDR": f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"}
    for _time in range(2):
        assert client.get("/directory/missions.fr.csv?kind=embassy", **mine).status_code == 200
    refused = client.get("/directory/missions.fr.csv", **mine)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert refused.content.decode() == "Too many requests: at most 2 in 3,600 seconds are answered.\n"
    assert refused["Cache-Control"] == "no-store"
