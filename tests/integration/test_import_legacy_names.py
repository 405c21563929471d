"""Organisations and events that an old page names: linked, made on request, kept as editors left them."""

import datetime
import html
import re
from pathlib import Path

import pytest
from wagtail.models import Page

from missions.models import OrganisationPage
from regions.legacy.events import event_rules, events_named
from regions.legacy.words import word_places, words_of
from regions.models import ContinentPage, CountryPage, ImportRecord, NewsPage
from relations.models import EventCountryLink, EventPage
from relations.models.choices import EventKind, VisitDirection
from tests.factories import SiteTree, site_tree_make
from tests.factories.records import index_get, record_make
from tests.importing import run_import, run_import_text, snapshot

pytestmark = [pytest.mark.once, pytest.mark.django_db]

FILE = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "000_879b9f51e3c221ce.txt"
DAY = datetime.date(2017, 6, 30)
COUNTRIES = ("MA", "AG", "AR", "BR", "CL", "CU", "DM", "ES", "GT", "HT", "JM", "LC", "MX", "PA", "PE", "US", "VE")
# By key: the paragraphs and the news of the real page that speak of it.
NAMED = {
    "tournee-royale-2004": ([3], []),
    "sommet-aspa-brasilia-2005": ([7], []),
    "accord-aec-panama-1999": ([13], []),
    "haiti-operation-2004": ([13], []),
    "bresil-consultations-2017": ([], [9]),
    "cuba-relations-2017": ([], [13]),
    "jamaique-reconnaissance-2016": ([], [19]),
}
SMALL = """\
Menus :
    América
Marruecos y los países de América

A finales de 2004 el Rey Mohammed VI viajó por cinco países de la región y de la CARICOM.

  Restablecimiento de las relaciones con Cuba
  Reunión en la OEA
"""


@pytest.fixture
def page() -> Path:
    if not FILE.is_file():
        pytest.skip("the real page is not beside this checkout (../shared/seeds)")
    return FILE


@pytest.fixture
def site(db: None) -> SiteTree:
    site = site_tree_make(continents=("019", "002", "150"), countries=COUNTRIES)
    index_get(EventPage, home=site.home["fr"])
    return site


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "america.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def organisations(site: SiteTree) -> dict[str, OrganisationPage]:
    """One found by its key, one by its acronym, one by its name."""
    home = site.home["fr"]
    return {
        "UN": record_make(OrganisationPage, home=home, title="Nations", record_key="un", slug="x", kind="universal"),
        "ACS": record_make(OrganisationPage, home=home, title="Caraïbe", acronym="A.E.C.", kind="sub_regional"),
        "CARICOM": record_make(OrganisationPage, home=home, title="Communauté des Caraïbes", kind="sub_regional"),
        "OAS": record_make(OrganisationPage, home=home, title="Amérique", record_key="OAS", kind="regional"),
    }


def cuba_make(site: SiteTree, **fields: object) -> EventPage:
    cuba = CountryPage.objects.get(code="CU", locale_code="fr")
    values = {
        "title": "Cuba",
        "kind": "relations_restored",
        "starts_on": datetime.date(2017, 4, 1),
        "starts_precision": "month",
        **fields,
    }
    links = [EventCountryLink(country=cuba)]
    made: EventPage = record_make(EventPage, home=site.home["fr"], rows={"country_links": links}, **values)
    return made


def links_of(continent: ContinentPage) -> list[tuple[str, str]]:
    """(title of the page, words) of each link in the text."""
    source = continent.body[0].value.source
    found = re.findall(r'<a linktype="page" id="(\d+)">(.*?)</a>', source)
    return [(Page.objects.get(pk=pk).title, html.unescape(words)) for pk, words in found]


def events(report: dict) -> dict[str, str]:
    return {event["key"]: event["outcome"] for event in report["events"]}


def test_the_real_page_names_seven_events_and_four_organisations(page, site):
    before = snapshot()
    report = run_import(page, dry_run=True)
    assert {event["key"]: (event["paragraphs"], event["news"]) for event in report["events"]} == NAMED
    assert set(events(report).values()) == {"no record"}
    codes = [organisation["code"] for organisation in report["organisations"]]
    assert sorted(codes) == ["ACS", "ASPA", "CARICOM", "OACPS", "UN"]
    assert {organisation["pageId"] for organisation in report["organisations"]} == {None}
    text = run_import_text(page, locale="fr", continent="019", dry_run=True)
    assert "Event      haiti-operation-2004, paragraph 13: no record" in text.splitlines()
    assert "CARICOM (no page yet)" in text
    assert snapshot() == before


def test_the_real_page_is_linked_to_what_it_names(page, site, organisations):
    told = run_import(page, dry_run=True, create_events=True)
    assert not EventPage.objects.exists()
    report = run_import(page, publish=True, date=DAY, create_events=True)
    assert events(told) == events(report) == dict.fromkeys(NAMED, "created")

    continent = ContinentPage.objects.get(code="019", locale__language_code="fr")
    titles = {rule.key: dict(rule.titles)["fr"] for rule in event_rules()}
    assert [title for title, _words in links_of(continent)] == [
        titles["tournee-royale-2004"],
        titles["sommet-aspa-brasilia-2005"],
        "Nations",
        titles["accord-aec-panama-1999"],
        "Caraïbe",
        titles["haiti-operation-2004"],
        "Communauté des Caraïbes",
    ]
    assert [words for _title, words in links_of(continent)][2:5:2] == ["ONU", "AEC"]

    made = {event.record_key: event for event in EventPage.objects.filter(locale_code="fr")}
    assert set(made) == set(NAMED)
    assert all(event.live and not event.has_unpublished_changes for event in made.values())
    tour = made["tournee-royale-2004"]
    tour.full_clean()
    assert (tour.kind, tour.direction, tour.starts_on, tour.starts_precision, tour.ends_on) == (
        "visit",
        "outgoing",
        datetime.date(2004, 11, 1),
        "month",
        datetime.date(2004, 12, 1),
    )
    assert [link.country.code for link in tour.country_links.all()] == ["MX", "BR", "PE", "CL", "AR"]
    haiti = made["haiti-operation-2004"]
    assert [link.organisation for link in haiti.organisation_links.all()] == [organisations["UN"]]
    news = list(NewsPage.objects.order_by("path"))
    assert {key: [news.index(link.news) + 1 for link in event.news_links.all()] for key, event in made.items()} == {
        key: numbers for key, (_paragraphs, numbers) in NAMED.items()
    }
    assert [news.index(link.page) + 1 for link in organisations["UN"].news_links.all()] == [7]

    before = snapshot()
    again = run_import(page, publish=True, date=DAY, create_events=True)
    assert set(events(again).values()) == {"unchanged"}
    assert again["continent"]["outcome"] == "unchanged"
    assert {item["outcome"] for item in again["news"]} == {"unchanged"}
    assert snapshot() == before


def test_drafts_stay_drafts_until_they_are_published(small, site):
    run_import(small, locale="es", create_events=True)
    cuba = EventPage.objects.get(record_key="cuba-relations-2017")
    assert (cuba.live, cuba.locale_code, cuba.title) == (
        False,
        "fr",
        "Relations diplomatiques rétablies avec Cuba",
    )
    report = run_import(small, locale="es", create_events=True)
    assert events(report) == {"tournee-royale-2004": "unchanged", "cuba-relations-2017": "unchanged"}
    report = run_import(small, locale="es", publish=True, date=DAY)
    assert events(report) == {"tournee-royale-2004": "published", "cuba-relations-2017": "published"}
    cuba.refresh_from_db()
    assert cuba.live
    assert [link.news.title for link in cuba.news_links.all()] == ["Restablecimiento de las relaciones con Cuba"]


def test_a_record_is_found_by_kind_time_and_country_and_linked(small, site):
    cuba = cuba_make(site)
    report = run_import(small, locale="es", publish=True, date=DAY)
    assert events(report) == {"tournee-royale-2004": "no record", "cuba-relations-2017": "updated"}
    cuba = EventPage.objects.get(pk=cuba.pk)
    assert [link.news.locale_code for link in cuba.news_links.all()] == ["es"]
    assert cuba.get_latest_revision_as_object().news_links.count() == 1
    assert (cuba.title, cuba.has_unpublished_changes) == ("Cuba", False)
    # An editor takes the item off again: it stays off.
    edited = cuba.get_latest_revision_as_object()
    edited.news_links = []
    edited.save_revision().publish()
    before = snapshot()
    assert events(run_import(small, locale="es", publish=True, date=DAY))["cuba-relations-2017"] == "unchanged"
    assert snapshot() == before


def test_of_two_records_that_fit_none_is_taken(small, site):
    cuba_make(site)
    cuba_make(site, title="Cuba encore", starts_on=datetime.date(2017, 1, 1), starts_precision="year")
    report = run_import(small, locale="es", dry_run=True)
    assert events(report)["cuba-relations-2017"] == "no record"


def test_what_editors_do_with_a_record_is_respected(small, site, django_user_model):
    cuba = cuba_make(site)
    editor = django_user_model.objects.create_superuser("chief")
    draft = cuba.get_latest_revision_as_object()
    draft.title = "Cuba, titre en cours"
    draft.save_revision(user=editor)
    before = snapshot()["pages"]
    report = run_import(small, locale="es", publish=True, date=DAY)
    [event] = [event for event in report["events"] if event["key"] == "cuba-relations-2017"]
    assert (event["outcome"], event["reason"]) == ("kept", "a draft of an editor waits on the record")
    assert [row for row in snapshot()["pages"] if row[0] == cuba.pk] == [row for row in before if row[0] == cuba.pk]

    EventPage.objects.get(pk=cuba.pk).get_latest_revision().publish()
    EventPage.objects.get(pk=cuba.pk).unpublish()
    [event] = [e for e in run_import(small, locale="es", dry_run=True)["events"] if e["key"] == "cuba-relations-2017"]
    assert (event["outcome"], event["reason"]) == ("kept", "an editor unpublished the record")


def test_a_record_that_an_editor_deleted_comes_back_on_request_only(small, site):
    run_import(small, locale="es", create_events=True)
    EventPage.objects.get(record_key="tournee-royale-2004").delete()
    assert ImportRecord.objects.get(kind="event", source_key="tournee-royale-2004").page is None
    report = run_import(small, locale="es", create_events=True)
    assert events(report)["tournee-royale-2004"] == "kept"
    report = run_import(small, locale="es", create_events=True, recreate_deleted=True)
    assert events(report)["tournee-royale-2004"] == "created"
    assert EventPage.objects.filter(record_key="tournee-royale-2004").count() == 1


def test_an_organisation_that_gains_its_page_is_linked_by_the_next_import(small, site, request):
    run_import(small, locale="es", publish=True, date=DAY)
    assert links_of(ContinentPage.objects.get(code="019", locale__language_code="es")) == []
    pages = request.getfixturevalue("organisations")
    report = run_import(small, locale="es", publish=True, date=DAY)
    assert [item["outcome"] for item in report["news"]] == ["unchanged", "updated"]
    assert report["news"][1]["organisationsLinked"] == ["OAS"]
    assert links_of(ContinentPage.objects.get(code="019", locale__language_code="es")) == [
        ("Communauté des Caraïbes", "CARICOM")
    ]
    assert [link.page.title for link in pages["OAS"].news_links.all()] == ["Reunión en la OEA"]


@pytest.mark.once
def test_a_date_of_another_time_is_another_event():
    title = "Consultations politiques avec le Brésil"
    assert [named.rule.key for named in events_named(title, language="fr")] == ["bresil-consultations-2017"]
    assert events_named(title, language="fr", date=datetime.date(2009, 5, 1)) == ()


@pytest.mark.once
def test_rules_are_valid_and_known_in_three_languages():
    from regions.legacy.data_files import events as entries
    from regions.legacy.data_files import organisations as known

    codes = {organisation["code"] for organisation in known()}
    for rule, entry in zip(event_rules(), entries(), strict=True):
        assert rule.kind in EventKind.values
        assert rule.direction in ("", *VisitDirection.values)
        assert set(rule.organisations) <= codes
        assert rule.first_day <= rule.last_day
        assert set(dict(rule.titles)) == {"fr", "ar", "es"}
        for language in ("fr", "ar", "es"):
            for phrases in entry[language]:
                sentence = " … ".join(phrase.replace("*", "") for phrase in phrases)
                assert rule in [named.rule for named in events_named(sentence, language=language)], phrases


@pytest.mark.once
def test_places_of_words_are_those_of_the_text_itself():
    for text in ("L’œuvre de l’O.N.U. à Haïti", "الأُمَم المتحدة ١٩٩٩", "Cafe\u0301 d’Asunción — ſt"):
        words, places = words_of(text), word_places(text)
        assert len(words) == len(places)
        assert [words_of(text[start:end])[0].folded for start, end in places] == [word.folded for word in words]
