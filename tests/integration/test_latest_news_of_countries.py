"""The links of news to countries repeat the item's date and locale, whatever way an item is written."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import F

from regions.models import NewsCountryLink, NewsPage
from tests.asking import ask
from tests.factories.site import SiteTree, site_tree_make

pytestmark = pytest.mark.django_db
LATEST = '{ country(code: "MX") { news(first: 2) { nodes { title } } } }'


def disagreeing() -> int:
    links = NewsCountryLink.objects
    return links.exclude(date=F("page__date"), locale_code=F("page__locale_code")).count()


def titles() -> list[str]:
    return [node["title"] for node in ask(LATEST)["country"]["news"]["nodes"]]


def test_a_new_date_moves_the_item_however_it_is_saved(site_tree: SiteTree) -> None:
    first = site_tree.news("First", countries=["MX"], date=date(2026, 1, 1))
    for day in (2, 3):
        site_tree.news(f"January {day}", countries=["MX"], date=date(2026, 1, day))
    assert titles() == ["January 3", "January 2"]

    loaded = NewsPage.objects.get(pk=first.pk)  # its links are not in memory
    loaded.date = date(2026, 1, 4)
    loaded.save()
    assert disagreeing() == 0
    assert titles() == ["First", "January 3"]

    loaded.date = date(2026, 1, 1)
    loaded.save_revision().publish()
    assert titles() == ["January 3", "January 2"]

    copied = first.copy(update_attrs={"slug": "copy", "title": "Copy", "date": date(2026, 1, 5)})
    assert titles() == ["Copy", "January 3"]
    copied.copy_for_translation(site_tree.locale["ar"])
    assert NewsCountryLink.objects.filter(locale_code="ar").count() == 1
    assert disagreeing() == 0


def test_a_draft_leaves_what_is_live_in_its_place(site_tree: SiteTree) -> None:
    item = site_tree.news("Item", countries=["MX"], date=date(2026, 1, 1))
    item.date = date(2027, 1, 1)
    item.save_revision()
    assert list(NewsCountryLink.objects.values_list("date", flat=True)) == [date(2026, 1, 1)]


def test_imported_items_have_theirs() -> None:
    site_tree_make(continents=("142",), countries=("CN", "IN", "JP", "KR"))
    page = Path(__file__).resolve().parents[1] / "fixtures" / "legacy" / "fr_asie.txt"
    call_command(
        "import_legacy_page", str(page), locale="fr", continent="142", date=date(2026, 5, 5), stdout=StringIO()
    )
    assert NewsCountryLink.objects.filter(date=date(2026, 5, 5), locale_code="fr").exists()
    assert disagreeing() == 0
