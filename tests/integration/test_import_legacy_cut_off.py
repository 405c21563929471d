"""A saved page that was cut off: warned of at first, refused where it would shorten what an import made."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from regions.models import ContinentPage, NewsPage
from tests.factories import SiteTree, site_tree_make
from tests.importing import FIXTURES, outcomes, run_import, run_import_text, snapshot

NO_NEWS = "No list of news was found: is the file whole?"


@pytest.fixture
def site(db: None) -> SiteTree:
    return site_tree_make(continents=("019",), countries=("MX",))


def cut(folder: Path, *, lines: int) -> Path:
    """The first ``lines`` of the sample page, which has two paragraphs (lines 8 and 10) and ten news from line 12."""
    whole = (FIXTURES / "es_america.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    path = folder / f"cut-{lines}.txt"
    path.write_text("".join(whole[:lines]), encoding="utf-8")
    return path


def imported(path: Path | str, **options) -> dict:
    return run_import(path, locale="es", **options)


def refused(path: Path, **options) -> str:
    before = snapshot()
    with pytest.raises(CommandError) as refusal:
        run_import_text(path, locale="es", **options)
    assert snapshot() == before
    assert refusal.value.returncode == 1
    return str(refusal.value)


def test_a_page_without_news_is_warned_of(site, tmp_path):
    assert NO_NEWS in imported(cut(tmp_path, lines=10))["warnings"]
    assert imported("es_america.txt")["warnings"].count(NO_NEWS) == 0


@pytest.mark.parametrize("options", [{}, {"dry_run": True}, {"publish": True, "date": "2017-06-30"}])
def test_a_cut_off_copy_is_refused_with_its_numbers(site, tmp_path, options):
    imported("es_america.txt")
    news = "no list of news where the copy imported before had 10 items"
    tail = "It may be cut off. Give --allow-shorter if it is whole. Nothing was written."
    start = "The file is shorter than what was imported before: it has "
    assert refused(cut(tmp_path, lines=8), **options) == f"{start}1 paragraphs where the page has 2 and {news}. {tail}"
    assert refused(cut(tmp_path, lines=10), **options) == f"{start}{news}. {tail}"


def test_a_lost_paragraph_is_refused_where_the_news_is_whole(site, tmp_path):
    imported("es_america.txt")
    lines = (FIXTURES / "es_america.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "page.txt"
    path.write_text("".join(lines[:9] + lines[10:]), encoding="utf-8")
    assert "it has 1 paragraphs where the page has 2. It may" in refused(path)


def test_a_shorter_list_takes_nothing_away(site, tmp_path):
    imported("es_america.txt")
    report = imported(cut(tmp_path, lines=20))
    assert report["continent"]["outcome"] == "unchanged"
    assert outcomes(report) == ["unchanged"] * 9
    assert NewsPage.objects.filter(locale=site.locale["es"]).count() == 10


def test_a_shorter_file_is_imported_when_asked_and_then_known(site, tmp_path):
    imported("es_america.txt")
    path = cut(tmp_path, lines=8)
    assert imported(path, allow_shorter=True)["continent"]["outcome"] == "updated"
    page = ContinentPage.objects.get(locale=site.locale["es"], code="019").get_latest_revision_as_object()
    assert page.body.raw_data[0]["value"].count("<p ") == 1
    before = snapshot()
    assert imported(path)["continent"]["outcome"] == "unchanged"
    assert snapshot() == before
    assert NewsPage.objects.filter(locale=site.locale["es"]).count() == 10


def test_a_page_that_an_editor_changed_has_nothing_to_lose(site, tmp_path):
    imported("es_america.txt")
    page = ContinentPage.objects.get(locale=site.locale["es"], code="019").get_latest_revision_as_object()
    page.heading = "Otra"
    page.save_revision()
    lines = (FIXTURES / "es_america.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "page.txt"
    path.write_text("".join(lines[:9] + lines[10:]), encoding="utf-8")
    assert imported(path)["continent"]["outcome"] == "kept"
