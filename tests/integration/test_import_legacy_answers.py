"""Imported pages as the world sees them: drafts nowhere, published ones through GraphQL and in the admin."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from regions.models import ContinentPage, NewsPage
from tests.factories import SiteTree, site_tree_make
from tests.importing import continent_answer, run_import

pytestmark = [pytest.mark.once, pytest.mark.django_db]

DAY = datetime.date(2017, 6, 30)


@pytest.fixture
def site(db: None) -> SiteTree:
    return site_tree_make(continents=("002", "019"), countries=("CO", "DO", "GQ", "HT", "LC", "MX", "US"))


def test_drafts_are_not_answered_and_published_pages_are(site, client):
    run_import("es_america.txt", locale="es")
    continent = continent_answer(client, code="019", locale="ES")
    assert (continent["body"], continent["news"]["totalCount"]) == ([], 0)
    assert continent["heading"] != "Marruecos y los países de América"

    run_import("es_america.txt", locale="es", publish=True, date=DAY)
    continent = continent_answer(client, code="019", locale="ES")
    assert (continent["heading"], continent["menuLabel"]) == ("Marruecos y los países de América", "América")
    assert continent["isFallback"] is False
    assert [block["__typename"] for block in continent["body"]] == ["RichTextBlock"]
    paragraphs = continent["body"][0]["content"]["plainText"].split("\n")
    assert [paragraph[:20] for paragraph in paragraphs if paragraph] == ["Marruecos fue en 177", "A finales de 2004 el"]
    # Every item of the old list is in the new one: through a country of the continent, or by its own link.
    assert continent["news"]["totalCount"] == 10
    nodes = {node["title"]: node for node in continent["news"]["nodes"]}
    assert nodes["Ayuda humanitaria a Haití tras el huracán Matthew"] == {
        "title": "Ayuda humanitaria a Haití tras el huracán Matthew",
        "date": "2017-06-30",
        "kind": {"slug": "humanitarian-aid"},
        "countries": {"nodes": [{"code": "HT"}]},
        "continents": {"nodes": [{"code": "019"}]},
    }
    assert continent["news"]["nodes"][-1]["date"] == "2016-09-12"


def test_imported_pages_open_in_the_admin(site, client):
    run_import("es_america.txt", locale="es", publish=True, date=DAY)
    client.force_login(get_user_model().objects.create_superuser("chief", "chief@example.org", "secret"))
    continent = ContinentPage.objects.get(code="019", locale__language_code="es")
    for page in (continent, NewsPage.objects.first()):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200
        usage = client.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert usage.status_code == 200
