"""The coverage matrix of the desk: what it counts is what the endpoint counts, and what lists show to the public."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.asking import ask
from tests.canaries import canaries_make
from tests.factories import SiteTree
from tests.integration.fresh_pages import changed, pair, published
from tests.integration.translating import client_for, desk_open

pytestmark = pytest.mark.django_db

# A number of the matrix, and what the endpoint calls it.
NAMES = {
    "total": "total",
    "up_to_date": "upToDate",
    "outdated": "outdated",
    "partial": "partial",
    "missing": "missing",
}


def cells_of(client: Client) -> dict[tuple[str, str], dict[str, int]]:
    """The numbers of the matrix by continent and language."""
    rows = client.get(reverse("translation_desk:coverage")).context["rows"]
    return {
        (row["row"].code, cell["locale"].language_code): {name: cell[name] for name in NAMES}
        for row in rows
        for cell in row["cells"]
    }


def test_a_translation_counts_when_it_is_published(site_tree: SiteTree, admin: Any) -> None:
    client = client_for(admin)
    news = site_tree.news("Accord", introduction="Signé hier", countries=["MX"])
    before = cells_of(client)
    desk = desk_open(client, news, "ar")
    desk.translate_all("ع ")
    assert cells_of(client) == before
    desk.publish()
    after = cells_of(client)
    for code in ("", "019"):
        assert after[code, "es"] == before[code, "es"]
        old = before[code, "ar"]
        assert after[code, "ar"] == {**old, "up_to_date": old["up_to_date"] + 1, "missing": old["missing"] - 1}
    assert after["002", "ar"] == before["002", "ar"]


def every_state(tree: SiteTree) -> None:
    """Pages in each state for readers of Arabic, with hidden ones of all sorts between them."""
    canaries_make(tree)
    pair(tree, 3, 2, countries=["MX", "BR", "SN"], continents=["019"])
    pair(tree, 2, 3, countries=["MX"])
    tree.news("Sommet", countries=["SN"], **published(1))
    tree.news("قمة", locale="ar", continents=["002"], **published(1))
    tree.news("Brouillon", live=False, countries=["MX"])
    private, _arabic = pair(tree, 1, 2, countries=["MX"])
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    partial = tree.country["fr", "MX"]
    partial.capital = "Mexico"
    partial.save()
    tree.country["ar", "CU"].unpublish()
    changed(tree.country["fr", "BR"], 20_000)


def test_it_is_what_the_endpoint_counts_and_lists(site_tree: SiteTree, admin: Any) -> None:
    every_state(site_tree)
    cells = cells_of(client_for(admin))
    for code in ("ar", "es"):
        answer = ask(f"{{ translationCoverage(locale: {code.upper()}) {{ {' '.join(NAMES.values())} }} }}")
        assert cells["", code] == {name: answer["translationCoverage"][field] for name, field in NAMES.items()}
    assert all(cells["", "ar"].values())

    lists = [
        'countries(locale: AR, filter: {translationStatus: [%s], continent: "%s"})',
        'news(locale: AR, filter: {translationStatus: [%s], continent: "%s"})',
        'continents(locale: AR, filter: {translationStatus: [%s], code: "%s"})',
    ]
    found = {
        continent: {
            name: sum(
                next(iter(ask(f"{{ {each % (name.upper(), continent)} {{ totalCount }} }}").values()))["totalCount"]
                for each in lists
            )
            for name in NAMES
            if name != "total"
        }
        for continent in ("019", "002")
    }
    for continent, counts in found.items():
        assert cells[continent, "ar"] == {"total": sum(counts.values()), **counts}
    # Each item counts once for a continent, however many of its countries it is about.
    assert found["019"]["outdated"] == 2
    assert found["002"]["outdated"] == 1


def test_one_statement_counts_however_much_there_is(site_tree: SiteTree, admin: Any) -> None:
    client, url = client_for(admin), reverse("translation_desk:coverage")

    def statements() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return sum("freshness" in query["sql"] for query in captured), len(captured)

    client.get(url)
    few = statements()
    for number in range(12):
        pair(site_tree, number, 2, countries=["MX"])
    assert statements() == few
    assert few[0] == 1
