"""Questions to the endpoint, and whether their answers were kept ones."""

from typing import Any
from unittest import mock

from django.test import Client

NEWS = (
    "{ news(locale: AR, first: 5) { totalCount nodes { title path locale isFallback "
    "image { alt rendition { url } } } } }"
)
QUESTIONS = {
    "news": NEWS,
    "country": '{ country(code: "MX", locale: AR) { name introduction fallbackFields breadcrumbs { title path } '
    "continent { title } news { nodes { title kind { name } } } alternates { hreflang path } } }",
    "home": "{ home(locale: ES) { title heading locale } }",
    "continents": "{ continents { nodes { title countries(first: 100) { totalCount nodes { name path } } } } }",
    "navigation": "{ navigation(location: HEADER) { items { label path } } }",
    "settings": "{ siteSettings { ministryName } }",
    "kinds": "{ newsKinds(locale: FR) { slug name } }",
    "locales": "{ locales { code } }",
    "search": '{ search(query: "visite", locale: AR) { totalCount nodes { title path } } }',
    "filtered": '{ news(filter: {country: "MX", dateFrom: "2026-01-11"}) { totalCount nodes { title } } }',
    "text": '{ news(filter: {text: "titre"}) { totalCount nodes { title } } }',
    "route": '{ route(path: "/fr/ancien/") { __typename ... on Redirect { to } } }',
}


def ask(query: str, **headers: str) -> Any:
    return Client().get("/graphql/", {"query": query}, headers=headers)


def fresh(query: str) -> bytes:
    """The answer as it is made when nothing is kept: who shows an authorization is never given a kept one."""
    content: bytes = ask(query, authorization="Bearer x").content
    return content


def hit(query: str) -> bool:
    """Whether the answer was a kept one: no document is looked up for it."""
    with mock.patch("api.http.view.document_store", side_effect=AssertionError) as looked_up:
        ask(query)
    return not looked_up.called
