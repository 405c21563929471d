"""Negotiation of the media type."""

import pytest

from api.http.media_types import GRAPHQL_RESPONSE, HTML, JSON, preferred_media_type

OFFERS = (JSON, GRAPHQL_RESPONSE)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("  ", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE),
        ("Application/GraphQL-Response+JSON; charset=utf-8", GRAPHQL_RESPONSE),
        (f"{JSON}, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE}, {JSON}", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0.5, {JSON}", JSON),
        (f"{JSON};q=0.5, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"{JSON};q=0.9, */*;q=0.1", JSON),
        (f"{GRAPHQL_RESPONSE}, */*", GRAPHQL_RESPONSE),
        (f"{JSON};q=0, */*", GRAPHQL_RESPONSE),
        ("*/*;q=0", None),
        ("image/png", None),
        ("text/html", None),
        (f"{JSON};q=nonsense", None),
        (f"{JSON};q=nan", None),
        ("nonsense", None),
        ("," * 10_000, None),
    ],
)
def test_media_type_of_answers(accept: str | None, chosen: str | None) -> None:
    assert preferred_media_type(accept, OFFERS) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"), [(BROWSER, HTML), ("*/*", JSON), (None, JSON), (f"{JSON}, text/html;q=0.9", JSON)]
)
def test_html_is_for_those_who_ask_for_it(accept: str | None, chosen: str) -> None:
    assert preferred_media_type(accept, (*OFFERS, HTML)) == chosen
