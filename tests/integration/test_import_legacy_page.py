"""import_legacy_page on pages written for this project: what it makes, and what a further run does."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry
from wagtail.signals import page_published

from regions.legacy.page import ListedNews
from regions.models import ContinentPage, NewsPage
from tests.factories import SiteTree, site_tree_make
from tests.importing import FIXTURES, Writes, outcomes, run_import, run_import_text, snapshot

pytestmark = [pytest.mark.once, pytest.mark.django_db]

COUNTRIES = ("MA", "CO", "DO", "ES", "GQ", "HT", "LC", "MX", "US", "GN", "RW", "NG")
DAY = datetime.date(2017, 6, 30)


# Three items: one dated by the file, one with countries, one with none.
SMALL = """\
América
Marruecos y los países de América

Una primera frase de texto, escrita para esta prueba, tiene bastantes palabras para no ser un título.

- 12/09/2016 - Comunicado: un hecho en Colombia
- Reunión con empresarios estadounidenses y mexicanos
- Marruecos participa en la Asamblea General de la OEA
"""


@pytest.fixture
def site(db: None) -> SiteTree:
    return site_tree_make(continents=("002", "019", "150"), countries=COUNTRIES)


@pytest.fixture
def small(tmp_path) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


def continent(code: str = "019", locale: str = "es") -> ContinentPage:
    return ContinentPage.objects.get(code=code, locale__language_code=locale)


def news(locale: str = "es") -> list[NewsPage]:
    return list(NewsPage.objects.filter(locale__language_code=locale).order_by("path"))


def test_a_page_becomes_a_continent_and_drafts_of_news(site):
    report = run_import("es_america.txt", locale="es")

    page = continent()
    assert (page.live, page.has_unpublished_changes, page.menu_label, page.heading) == (True, True, "", "")
    draft = page.get_latest_revision_as_object()
    assert (draft.menu_label, draft.heading) == ("América", "Marruecos y los países de América")
    assert [block.block_type for block in draft.body] == ["rich_text"]
    paragraphs = re.findall(r'<p data-block-key="(p\d{4})">(.*?)</p>', draft.body[0].value.source)
    assert [key for key, _text in paragraphs] == ["p0001", "p0002"]
    assert paragraphs[1][1].startswith("A finales de 2004 el Rey Mohammed VI viajó")

    items = news()
    assert [(item.live, item.slug, item.get_parent().specific) for item in items] == [
        (False, item.slug, site.index["es"]) for item in items
    ]
    facts = [
        (
            item.kind.slug,
            item.date,
            [link.country.code for link in item.country_links.all()],
            [link.continent.code for link in item.continent_links.all()],
        )
        for item in items
    ]
    assert facts == [
        ("communique", datetime.date(2016, 9, 12), ["CO"], []),
        ("meeting", None, ["DO"], []),
        # A country of another continent does not bring the item to this one's list, so the continent does.
        ("visit", None, ["GQ"], ["019"]),
        ("consultations", datetime.date(2017, 3, 3), ["ES"], ["019"]),
        ("humanitarian-aid", None, ["HT"], []),
        ("meeting", None, ["US", "MX"], []),
        ("other", None, ["LC"], []),
        ("multilateral", None, [], ["019"]),
        ("credentials", None, ["MX"], []),
        # The small site has no page for Korea.
        ("agreement", None, [], ["019"]),
    ]
    assert items[0].title == "Comunicado: Marruecos saluda el acuerdo de paz en Colombia"
    assert items[0].slug == "comunicado-marruecos-saluda-el-acuerdo-de-paz-en-colombia"
    assert all(item.locale == site.locale["es"] and item.kind.locale == item.locale for item in items)
    assert all(link.country.locale == item.locale for item in items for link in item.country_links.all())

    assert outcomes(report) == ["created"] * 10
    assert [item["pageId"] for item in report["news"]] == [item.pk for item in items]
    assert report["continent"] == {
        "code": "019",
        "outcome": "updated",
        "pageId": page.pk,
        "isLive": True,
        "reason": "",
    }
    assert [item["organisations"] for item in report["news"]] == [[]] * 7 + [["OAS"], [], []]
    assert [item["ambiguous"] for item in report["news"]] == [[]] * 9 + [["corea"]]
    assert report["summary"]["undated"] == 8


def test_each_line_of_the_file_is_in_the_report_once(site):
    report = run_import("es_america.txt", locale="es")
    text = (FIXTURES / "es_america.txt").read_text(encoding="utf-8")
    assert [line["text"] for line in report["lines"]] == text.split("\n")[:-1]
    assert [line["line"] for line in report["lines"]] == list(range(1, 22))
    assert sum(report["summary"]["lines"].values()) == 21
    assert [line["outcome"] for line in report["lines"]] == (
        [None] * 3 + ["updated"] * 2 + [None] * 2 + ["updated", None, "updated", None] + ["created"] * 10
    )


def test_the_report_for_people(site):
    text = run_import_text("es_america.txt", locale="es", dry_run=True)
    lines = text.split("\n")
    assert lines[:3] == [
        "File       es_america.txt, utf-8",
        "Into       continent 019, locale es",
        "Dry run    nothing is written; the report says what would happen",
    ]
    # Columns are aligned: each text begins below the heading of its column.
    heading = next(line for line in lines if line.startswith("line"))
    column = heading.index("text")
    assert next(line for line in lines if "Ayuda humanitaria" in line)[column:].startswith("Ayuda humanitaria a Haití")
    assert "      └ recognised, no pages yet: OAS" in lines
    assert "      └ may mean several things, not linked: corea" in lines
    assert "Lines      21: 10 news item, 5 blank, 2 navigation, 2 paragraph, 1 menu label, 1 heading" in lines
    assert "Dates      the file states 2 for 10 items; 8 have no date yet, --date YYYY-MM-DD gives them one" in lines


def test_a_second_run_changes_nothing(site):
    run_import("es_america.txt", locale="es")
    before = snapshot()
    with Writes() as writes:
        report = run_import("es_america.txt", locale="es")
    assert writes.statements == []
    assert snapshot() == before
    assert set(outcomes(report)) == {report["continent"]["outcome"]} == {"unchanged"}
    assert [(item.latest_revision.user, item.revisions.count()) for item in news()] == [(None, 1)] * 10


@pytest.mark.parametrize("options", [{}, {"publish": True, "date": DAY}])
def test_a_dry_run_tells_the_same_and_writes_nothing(site, small, options):
    before = snapshot()
    with Writes() as writes:
        told = run_import(small, locale="es", dry_run=True, **options)
    assert writes.statements == []
    assert snapshot() == before

    done = run_import(small, locale="es", **options)
    assert (told.pop("dryRun"), done.pop("dryRun")) == (True, False)
    for report in (told, done):
        for part in [report["continent"], *report["news"]]:
            del part["pageId"], part["isLive"]
    assert told == done


def test_publishing_needs_a_date_for_every_item(site):
    before = snapshot()
    for dry_run in (True, False):
        with pytest.raises(CommandError, match=r"8 news items have no date \(lines 13, 14, 16, 17, 18, …\).*--date"):
            run_import("es_america.txt", locale="es", publish=True, dry_run=dry_run)
    assert snapshot() == before


def test_published_pages_are_live_through_their_revision(site, small):
    published = []

    def listen(sender, instance, revision, **kwargs):
        published.append((instance.pk, revision.pk))

    page_published.connect(listen)
    try:
        report = run_import(small, locale="es", publish=True, date=DAY)
    finally:
        page_published.disconnect(listen)

    page, items = continent(), news()
    assert (page.live, page.has_unpublished_changes, page.menu_label) == (True, False, "América")
    assert [(item.live, item.has_unpublished_changes) for item in items] == [(True, False)] * 3
    assert [item.date for item in items] == [datetime.date(2016, 9, 12), DAY, DAY]
    assert published == [(one.pk, one.live_revision_id) for one in [page, *items]]
    actions = set(PageLogEntry.objects.filter(page=items[0].pk).values_list("action", flat=True))
    assert actions == {"wagtail.create", "wagtail.edit", "wagtail.publish"}
    assert [item["isLive"] for item in report["news"]] == [True] * 3

    before = snapshot()
    again = run_import(small, locale="es", publish=True)
    assert set(outcomes(again)) == {"unchanged"}
    assert snapshot() == before


def test_drafts_of_an_earlier_run_are_dated_and_published(site, small):
    run_import(small, locale="es")
    pages = [item.pk for item in news()]
    report = run_import(small, locale="es", publish=True, date=DAY)
    # The item that had a date is published as it is.
    assert outcomes(report) == ["published", "updated", "updated"]
    assert report["continent"]["outcome"] == "published"
    assert [(item.pk, item.live) for item in news()] == [(pk, True) for pk in pages]


def test_a_date_is_given_once_and_never_moved(site, small):
    run_import(small, locale="es", date=DAY)
    report = run_import(small, locale="es", date=DAY + datetime.timedelta(days=1))
    assert set(outcomes(report)) == {"unchanged"}
    assert news()[1].date == DAY


def test_live_pages_change_only_when_publishing(site, small):
    run_import(small, locale="es", publish=True, date=DAY)
    small.write_text(
        SMALL.replace("Marruecos y los países", "El Reino y los países").replace("Reunión con", "REUNION con"),
        encoding="utf-8",
    )

    report = run_import(small, locale="es")
    assert report["continent"]["outcome"] == "updated"
    assert outcomes(report) == ["unchanged", "updated", "unchanged"]
    assert continent().heading == "Marruecos y los países de América"
    assert continent().has_unpublished_changes
    assert news()[1].title.startswith("Reunión con")
    assert news()[1].draft_title.startswith("REUNION con")

    report = run_import(small, locale="es", publish=True)
    assert (report["continent"]["outcome"], outcomes(report)[1]) == ("published", "published")
    assert continent().heading == "El Reino y los países de América"
    assert news()[1].title.startswith("REUNION con")
    assert len(news()) == 3


def test_text_keeps_its_block_and_paragraph_keys_and_its_marks(site, small):
    run_import(small, locale="es")
    first = continent().get_latest_revision_as_object().body[0]
    small.write_text(SMALL.replace("Una primera frase", "<script>x</script> & Otra frase"), encoding="utf-8")
    run_import(small, locale="es")
    second = continent().get_latest_revision_as_object().body[0]
    assert first.id == second.id
    assert second.value.source == first.value.source.replace(
        '<p data-block-key="p0001">Una primera frase',
        '<p data-block-key="p0001">&lt;script&gt;x&lt;/script&gt; &amp; Otra frase',
    )


def test_an_arabic_page_in_an_old_encoding(site, tmp_path):
    page = tmp_path / "page.txt"
    page.write_bytes((FIXTURES / "ar_ifriqya.txt").read_text(encoding="utf-8").encode("cp1256"))
    report = run_import(page, locale="ar", continent="002")
    assert report["encoding"]["name"] == "windows-1256"
    assert outcomes(report) == ["created"] * 10
    items = news("ar")
    assert items[0].title == "بلاغ : المغرب يفتح سفارة جديدة في رواندا"
    assert all(re.fullmatch(r"[a-z0-9-]+", item.slug) for item in items)
    assert [item["countries"] for item in report["news"]] == [["RW"], [], [], ["NG"], [], ["GN"], ["GQ"], [], [], []]
    # Countries that the small site has no page for are told.
    assert report["news"][1]["withoutPage"] == ["CD"]
    assert report["news"][3]["withoutPage"] == ["NE"]


def test_a_sloppy_page_with_a_duplicate(site):
    report = run_import("fr_europe_sloppy.txt", continent="150")
    assert outcomes(report) == [*["created"] * 5, "duplicate"]
    assert report["news"][5]["reason"] == "the same as line 19"
    assert report["news"][5]["pageId"] is None
    assert len(news("fr")) == 5
    assert report["warnings"] == ["Line 22 states a date that does not exist."]
    assert set(outcomes(run_import("fr_europe_sloppy.txt", continent="150"))) == {"unchanged", "duplicate"}


def test_an_item_in_two_continents_lists_belongs_to_both(site, tmp_path):
    item = "- Participation du Maroc à une session de l'ONU"
    pages = {}
    for code, name in (("002", "Afrique"), ("019", "Amérique")):
        pages[code] = tmp_path / f"{code}.txt"
        pages[code].write_text(f"{name}\nNos relations\n{'Mot ' * 40}.\n{item}\n- Visite en {name}\n", encoding="utf-8")
    assert outcomes(run_import(pages["002"], continent="002")) == ["created", "created"]
    assert outcomes(run_import(pages["019"], continent="019")) == ["updated", "created"]
    assert len(news("fr")) == 3
    shared = news("fr")[0]
    assert {link.continent.code for link in shared.continent_links.all()} == {"002", "019"}
    for code, page in pages.items():
        assert outcomes(run_import(page, continent=code)) == ["unchanged", "unchanged"]


def test_the_home_country_is_a_setting(site, settings):
    settings.DIWAN_HOME_COUNTRY = "MX"
    report = run_import("es_america.txt", locale="es", dry_run=True)
    assert report["news"][5]["countries"] == ["US"]
    # Somebody else's embassy in a third country says nothing about that country.
    assert report["news"][6]["countries"] == ["MA"]


def test_a_title_longer_than_its_field_is_kept_whole_in_the_summary(site, tmp_path):
    page = tmp_path / "page.txt"
    title = "Entretien avec " + "un ministre " * 30 + "du Mexique"
    page.write_text(f"Amérique\nNos relations\n{'Mot ' * 40}.\n- {title}\n", encoding="utf-8")
    run_import(page)
    item = news("fr")[0]
    assert (len(item.title) <= 255, item.title[-1], item.introduction) == (True, "…", title)
    assert len(item.slug) <= 80
    assert outcomes(run_import(page)) == ["unchanged"]


def test_an_item_that_gains_its_date_is_the_same_item(site, tmp_path):
    page = tmp_path / "page.txt"
    start = f"Amérique\nNos relations\n{'Mot ' * 40}.\n"
    page.write_text(f"{start}- Entretien à Mexico\n", encoding="utf-8")
    run_import(page)
    page.write_text(f"{start}- 12/03/2017 Entretien à Mexico\n", encoding="utf-8")
    assert outcomes(run_import(page)) == ["updated"]
    assert [item.date for item in news("fr")] == [datetime.date(2017, 3, 12)]
    assert outcomes(run_import(page)) == ["unchanged"]
    # Another date beside the same words is another item.
    page.write_text(f"{start}- 13/03/2017 Entretien à Mexico\n", encoding="utf-8")
    assert outcomes(run_import(page)) == ["created"]


def test_a_missing_continent_page_is_made(site, small):
    ContinentPage.objects.get(code="019", locale__language_code="es").delete()
    dry = run_import(small, locale="es", dry_run=True)
    assert (dry["continent"]["outcome"], dry["continent"]["pageId"]) == ("created", None)
    report = run_import(small, locale="es")
    page = continent()
    assert (report["continent"]["outcome"], report["continent"]["pageId"]) == ("created", page.pk)
    assert page.get_latest_revision_as_object().menu_label == "América"
    again = run_import(small, locale="es")
    assert {again["continent"]["outcome"], *outcomes(again)} == {"unchanged"}


def test_a_record_is_found_by_title_whatever_its_place(site, small):
    run_import(small, locale="es")
    *above, one, two, three = SMALL.splitlines()
    small.write_text("\n".join([*above, three, two, one]) + "\n", encoding="utf-8")
    assert outcomes(run_import(small, locale="es")) == ["unchanged"] * 3
    assert len(news()) == 3


def test_looking_at_unchanged_items_costs_as_many_statements_for_one_as_for_three(site, small):
    run_import(small, locale="es", publish=True, date=DAY)
    with Writes() as three:
        run_import(small, locale="es")
    small.write_text(SMALL.rsplit("\n", 3)[0] + "\n", encoding="utf-8")
    run_import(small, locale="es")  # remembers the new length of the list
    with Writes() as one:
        assert outcomes(run_import(small, locale="es")) == ["unchanged"]
    assert len(three) == len(one)


def test_keys_are_no_secret_of_the_importer():
    one = ListedNews(1, (1,), "Entretien")
    assert re.fullmatch(r"[0-9a-f]{64}", one.source_key)
    assert one.source_key == ListedNews(7, (9,), "ENTRETIEN !").source_key == one.undated_key


def test_the_command_line(site):
    for arguments, message in [
        (["x.txt", "--locale", "fr"], "--continent"),
        (["x.txt", "--locale", "fr", "--continent", "019", "--date", "30/06/2017"], "no day of the calendar"),
        (["x.txt", "--locale", "fr", "--continent", "019", "--date", "2017-02-30"], "no day of the calendar"),
        (["x.txt", "--locale", "fr", "--continent", "019", "--encoding", "ebcdic"], "invalid choice"),
    ]:
        with pytest.raises(CommandError, match=message):
            call_command("import_legacy_page", *arguments)
