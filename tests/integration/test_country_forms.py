"""Names of countries as sentences need them: seeded, edited, filled in on older sites, answered and kept apart."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from regions.models import CountryPage
from tests.asking import ask
from tests.budgets.counting import statements
from tests.factories.site import SiteTree
from tests.factories.small_site import user_make
from tests.integration.servers import environment, run
from tests.integration.translating import client_for, desk_open, editor_make

FORMS = ("nominative", "in_country", "demonym", "adjective")
EMPTY = dict.fromkeys(FORMS, "")
MEXICO = {
    "fr": ("le Mexique", "au Mexique", "Mexicain, Mexicaine", "mexicain, mexicaine"),
    "ar": ("المكسيك", "في المكسيك", "مكسيكي، مكسيكية", "مكسيكي، مكسيكية"),
    "es": ("México", "en México", "mexicano, mexicana", "mexicano, mexicana"),
}


def forms_of(code: str, locale: str) -> tuple[str, ...]:
    found: tuple[str, ...] = CountryPage.objects.filter(code=code, locale_code=locale).values_list(*FORMS).get()
    return found


def asked(locale: str, code: str = "MX", **variables: Any) -> dict[str, Any]:
    query = """query ($code: String!, $locale: LocaleCode, $fallback: [LocaleCode!]) {
      country(code: $code, locale: $locale, fallback: $fallback) {
        nominative inCountry demonym adjective fallbackFields } }"""
    found: dict[str, Any] = ask(query, {"code": code, "locale": locale, **variables})["country"]
    return found


def filled(capsys: pytest.CaptureFixture[str], **options: Any) -> list[str]:
    call_command("fill_country_forms", **options)
    return capsys.readouterr().out.splitlines()


@pytest.mark.django_db
def test_new_pages_have_the_forms_of_their_language(site_tree: SiteTree) -> None:
    assert {locale: forms_of("MX", locale) for locale in MEXICO} == MEXICO
    assert forms_of("JM", "ar") == ("جامايكا", "في جامايكا", "جامايكي، جامايكية", "جامايكي، جامايكية")


@pytest.mark.django_db
def test_a_country_that_an_editor_adds_is_mirrored_with_its_forms(site_tree: SiteTree) -> None:
    parent = site_tree.continent["fr", "019"]
    page = CountryPage(locale=parent.locale, live=False, title="Chili", slug="chili", code="CL", alpha3="CHL")
    parent.add_child(instance=page)
    page.save_revision().publish()
    assert forms_of("CL", "fr") == ("", "", "", "")
    assert forms_of("CL", "es") == ("Chile", "en Chile", "chileno, chilena", "chileno, chilena")
    assert forms_of("CL", "ar") == ("تشيلي", "في تشيلي", "تشيلي، تشيلية", "تشيلي، تشيلية")


@pytest.mark.django_db
def test_the_endpoint_answers_and_fills_along_the_chain(site_tree: SiteTree) -> None:
    assert asked("AR") == {
        "nominative": "المكسيك",
        "inCountry": "في المكسيك",
        "demonym": "مكسيكي، مكسيكية",
        "adjective": "مكسيكي، مكسيكية",
        "fallbackFields": [],
    }
    arabic = site_tree.country["ar", "MX"]
    arabic.in_country = arabic.demonym = ""
    arabic.save()
    answer = asked("AR")
    assert (answer["inCountry"], answer["demonym"]) == ("au Mexique", "Mexicain, Mexicaine")
    assert answer["fallbackFields"] == ["inCountry", "demonym"]
    refused = asked("AR", fallback=[])
    assert (refused["nominative"], refused["inCountry"], refused["fallbackFields"]) == ("المكسيك", None, [])


@pytest.mark.django_db
def test_forms_cost_nothing_unless_asked_and_one_statement_when_filled_in(site_tree: SiteTree) -> None:
    query = "{ countries(locale: AR, first: 100) { nodes { code %s } } }"
    plain, _answer = statements(query % "name")
    with CaptureQueriesContext(connection) as captured:
        ask(query % "name")
    assert not any("in_country" in row["sql"] or "demonym" in row["sql"] for row in captured)
    fields = "nominative inCountry demonym adjective"
    assert statements(query % fields)[0] == plain
    arabic = CountryPage.objects.filter(locale_code="ar")
    for codes in (["MX"], ["AR", "BR", "CU", "JM", "MA", "MX", "SN", "US"]):
        arabic.filter(code__in=codes).update(**EMPTY)
        count, answer = statements(query % fields)
        assert count == plain + 1
        shown = {node["code"]: node["inCountry"] for node in answer["countries"]["nodes"]}
        assert shown["MX"] == "au Mexique"
        assert shown["US"] == ("في الولايات المتحدة" if len(codes) == 1 else "aux États-Unis")


@pytest.mark.django_db
def test_an_editor_changes_the_forms_in_the_admin(site_tree: SiteTree) -> None:
    page = site_tree.country["fr", "MX"]
    client = client_for(user_make("chief", superuser=True))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(url).content.decode()
    assert all(f'name="{field}"' in html for field in FORMS)
    assert 'value="au Mexique"' in html
    data = {
        "title": "Mexique", "slug": page.slug, "code": "MX", "alpha3": "MEX", "formal_name": "", "status": "state",
        "nominative": "les États-Unis du Mexique", "in_country": "aux États-Unis du Mexique", "demonym": "",
        "adjective": "x" * 256, "capital": "", "sub_region": page.sub_region_id, "relations_since": "",
        "introduction": "", "image": "", "image_alt": "", "image_credit": "", "key_facts": streamfield([]),
        "body": streamfield([]), "comments": inline_formset([]), "seo_title": "", "search_description": "",
    }  # fmt: skip
    refused = client.post(url, {**nested_form_data(data), "action-publish": "1"})
    assert list(refused.context["form"].errors) == ["adjective"]
    assert forms_of("MX", "fr") == MEXICO["fr"]
    response = client.post(url, {**nested_form_data({**data, "adjective": "mexicain"}), "action-publish": "1"})
    assert response.status_code == 302
    assert forms_of("MX", "fr") == ("les États-Unis du Mexique", "aux États-Unis du Mexique", "", "mexicain")
    assert {locale: forms_of("MX", locale) for locale in ("ar", "es")} == {key: MEXICO[key] for key in ("ar", "es")}


@pytest.mark.django_db
def test_a_translation_keeps_its_own_forms_whatever_the_source_has(site_tree: SiteTree) -> None:
    french = site_tree.country["fr", "MX"]
    french.introduction, french.demonym = "Un pays.", ""
    french.save_revision().publish()
    desk = desk_open(client_for(editor_make("ar")), french, "ar")
    sources = {segment["id"]: segment["source"] for segment in desk.strings()}
    known = {sources[row["segment_id"]]: row["data"] for row in desk.props()["initialStringTranslations"]}
    # The Arabic page's own forms are what the translator starts with.
    assert (known["le Mexique"], known["au Mexique"]) == ("المكسيك", "في المكسيك")
    for segment in desk.strings():
        if segment["source"] == "Un pays.":
            desk.put(segment["editUrl"], "بلد.")
    desk.publish()
    assert CountryPage.objects.get(code="MX", locale_code="ar").introduction == "بلد."
    assert forms_of("MX", "ar") == MEXICO["ar"]


@pytest.mark.django_db
def test_the_command_fills_empty_fields_alone_and_once(site_tree: SiteTree, capsys: pytest.CaptureFixture[str]) -> None:
    CountryPage.objects.exclude(code__in=["MX", "CU"]).delete()
    CountryPage.objects.update(**EMPTY)
    CountryPage.objects.filter(code="MX", locale_code="fr").update(in_country="aux Mexiques")
    # Its title is the editors' own: what is built from CLDR's name does not go with it.
    CountryPage.objects.filter(code="CU", locale_code="es").update(title="República de Cuba")
    before = list(CountryPage.objects.order_by("pk").values())

    shown = filled(capsys, dry_run=True)
    assert shown[-1] == "6 pages would be filled."
    assert list(CountryPage.objects.order_by("pk").values()) == before

    said = filled(capsys)
    assert said[:-1] == shown[:-1]
    assert said[-1] == "6 pages filled."
    assert said[3] == "es MX México: " + "; ".join(map(": ".join, zip(FORMS, MEXICO["es"], strict=True)))
    assert forms_of("MX", "fr") == ("le Mexique", "aux Mexiques", *MEXICO["fr"][2:])
    assert forms_of("CU", "es") == ("", "", "cubano, cubana", "cubano, cubana")
    assert asked("ES")["inCountry"] == "en México"
    assert filled(capsys) == ["0 pages filled."]


@pytest.mark.django_db
def test_the_command_fills_drafts_and_leaves_them_drafts(
    site_tree: SiteTree, capsys: pytest.CaptureFixture[str]
) -> None:
    page = site_tree.country["fr", "MX"]
    CountryPage.objects.filter(pk=page.pk).update(**EMPTY)
    page.refresh_from_db()
    page.introduction = "Brouillon."
    page.demonym = "Mexicains"
    page.save_revision()
    assert filled(capsys)[-1] == "1 page filled."
    live = CountryPage.objects.get(pk=page.pk)
    assert (live.introduction, live.has_unpublished_changes, live.in_country) == ("", True, "au Mexique")
    live.get_latest_revision().publish()
    live.refresh_from_db()
    assert (live.introduction, live.in_country, live.demonym) == ("Brouillon.", "au Mexique", "Mexicains")


@pytest.mark.django_db
def test_hijri_dates_are_in_the_words_of_the_reader(site_tree: SiteTree) -> None:
    site_tree.news("Accord", date=date(2026, 2, 18))
    site_tree.news("Ancien", date=date(1912, 3, 30))

    def said(locale: str) -> list[Any]:
        nodes = ask("query ($locale: LocaleCode) { news(locale: $locale) { nodes { hijriDate } } }", {"locale": locale})
        return [node["hijriDate"] for node in nodes["news"]["nodes"]]

    assert said("FR") == ["1 ramadan 1447 AH", None]
    # Read in French for want of a translation, dated for a reader of Arabic.
    assert said("AR") == ["1 رمضان 1447 هـ", None]
    assert said("ES") == ["1 de ramadán de 1447 AH", None]


@pytest.mark.django_db
def test_plain_pages_in_arabic_show_the_hijri_date(site_tree: SiteTree, client: Any) -> None:
    arabic = site_tree.news("اتفاق", locale="ar", date=date(2026, 2, 18))
    french = site_tree.news("Accord", date=date(2026, 2, 18))
    assert '<span class="hijri-date">1 رمضان 1447 هـ</span>' in client.get(arabic.get_url()).content.decode()
    assert "1447" not in client.get(french.get_url()).content.decode()


MIGRATIONS = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from regions.models import CountryPage
from regions.services.site_setup import site_setup_all

def columns():
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, "regions_countrypage")}

site_setup_all(continent_codes=["019"], country_codes=["MX"])
CountryPage.objects.update(formal_name="gardé")
forms = {"nominative", "in_country", "demonym", "adjective"}
assert forms <= columns()
call_command("migrate", "regions", "0003", verbosity=0)
assert not forms & columns()
call_command("migrate", "regions", verbosity=0)
assert forms <= columns()
assert set(CountryPage.objects.values_list("formal_name", *sorted(forms))) == {("gardé", "", "", "", "")}
"""


@pytest.mark.sqlite
def test_the_migration_goes_both_ways(migrated_file: Path) -> None:
    settings = os.environ["DJANGO_SETTINGS_MODULE"]
    env = environment(DATABASE_URL=f"sqlite:///{migrated_file}", DJANGO_SETTINGS_MODULE=settings)
    done = run(sys.executable, "-c", MIGRATIONS, env=env)
    assert done.returncode == 0, done.stderr
