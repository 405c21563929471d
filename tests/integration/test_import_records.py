"""Tables of missions, organisations, agreements and events go in and out by command."""

import csv
import datetime
import io

import pytest
from openpyxl import load_workbook
from wagtail.models import Locale, PageLogEntry
from wagtail_localize.models import StringTranslation
from wagtail_localize.operations import TranslationCreator

from home.models import SearchEntry
from missions.models import MissionPage, OrganisationPage, PersonPage
from relations.models import AgreementPage, EventPage
from tests.factories.records import record_make
from tests.factories.site import CONTINENTS, COUNTRIES, site_tree_make
from tests.tables import (
    AGREEMENT,
    EVENT,
    MISSION,
    ORGANISATION,
    csv_table,
    export_table,
    import_table,
    world_make,
    xlsx_table,
)

pytestmark = pytest.mark.django_db

CREATED = "Imported: 1 created, 0 changed, 0 unchanged"
UNCHANGED = "Imported: 0 created, 0 changed, 1 unchanged."


@pytest.fixture
def world(site):
    return world_make(site, MissionPage, OrganisationPage, EventPage, AgreementPage)


def test_opening_hours_in_the_spellings_of_the_forms(world, tmp_path):
    hours = "mon 9h30-12h, 14h-16.30; tue 9:00-12,30; passports wed 930-2 pm"
    assert import_table(tmp_path, csv_table({**MISSION, "opening_hours": hours})) == (
        f"{CREATED}; 1 page of another language written.",
        [],
    )
    mission = MissionPage.objects.get(locale_code="fr")
    assert [
        (row.service, row.weekday, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}") for row in mission.opening_hours.all()
    ] == [
        ("", 1, "09:30", "12:00"),
        ("", 1, "14:00", "16:30"),
        ("", 2, "09:00", "12:30"),
        ("passports", 3, "09:30", "14:00"),
    ]


def test_a_mission_is_made_in_each_language_that_the_table_has(world, tmp_path):
    assert import_table(tmp_path, csv_table(MISSION)) == (
        f"{CREATED}; 1 page of another language written.",
        [],
    )
    french, arabic = MissionPage.objects.order_by("-locale_code")
    assert [(page.locale_code, page.title, page.city, page.slug, page.live) for page in (french, arabic)] == [
        ("fr", "Ambassade à Mexico", "Mexico", "ambassade-a-mexico", True),
        ("ar", "السفارة بمكسيكو", "مكسيكو", "ambassade-a-mexico", True),
    ]
    assert arabic.translation_key == french.translation_key
    assert french.host_country == world.country["fr", "MX"]
    assert list(french.contacts.values_list("kind", "value")) == [
        ("phone", "+52 55 5000 0000"),
        ("email", "mexico@example.org"),
    ]
    assert french.opening_hours.count() == 11
    assert arabic.opening_hours.count() == arabic.contacts.count() == 0
    [service] = arabic.services.all()
    assert (service.conditions, service.translation_key) == (
        "بموعد.",
        french.services.get(kind="passports").translation_key,
    )
    assert list(french.accreditations.values_list("country__code", "starts_on")) == [
        ("BR", None),
        ("CU", datetime.date(2010, 5, 1)),
    ]
    assert SearchEntry.objects.filter(page__in=[french.pk, arabic.pk]).count() == 2
    assert [entry.action for entry in PageLogEntry.objects.filter(page=french.pk)] == ["wagtail.create"]
    assert MissionPage.objects.get(pk=french.pk).get_parent().numchild == 1


def test_a_second_run_changes_nothing(world, tmp_path):
    import_table(tmp_path, csv_table(MISSION))
    before = list(MissionPage.objects.values())
    assert import_table(tmp_path, csv_table(MISSION)) == (UNCHANGED, [])
    assert list(MissionPage.objects.values()) == before


def test_a_trial_writes_nothing(world, tmp_path):
    assert import_table(tmp_path, csv_table(MISSION), "--dry-run") == (
        "Nothing is wrong. An import would give: 1 created, 0 changed, 0 unchanged; "
        "1 page of another language written.",
        [],
    )
    assert not MissionPage.objects.exists()


def test_an_import_changes_the_columns_that_it_has_and_nothing_else(world, tmp_path):
    import_table(tmp_path, csv_table(MISSION))
    page = MissionPage.objects.get(locale_code="fr")
    kept = {name: list(getattr(page, name).values_list("pk", flat=True)) for name in ("services", "opening_hours")}
    phone, _email = page.contacts.values_list("pk", flat=True)
    change = {"key": "emb-mx", "city": "Mexico D.F.", "contacts": "phone:+52 55 5000 0000|fax:+52 55 5000 0001"}
    assert import_table(tmp_path, csv_table(change)) == ("Imported: 0 created, 1 changed, 0 unchanged.", [])
    page = MissionPage.objects.get(locale_code="fr")
    assert (page.city, page.title, page.latitude) == ("Mexico D.F.", "Ambassade à Mexico", 19.43)
    assert [row.value for row in page.contacts.all()] == ["+52 55 5000 0000", "+52 55 5000 0001"]
    assert page.contacts.first().pk == phone
    assert {name: list(getattr(page, name).values_list("pk", flat=True)) for name in kept} == kept
    revision = page.latest_revision
    assert revision == page.live_revision
    assert len(revision.content["opening_hours"]) == 11
    assert [row["value"] for row in revision.content["contacts"]] == ["+52 55 5000 0000", "+52 55 5000 0001"]


def test_an_empty_cell_leaves_and_a_hyphen_clears(world, tmp_path):
    import_table(tmp_path, csv_table(MISSION))
    row = {"key": "emb-mx", "city": "-", "latitude": "-", "longitude": "-", "title": "", "contacts": "-"}
    assert import_table(tmp_path, csv_table(row))[0] == "Imported: 0 created, 1 changed, 0 unchanged."
    page = MissionPage.objects.get(locale_code="fr")
    assert (page.city, page.latitude, page.title) == ("", None, "Ambassade à Mexico")
    assert page.contacts.count() == 0


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("kind", "row"),
    [("missions", MISSION), ("organisations", ORGANISATION), ("events", EVENT), ("agreements", AGREEMENT)],
)
def test_what_is_exported_is_imported_unchanged(world, tmp_path, kind, row, form):
    if kind != "organisations":
        import_table(tmp_path, csv_table(ORGANISATION), kind="organisations")
    assert import_table(tmp_path, csv_table(row), kind=kind)[0].startswith(CREATED)
    data = export_table(tmp_path, kind, form)
    assert import_table(tmp_path, data, kind=kind) == (UNCHANGED, [])
    if form == "csv":
        [exported] = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        shown = {name: value.removeprefix("'") for name, value in exported.items() if name in row}
        expected = {"host_country": "MX", "organisations": "un"}
        for name, sign in (("parties", "|"), ("participants", "; ")):
            expected[name] = row.get(name, "").replace(f"{sign}un", f"{sign}org:un")
        assert shown == {name: expected.get(name, value) if name in row else value for name, value in row.items()}


def test_formulas_are_not_exported_as_such_and_come_back_as_they_were(world, tmp_path):
    evil = {
        **MISSION,
        "title": "=cmd|' /C calc'!A1",
        "city": "+1",
        "address": "@SUM(1)",
        "district": "-",
        "title_ar": "",
    }
    record = {name: value for name, value in evil.items() if not name.endswith("_ar")}
    assert import_table(tmp_path, csv_table({**record, "district": "'-"}))[0].startswith(CREATED)
    page = MissionPage.objects.get()
    assert (page.title, page.city, page.address, page.district) == ("=cmd|' /C calc'!A1", "+1", "@SUM(1)", "-")
    for form in ("csv", "xlsx"):
        assert import_table(tmp_path, export_table(tmp_path, "missions", form)) == (UNCHANGED, [])
    [row] = csv.DictReader(io.StringIO(export_table(tmp_path, "missions").decode("utf-8-sig")))
    assert [row[name] for name in ("title", "city", "address", "district")] == [
        "'=cmd|' /C calc'!A1",
        "'+1",
        "'@SUM(1)",
        "'-",
    ]
    sheet = load_workbook(io.BytesIO(export_table(tmp_path, "missions", "xlsx"))).active
    types = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert types == {"s"}


def test_columns_are_known_by_their_labels_in_any_language_or_as_somebody_says(world, tmp_path):
    row = {
        "Stable key": "emb-mx",
        "Titre": "Ambassade",
        "Title (ar)": "السفارة",
        "Genre": "embassy",
        "Pays hôte": "المكسيك",
        "City - es": "",
        "Remarque": "x",
    }
    options = ("--map", "Genre=kind", "--map", "Pays hôte=host_country", "--map", "Remarque=")
    assert import_table(tmp_path, csv_table(row, delimiter=";"), *options) == (
        f"{CREATED}; 1 page of another language written.",
        [],
    )
    french, arabic = MissionPage.objects.order_by("-locale_code")
    assert (french.title, arabic.title, french.host_country.code, french.kind) == (
        "Ambassade",
        "السفارة",
        "MX",
        "embassy",
    )


def test_dates_of_a_workbook_and_dates_that_are_known_in_part(world, tmp_path):
    header = ("key", "title", "kind", "starts_on", "ends_on", "countries", "number")
    data = xlsx_table(
        header,
        ("e1", "Un", "summit", datetime.date(2005, 5, 10), "2005-05", "BR", 3),
        ("e2", "Deux", "summit", 2005, None, "MX|BR", None),
    )
    assert import_table(tmp_path, data, kind="events")[0] == "Imported: 2 created, 0 changed, 0 unchanged."
    fields = ("starts_on", "starts_precision", "ends_on", "ends_precision", "number")
    assert list(EventPage.objects.order_by("record_key").values_list(*fields)) == [
        (datetime.date(2005, 5, 10), "day", datetime.date(2005, 5, 1), "month", 3),
        (datetime.date(2005, 1, 1), "year", None, "day", None),
    ]


def test_participants_keep_their_translations_when_others_leave_and_when_a_name_is_corrected(world, tmp_path):
    row = {
        **EVENT,
        "organisations": "",
        "participants": "Un; Ministre|Deux; Ministre|Trois; Ministre",
        "participants_ar": "واحد|اثنان|ثلاثة",
    }
    assert import_table(tmp_path, csv_table(row), kind="events")[1] == []
    change = {"key": "visit-2004", "participants": "Trois; Ministre|Deux, corrigé; Ministre"}
    assert import_table(tmp_path, csv_table(change), kind="events")[1] == []
    french, arabic = EventPage.objects.order_by("-locale_code")
    names = dict(arabic.participants.values_list("translation_key", "name"))
    assert [(each.name, names.get(each.translation_key)) for each in french.participants.all()] == [
        ("Trois", "ثلاثة"),
        ("Deux, corrigé", "اثنان"),
    ]


def test_instruments_of_one_table_name_each_other(world, tmp_path):
    import_table(tmp_path, csv_table(ORGANISATION), kind="organisations")
    first = {**AGREEMENT, "links": "amends; acc-2"}
    second = {**AGREEMENT, "key": "acc-2", "links": ""}
    assert import_table(tmp_path, csv_table(first, second), kind="agreements")[0] == (
        "Imported: 2 created, 0 changed, 0 unchanged."
    )
    [link] = AgreementPage.objects.get(record_key="acc-1").links.all()
    assert (link.kind, link.agreement.record_key) == ("amends", "acc-2")
    cyclic = {"key": "acc-2", "links": "amends; acc-1"}
    conclusion, [problem] = import_table(tmp_path, csv_table(cyclic), kind="agreements")
    assert conclusion == "1 problem: nothing was imported."
    assert problem == (
        "line 2, column “links”: That instrument does the same to this one, by itself or through others."
    )


def test_people_are_named_by_their_key(world, tmp_path, site):
    record_make(PersonPage, home=site.home["fr"], title="Amina Alaoui", record_key="alaoui")
    row = {**MISSION, "appointments": "ambassador; @alaoui; 2020-01-01..; 2020-02-01; 2020-03-01"}
    assert import_table(tmp_path, csv_table(row))[0].startswith(CREATED)
    [appointment] = MissionPage.objects.get(locale_code="fr").appointments.all()
    assert (appointment.person.title, appointment.credentials_on) == ("Amina Alaoui", datetime.date(2020, 3, 1))
    assert import_table(tmp_path, export_table(tmp_path, "missions")) == (UNCHANGED, [])


def test_the_translation_editor_holds_what_was_imported(world, tmp_path, admin_user):
    french = {name: value for name, value in MISSION.items() if not name.endswith("_ar")}
    import_table(tmp_path, csv_table(french))
    page = MissionPage.objects.get()
    arabic = Locale.objects.get(language_code="ar")
    TranslationCreator(user=admin_user, target_locales=[arabic]).create_translations(page)
    translated = MissionPage.objects.get(locale=arabic)
    translated.save_revision().publish()
    MissionPage.objects.filter(pk=translated.pk).update(live=True, has_unpublished_changes=False)
    row = {"key": "emb-mx", "title_ar": "السفارة", "city_ar": "مكسيكو"}
    assert import_table(tmp_path, csv_table(row), "--over-drafts")[0].startswith("Imported: 0 created, 1 changed")
    assert MissionPage.objects.get(locale=arabic).title == "السفارة"
    held = StringTranslation.objects.filter(locale=arabic, context__path__in=["title", "city"])
    assert sorted(held.values_list("context__path", "data")) == [("city", "مكسيكو"), ("title", "السفارة")]


def test_a_key_that_was_given_up_is_free_in_every_language(world, tmp_path):
    import_table(tmp_path, csv_table(MISSION))
    page = MissionPage.objects.get(locale_code="fr")
    page.record_key = "emb-mexico"
    page.save_revision().publish()
    assert set(MissionPage.objects.values_list("record_key", flat=True)) == {"emb-mexico"}
    # As it was before translations followed; they are brought up to date when the key is wanted.
    MissionPage.objects.filter(locale_code="ar").update(record_key="emb-mx")
    new = {**MISSION, "title": "Autre ambassade", "title_ar": "سفارة أخرى"}
    assert import_table(tmp_path, csv_table(new))[1] == []
    assert sorted(MissionPage.objects.values_list("locale_code", "record_key")) == [
        ("ar", "emb-mexico"),
        ("ar", "emb-mx"),
        ("fr", "emb-mexico"),
        ("fr", "emb-mx"),
    ]


def test_keys_are_exchanged_though_translations_repeat_them(world, tmp_path):
    import_table(tmp_path, csv_table(MISSION, {**MISSION, "key": "b", "title": "B", "title_ar": "ب"}))
    first, second = MissionPage.objects.filter(locale_code="fr").order_by("pk")
    for page, key in ((first, "c"), (second, "emb-mx"), (first, "b")):
        page.refresh_from_db()
        page.record_key = key
        page.save_revision().publish()
    arabic = MissionPage.objects.filter(locale_code="ar").order_by("pk")
    assert list(arabic.values_list("record_key", flat=True)) == ["b", "emb-mx"]
    # An old version of a translation does not bring its old key back.
    page = arabic.first()
    page.record_key = "emb-mx"
    page.save_revision().publish()
    assert list(arabic.values_list("record_key", flat=True)) == ["b", "emb-mx"]


def test_organisations_whose_keys_and_acronyms_are_codes_of_countries(db, tmp_path):
    """AU and PA are organisations, and Australia and Panama; UA is an acronym, and Ukraine."""
    tree = site_tree_make(continents=(*CONTINENTS, "009", "150"), countries=(*COUNTRIES, "AU", "PA", "UA"))
    world_make(tree, MissionPage, OrganisationPage, EventPage, AgreementPage)
    names = (("AU", "Union africaine", "UA"), ("PA", "Parlement africain", ""))
    rows = [{**ORGANISATION, "key": key, "title": title, "acronym": sign} for key, title, sign in names]
    for row in rows:
        row.pop("members")
        row.pop("title_ar")
    assert import_table(tmp_path, csv_table(*rows), kind="organisations")[1] == []
    mission = {
        **MISSION,
        "accreditations": "org:AU@..2010-12-31|country:PA|country:au@2010-05-01..|ORG: UA@2011-01-01..|BR",
    }
    event = {
        **EVENT,
        "organisations": "AU",
        "participants": "Un; Ministre; org:pa|Deux; ; country:UA",
        "participants_ar": "",
    }
    tables = (
        ("missions", MissionPage, mission, "accreditations"),
        ("agreements", AgreementPage, {**AGREEMENT, "parties": "org:AU|country:AU|org:PA"}, "parties"),
        ("events", EventPage, event, "participants"),
    )
    for kind, model, row, relation in tables:
        assert import_table(tmp_path, csv_table(row), kind=kind)[1] == []
        page = model.objects.get(locale_code="fr")
        before = list(getattr(page, relation).values_list("country__code", "organisation__record_key"))
        for form in ("csv", "xlsx"):
            assert import_table(tmp_path, export_table(tmp_path, kind, form), kind=kind) == (UNCHANGED, [])
        assert list(getattr(page, relation).values_list("country__code", "organisation__record_key")) == before
    assert before == [(None, "PA"), ("UA", None)]
    [told] = csv.DictReader(io.StringIO(export_table(tmp_path, "missions").decode("utf-8-sig")))
    assert told["accreditations"] == "org:AU@..2010-12-31|country:PA|country:AU@2010-05-01..|org:AU@2011-01-01..|BR"
    [told] = csv.DictReader(io.StringIO(export_table(tmp_path, "events").decode("utf-8-sig")))
    assert told["participants"] == "Un; Ministre; org:PA|Deux; ; country:UA"
    for name in ("AU", "ua"):
        assert import_table(tmp_path, csv_table({"key": "emb-mx", "accreditations": f"BR|{name}"}))[1] == [
            f"line 2, column “accreditations”: “{name}” is a country and an organisation: "
            f"write country:{name} or org:{name}."
        ]


def test_an_export_holds_what_is_published_and_nothing_else(world, tmp_path, site):
    import_table(tmp_path, csv_table(MISSION, {**MISSION, "key": "emb-2", "title": "Ambassade retirée"}))
    record_make(MissionPage, home=site.home["fr"], title="Jamais publiée", record_key="emb-3", live=False)
    MissionPage.objects.get(record_key="emb-2", locale_code="fr").unpublish()
    MissionPage.objects.get(record_key="emb-mx", locale_code="ar").unpublish()
    draft = MissionPage.objects.get(record_key="emb-mx", locale_code="fr")
    draft.title = "Brouillon"
    draft.save_revision()
    rows = list(csv.DictReader(io.StringIO(export_table(tmp_path, "missions").decode("utf-8-sig"))))
    assert [(row["key"], row["title"], row["title_ar"], row["services_ar"]) for row in rows] == [
        ("emb-mx", "Ambassade à Mexico", "", "")
    ]
