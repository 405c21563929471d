"""Selectors of lists read the columns that they are asked for, and those by which rows are told apart."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.selectors.keys import key_of
from home.selectors.visibility import gate_open
from regions.selectors.continents import continent_rows_shown
from regions.selectors.countries import country_rows_shown
from regions.selectors.news import NewsCriteria, NewsSlice, news_rows_shown
from regions.selectors.news_of_places import continent_news_rows, country_news_rows
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

KEYS = {"id", "translation_key", "locale_code"}
ALL_NEWS = {"criteria": NewsCriteria(), "part": NewsSlice(limit=5)}


def read(selector: Callable[..., Any], **arguments: Any) -> tuple[Any, str]:
    """What the selector gives, and its one statement."""
    gate = gate_open(host=("testserver", 80))
    with CaptureQueriesContext(connection) as captured:
        found = selector(gate=gate, chain=("ar", "fr"), **arguments)
    [statement] = captured.captured_queries
    return found, statement["sql"]


def columns(rows: Iterable[dict[str, Any]]) -> set[str]:
    [names] = {frozenset(row) for row in rows}
    return set(names)


def test_lists_of_places_read_the_fields_asked_for(site_tree: SiteTree) -> None:
    rows, sql = read(continent_rows_shown, fields=("title",))
    assert sorted(row["title"] for row in rows) == ["أفريقيا", "الأمريكتان"]
    assert columns(rows) == {"title", *KEYS}
    assert "introduction" not in sql

    rows, sql = read(country_rows_shown, fields=("code",))
    assert {row["code"] for row in rows} == {"AR", "BR", "CU", "JM", "MA", "MX", "SN", "US"}
    assert columns(rows) == {"code", *KEYS}
    assert "introduction" not in sql

    america = key_of(site_tree.continent["fr", "019"].translation_key)
    rows, _sql = read(country_rows_shown, fields=("code",), continent_keys=[america])
    assert {row["code"] for row in rows} == {"AR", "BR", "CU", "JM", "MX", "US"}
    assert columns(rows) == {"code", "continent_key", *KEYS}


def test_lists_of_news_read_the_fields_asked_for(site_tree: SiteTree) -> None:
    mexico, america = site_tree.country["fr", "MX"], site_tree.continent["fr", "019"]
    site_tree.news("Accord", countries=["MX"], continents=["019"])

    rows, sql = read(news_rows_shown, fields=("title",), **ALL_NEWS)
    assert [row["title"] for row in rows] == ["Accord"]
    assert columns(rows) == {"title", "date", *KEYS}
    assert "introduction" not in sql

    for selector, place in ((country_news_rows, mexico), (continent_news_rows, america)):
        key = key_of(place.translation_key)
        found, sql = read(selector, keys=[key], fields=("title",), **ALL_NEWS)
        assert [row["title"] for row in found[key]] == ["Accord"]
        assert columns(found[key]) == {"title", "date", *KEYS}
        assert "introduction" not in sql


def test_one_statement_is_not_taken_for_another_of_other_fields(site_tree: SiteTree) -> None:
    for fields in (("title",), ("slug",), ("title", "slug")):
        rows, _sql = read(continent_rows_shown, fields=fields)
        assert columns(rows) == {*fields, *KEYS}
