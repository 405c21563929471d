"""News of countries and continents: the same items, in the same order, as the list of all news narrowed to them."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import OperationalError, connection
from wagtail.models import Page

from api.regions.news_lists import CountryNewsLoader
from regions.models import NewsContinentLink, NewsCountryLink
from tests.asking import ask, body_of, post
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

PLACES = (("country", "MX"), ("country", "SN"), ("continent", "019"), ("continent", "002"))
FILTERS = ("", 'kind: "visit"', 'dateFrom: "2026-01-04", dateTo: "2026-01-07"', 'text: "sommet"', "featured: true")
READERS = ("locale: FR, fallback: []", "locale: AR, fallback: [ES, FR]", "locale: ES, fallback: [AR]")
PAGE = "nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"


def fill(tree: SiteTree, number: int) -> None:
    """Items of every sort, few to a day: some are drafts, some in two languages, some about no place at all."""
    chance = Random(3)
    for place in range(number):
        locale = chance.choice(["fr", "fr", "ar", "es"])
        item = tree.news(
            f"N{place}",
            locale=locale,
            kind=chance.choice(["meeting", "visit"]),
            countries=chance.sample(["MX", "BR", "SN", "MA"], chance.choice([0, 1, 2])),
            continents=chance.sample(["019", "002"], chance.choice([0, 0, 1])),
            date=date(2026, 1, 1) + timedelta(days=chance.randrange(10)),
            introduction=chance.choice(["Un sommet.", ""]),
            featured=chance.random() < 0.3,
            live=chance.random() < 0.9,
        )
        if locale == "fr" and chance.random() < 0.3:
            copy = item.copy_for_translation(tree.locale["ar"], alias=chance.random() < 0.3)
            copy.title = f"T{place}"
            Page.objects.filter(pk=copy.pk).update(title=copy.title, live=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL takes the tables for empty, and reads each row for each row


def pages(query: str, arguments: str, *, below: bool, backwards: bool) -> tuple[list[str], int]:
    """All titles, five by five, and the count."""
    count, cursor, end, more = (
        ("last", "before", "startCursor", "hasPreviousPage")
        if backwards
        else ("first", "after", "endCursor", "hasNextPage")
    )
    found: list[str] = []
    place: str | None = None
    while True:
        text = query % f"news({count}: 5, {cursor}: $place, {arguments}) {{ {PAGE} }}"
        answer: Any = ask(f"query ($place: String) {{ {text} }}", {"place": place})
        news = (answer["place"] if below else answer)["news"]
        titles = [node["title"] for node in news["nodes"]]
        found = titles + found if backwards else found + titles
        if not news["pageInfo"][more]:
            return found, news["totalCount"]
        place = news["pageInfo"][end]


def test_every_filter_order_direction_and_chain(site_tree: SiteTree) -> None:
    fill(site_tree, 40)
    chance = Random(4)
    seen = 0
    for reader in READERS:
        for kind, code in PLACES:
            for criteria in FILTERS:
                order, backwards = chance.choice(["DATE_DESC", "DATE_ASC"]), chance.random() < 0.5
                narrowed = f'{criteria}{", " if criteria else ""}{kind}: "{code}"'
                below = pages(
                    f'place: {kind}(code: "{code}", {reader}) {{ %s }}',
                    f"orderBy: {order}, filter: {{{criteria}}}",
                    below=True,
                    backwards=backwards,
                )
                of_all = pages(
                    "%s",
                    f"{reader}, orderBy: {order}, filter: {{{narrowed}}}",
                    below=False,
                    backwards=backwards,
                )
                assert below == of_all, (reader, kind, code, criteria, order, backwards)
                assert len(below[0]) == below[1]
                seen += below[1]
    assert seen > 200


def test_a_continent_whose_items_are_far_behind_those_of_others(site_tree: SiteTree) -> None:
    for place, country in enumerate(["MA", "SN", "MA"]):
        site_tree.news(f"Old {place}", countries=[country], date=date(2020, 1, 1 + place))
    site_tree.news("Of all", continents=["002"], date=date(2019, 1, 1))
    for place in range(60):  # more than are walked for two
        site_tree.news(f"New {place}", countries=["MX"], date=date(2026, 1, 1))
    query = '{ continent(code: "002") { news(first: %s) { nodes { title } } } }'
    for number, expected in [(1, ["Old 2"]), (3, ["Old 2", "Old 1", "Old 0"])]:
        answer = ask(query % number)["continent"]["news"]
        assert [node["title"] for node in answer["nodes"]] == expected


def test_an_item_that_names_two_pages_of_a_country_stands_once(site_tree: SiteTree) -> None:
    first = site_tree.news("First", date=date(2026, 1, 2))
    site_tree.news("Second", countries=["MX"], continents=["019"], date=date(2026, 1, 1))
    for code in ("fr", "ar", "es"):
        NewsCountryLink.objects.create(page=first, country=site_tree.country[code, "MX"])
        NewsContinentLink.objects.create(page=first, continent=site_tree.continent[code, "019"])
    for place in ('country(code: "MX")', 'continent(code: "019")'):
        answer = ask(f"{{ place: {place} {{ news(first: 2) {{ totalCount nodes {{ title }} }} }} }}")["place"]["news"]
        assert answer == {"totalCount": 2, "nodes": [{"title": "First"}, {"title": "Second"}]}


def test_links_repeat_the_key_of_their_place_in_every_way_they_are_written(site_tree: SiteTree) -> None:
    item = site_tree.news("Item", countries=["MX", "BR"], continents=["002"])
    [mexico, brazil] = item.country_links.all()
    mexico.country = site_tree.country["ar", "SN"]
    item.country_links = [mexico, brazil]
    item.save_revision().publish()
    copy = item.copy_for_translation(site_tree.locale["es"])
    copy.date = date(2026, 3, 3)
    copy.save()
    of_countries = NewsCountryLink.objects.order_by("page_id", "sort_order", "pk")
    of_continents = NewsContinentLink.objects.order_by("page_id")
    keys = {code: site_tree.country["fr", code].translation_key for code in ("SN", "BR")}
    assert sorted(of_countries.values_list("page_id", "place_key")) == sorted(
        (page.pk, key) for page in (item, copy) for key in keys.values()
    )
    africa = site_tree.continent["fr", "002"].translation_key
    assert list(of_continents.values_list("page_id", "place_key", "date", "locale_code")) == [
        (item.pk, africa, item.date, "fr"),
        (copy.pk, africa, copy.date, "es"),
    ]


def test_places_whose_news_could_not_be_read_are_not_said_to_have_none(
    site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One document asks for the same news at two depths, and the database fails for the first alone."""
    site_tree.news("Une visite", countries=["MX"])
    read, failures = CountryNewsLoader.read_rows, [OperationalError("canceled")]

    def read_or_fail(**arguments: Any) -> Any:
        if failures:
            raise failures.pop()
        return read(**arguments)

    monkeypatch.setattr(CountryNewsLoader, "read_rows", staticmethod(read_or_fail))
    query = """{
        country(code: "MX") { NEWS }
        continent(code: "019") { countries { nodes { code NEWS } } }
    }"""
    body = body_of(post({"query": query.replace("NEWS", "news(first: 1) { nodes { title } }")}))
    assert [error["path"] for error in body["errors"]] == [["country", "news", "nodes"]]
    assert body["data"]["country"] == {"news": None}
    found = {node["code"]: node["news"]["nodes"] for node in body["data"]["continent"]["countries"]["nodes"]}
    assert found["MX"] == [{"title": "Une visite"}]
