"""Responses with kept answers: each has its own headers, whatever was answered before it and under other settings."""

from typing import Any

import pytest
from django.test import Client

from tests.asking import JSON, URL
from tests.factories.site import SiteTree
from tests.integration.kept_answers import NEWS, ask, hit

# Nothing is kept within a transaction: these tests commit.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

OF_THE_ANSWER = ("ETag", "Vary", "Cache-Control", "Content-Language", "Surrogate-Key", "Cache-Tag")


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_client_that_has_the_answer_is_told_so(store: str, site: SiteTree, method: str) -> None:
    first = ask(NEWS)
    etag = first.headers["ETag"]
    of_the_answer = {name: first.headers[name] for name in OF_THE_ANSWER}
    for known in (etag, f"W/{etag}", f'"other", {etag}', f' "other" ,W/{etag} ', "*"):
        response = getattr(Client(), method)(URL, {"query": NEWS}, headers={"if-none-match": known})
        assert (response.status_code, response.content) == (304, b""), known
        # Neither a type nor a length: a cache would take them for those of its copy.
        assert dict(response.headers) == {
            **of_the_answer,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": first.headers["Referrer-Policy"],
            "Cross-Origin-Opener-Policy": "same-origin",
        }
    for unknown in ('"other"', etag.strip('"'), etag[:-2] + '"', etag[:-1], "", ","):
        response = getattr(Client(), method)(URL, {"query": NEWS}, headers={"if-none-match": unknown})
        assert dict(response.headers) == dict(first.headers), unknown
        assert response.status_code == 200


def test_a_post_is_answered_whole_and_for_nobody_else(store: str, site: SiteTree) -> None:
    first = ask(NEWS)
    response = Client().post(
        URL, {"query": NEWS}, content_type=JSON, headers={"if-none-match": first.headers["ETag"], "accept": JSON}
    )
    assert (response.status_code, response.content) == (200, first.content)
    assert response.headers["Cache-Control"] == "no-cache"
    assert {"Surrogate-Key", "Cache-Tag"}.isdisjoint(response.headers)
    assert dict(ask(NEWS).headers) == dict(first.headers)


def test_each_media_type_has_an_answer_of_its_own(store: str, site: SiteTree) -> None:
    types = [JSON, "application/graphql-response+json", f"{JSON};q=0.1, application/graphql-response+json", "*/*"]
    for _again in range(2):
        answers = [ask(NEWS, accept=accept) for accept in types]
        chosen = [JSON, types[1], types[1], JSON]
        assert [each.headers["Content-Type"] for each in answers] == [f"{name}; charset=utf-8" for name in chosen]
        assert len({each.headers["ETag"] for each in answers}) == 2
    assert ask(NEWS, accept="text/plain").status_code == 406


def test_what_is_added_to_one_response_stands_in_no_other(store: str, site: SiteTree) -> None:
    first = dict(ask(NEWS).headers)
    assert hit(NEWS)
    for known in ("", first["ETag"]):
        response = ask(NEWS, if_none_match=known)
        response.headers["Vary"] = "Origin"
        response.headers["X-Added"] = "1"
        del response.headers["ETag"]
    assert dict(ask(NEWS).headers) == first


@pytest.mark.parametrize(
    ("setting", "value", "status"),
    [
        ("ALLOWED_HOSTS", ["another.example"], 400),
        ("SECURE_SSL_REDIRECT", True, 301),
        ("DIWAN_TRUSTED_DOCUMENTS_ONLY", True, 403),
        ("DIWAN_RATE_LIMIT", "1/hour", 429),
    ],
)
def test_a_kept_answer_is_refused_as_any_other(
    store: str, site: SiteTree, settings: Any, setting: str, value: object, status: int
) -> None:
    etag = ask(NEWS).headers["ETag"]
    assert hit(NEWS)
    setattr(settings, setting, value)
    if status == 429:
        # Redis counts on from one run to the next.
        ask(NEWS)
    assert [ask(NEWS).status_code, ask(NEWS, if_none_match=etag).status_code] == [status, status]


def test_settings_of_now_count_for_a_kept_answer(store: str, site: SiteTree, settings: Any) -> None:
    def secure(known: str) -> tuple[int, str | None]:
        response = Client().get(URL, {"query": NEWS}, headers={"if-none-match": known}, secure=True)
        return response.status_code, response.headers.get("Strict-Transport-Security")

    etag = Client().get(URL, {"query": NEWS}, secure=True).headers["ETag"]
    assert [secure(""), secure(etag)] == [(200, None), (304, None)]
    settings.SECURE_HSTS_SECONDS, rest = 60, "includeSubDomains"
    assert [secure(""), secure(etag)] == [(200, f"max-age=60; {rest}"), (304, f"max-age=60; {rest}")]
    settings.DIWAN_RESPONSE_CACHE = {"browser_seconds": 5, "cdn_seconds": 7}
    etag = ask(NEWS).headers["ETag"]
    for known in ("", etag):
        assert ask(NEWS, if_none_match=known).headers["Cache-Control"] == "public, max-age=5, s-maxage=7"
