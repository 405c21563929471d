"""The demonstration shows each kind of mission, organisation, event, agreement and advice, in three languages."""

import datetime
from collections import Counter
from typing import Any

import pytest
from modelcluster.models import get_all_child_relations

from home.models import CustomDocument, NavigationMenu, RecordPage
from home.models.dates import DatePrecision
from missions.models import (
    MissionAccreditation,
    MissionContact,
    MissionPage,
    MissionStatusChange,
    OrganisationPage,
    PersonPage,
)
from missions.models.choices import MissionDirection, MissionKind, MissionStatus
from regions.legacy.events import event_rules
from regions.models import ContinentPage, CountryPage, NewsPage
from relations.models import AgreementLink, AgreementPage, AgreementStage, EventPage
from relations.models.choices import AgreementLinkKind, AgreementStageKind, EventKind, VisitDirection
from tests.asking import ask
from tests.factories.demo import demo_make
from travel.models import TravelAdvicePage

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.xdist_group("demo")]

COUNTS: dict[type[RecordPage], dict[str, int]] = {
    MissionPage: {"fr": 56, "ar": 31, "es": 30},
    OrganisationPage: {"fr": 16, "ar": 10, "es": 10},
    PersonPage: {"fr": 14, "ar": 8, "es": 6},
    EventPage: {"fr": 29, "ar": 18, "es": 19},
    AgreementPage: {"fr": 14, "ar": 7, "es": 7},
    TravelAdvicePage: {"fr": 6, "ar": 3, "es": 2},
}


@pytest.fixture(autouse=True)
def _demo(db: None) -> None:
    demo_make()


def test_so_many_records_stand_in_each_language():
    assert {model: dict(Counter(model.objects.live().values_list("locale_code", flat=True))) for model in COUNTS} == (
        COUNTS
    )
    assert sum(sum(counts.values()) for counts in COUNTS.values()) + 18 == 304
    assert not any(model.objects.filter(live=False).exists() for model in COUNTS)


@pytest.mark.parametrize("model", list(COUNTS))
def test_each_record_is_what_an_editor_could_have_written(model):
    relations = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    for page in model.objects.select_related("locale"):
        page.full_clean()
        page.body.stream_block.clean(page.body)
        revised = page.get_latest_revision_as_object()
        for name in relations:
            rows = list(getattr(page, name).all())
            assert [row.pk for row in getattr(revised, name).all()] == [row.pk for row in rows], (page.slug, name)
            for row in rows:
                row.full_clean()
        # Facts stand once, on the page of the source language.
        if not page.is_source:
            assert [name for name in model.fact_relations if getattr(page, name).exists()] == []
            source = model.objects.get(translation_key=page.translation_key, locale_code="fr")
            assert {name: getattr(page, name) for name in model.fact_fields} == {
                name: getattr(source, name) for name in model.fact_fields
            }


def test_each_kind_is_shown():
    missions = MissionPage.objects.filter(locale_code="fr")
    assert set(missions.values_list("kind", flat=True)) == set(MissionKind.values)
    assert set(missions.values_list("status", flat=True)) == set(MissionStatus.values)
    assert missions.filter(status="suspended", status_until__isnull=False).count() == 1
    assert set(MissionStatusChange.objects.values_list("precision", flat=True)) == set(DatePrecision.values)
    assert Counter(missions.values_list("direction", flat=True)) == {
        MissionDirection.ABROAD: 32,
        MissionDirection.HERE: 24,
    }
    events = EventPage.objects.filter(locale_code="fr")
    assert set(events.values_list("kind", flat=True)) == set(EventKind.values)
    assert set(events.values_list("starts_precision", flat=True)) == set(DatePrecision.values)
    assert set(events.values_list("direction", flat=True)) == {"", *VisitDirection.values}
    assert set(AgreementStage.objects.values_list("kind", flat=True)) == set(AgreementStageKind.values)
    assert set(AgreementLink.objects.values_list("kind", flat=True)) == set(AgreementLinkKind.values)
    assert set(TravelAdvicePage.objects.values_list("level", flat=True)) == {1, 2, 4}
    advice = TravelAdvicePage.objects.get(locale_code="ar", country__code="MX")
    assert [area.level for area in advice.areas.all()] == [3, 3]
    assert [change.note for change in advice.changes.order_by("published_at")][:3] == [
        "أول نشر (مثال).",
        "تعزيز اليقظة (مثال).",
        "تصحيح عنوان (مثال).",
    ]


def test_the_record_of_america_is_what_the_old_page_states():
    """Each event that the importer recognises has its record, on the dates and with the countries that it knows."""
    for rule in event_rules():
        event = EventPage.objects.get(record_key=rule.key, locale_code="fr")
        assert (event.kind, event.direction, event.number) == (rule.kind, rule.direction, rule.number), rule.key
        assert (event.starts_on, event.title) == (rule.first_day, dict(rule.titles)["fr"])
        assert {link.country.code for link in event.country_links.all()} == set(rule.countries)
        assert {link.organisation.record_key for link in event.organisation_links.all()} == set(rule.organisations)
    path = EventPage.objects.get(record_key="jamaique-reconnaissance-2016", locale_code="es").get_url()
    data = ask(f'{{ route(path: "{path}") {{ ... on Event {{ title locale isFallback }} }} }}')
    assert data["route"] == {
        "title": "Retirada del reconocimiento por Jamaica",
        "locale": "ES",
        "isFallback": False,
    }


def test_a_timeline_that_editors_wrote_repeats_no_record():
    """The record of a country or continent is one list; a block of dates says what no record does."""
    recorded = {
        *EventPage.objects.values_list("starts_on", "starts_precision"),
        *AgreementStage.objects.values_list("date", "precision"),
    }
    written = [
        (page.locale_code, page.code, event["value"])
        for model in (CountryPage, ContinentPage)
        for page in model.objects.order_by("locale_code")
        for block in page.body.raw_data
        if block["type"] == "timeline"
        for event in block["value"]["events"]
    ]
    assert [(code, country) for code, country, event in written] == [
        (code, "MX") for code in ("ar", "es", "fr") for _ in range(4)
    ]
    days = {(datetime.date.fromisoformat(event["date"]), event["precision"]) for _code, _country, event in written}
    assert len(days) == 4
    assert days.isdisjoint(recorded)


# Of America's record, what each language tells itself.
TOLD = {
    "FR": {
        "1777-12-20",
        "1786-06-28",
        "1821-01-01",
        "1959-12-10",
        "1960-01-01",
        "1962-10-31",
        "1980-04-22",
        "1999-01-01",
        "2004-11-01",
        "2005-05-10",
        "2014-02-10",
        "2016-09-14",
        "2017-04-21",
    }
}
TOLD["AR"] = TOLD["FR"]
TOLD["ES"] = TOLD["FR"] - {"1821-01-01"}


@pytest.mark.parametrize("locale", TOLD)
def test_the_record_of_america_is_one_list_in_each_language(locale):
    query = f"""{{ continent(code: "019", locale: {locale}) {{ timeline(first: 100) {{ pageInfo {{ hasNextPage }}
        nodes {{ date event {{ isFallback }} agreement {{ isFallback }} }} }} }} }}"""
    timeline = ask(query)["continent"]["timeline"]
    assert timeline["pageInfo"]["hasNextPage"] is False
    told = {node["date"] for node in timeline["nodes"] if node["event"] and not node["event"]["isFallback"]}
    assert told >= TOLD[locale]


def test_what_is_not_invented_names_where_it_can_be_read():
    assert [event.slug for event in EventPage.objects.filter(locale_code="fr") if not event.sources.exists()] == []
    for agreement in AgreementPage.objects.exclude(record_key__startswith="exemple-"):
        words = {"fr": "Source\N{NO-BREAK SPACE}: ", "ar": "المصدر: ", "es": "Fuente: "}[agreement.locale_code]
        assert agreement.body[0].value.source.startswith(f"<p>{words}"), agreement.slug
    # The day on which a country and ours took up relations stands only where a source has the day.
    days = CountryPage.objects.filter(locale_code="fr").exclude(relations_since=None)
    assert list(days.values_list("code", "relations_since")) == [("MX", datetime.date(1962, 10, 31))]


def test_what_is_invented_says_so():
    numbers = MissionContact.objects.filter(kind__in=["phone", "fax"]).values_list("value", flat=True)
    assert {number[:12] for number in numbers} == {"+212 500 00 "}
    rest = MissionContact.objects.exclude(kind__in=["phone", "fax"]).values_list("value", flat=True)
    assert [value for value in rest if "example" not in value] == []
    words = {"fr": "exemple", "ar": "أمثلة", "es": "ejemplo"}
    for page in MissionPage.objects.all():
        assert words[page.locale_code] in str(page.body.raw_data), page.slug
    for address in MissionPage.objects.exclude(address="").values_list("address", flat=True):
        assert address.rpartition("(")[2] in ("ejemplo)", "exemplo)", "example)")
    for document in CustomDocument.objects.filter(file__contains="exemple"):
        assert document.title.endswith("(exemple)")
    sample_people = PersonPage.objects.filter(locale_code="fr", offices__isnull=True).exclude(slug="omar-hilale")
    assert all(person.title.endswith("(exemple)") for person in sample_people)


def test_news_name_people_and_organisations_and_so_does_their_history():
    news = NewsPage.objects.get(slug="sommet-brasilia-2005", locale_code="ar")
    assert [link.person.title for link in news.person_links.all()] == ["Luiz Inácio Lula da Silva"]
    assert [link.organisation.record_key for link in news.organisation_links.all()] == ["ASPA", "LAS"]
    revised = news.get_latest_revision_as_object()
    assert [link.pk for link in revised.organisation_links.all()] == [link.pk for link in news.organisation_links.all()]


def test_menus_lead_to_the_new_lists():
    for code, expected in {
        "fr": ["Missions diplomatiques et consulaires", "Registre des accords", "Conseils aux voyageurs"],
        "ar": ["البعثات الدبلوماسية والقنصلية", "سجل الاتفاقات", "نصائح للمسافرين"],
        "es": ["Misiones diplomáticas y consulares", "Registro de acuerdos", "Consejos a los viajeros"],
    }.items():
        menu: Any = NavigationMenu.objects.get(location="header", locale__language_code=code)
        titles = [entry.value["page"].title for entry in menu.items]
        assert titles[2:5] == expected
        below = [[child["page"].title for child in entry.value["children"]] for entry in menu.items][2:4]
        assert [len(children) for children in below] == [2, 1]


def test_accreditations_are_data():
    castries = MissionPage.objects.get(slug="ambassade-castries", locale_code="fr")
    rows = MissionAccreditation.objects.filter(page=castries)
    assert [row.country.code if row.country else row.organisation.record_key for row in rows] == [
        "AG",
        "DM",
        "GD",
        "KN",
        "VC",
        "CARICOM",
    ]
    mexico = MissionPage.objects.get(slug="ambassade-mexico", locale_code="fr")
    head = mexico.appointments.first()
    assert (head.post, head.credentials_on) == ("ambassador", datetime.date(2026, 2, 20))
