"""The admin's forms of records: names of the source language, a translation without facts, rows of text."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import Translation
from wagtail_localize.operations import TranslationCreator

from missions.models import (
    MissionClosure,
    MissionPage,
    MissionService,
    OrganisationMember,
    OrganisationPage,
    PersonPage,
)
from relations.models import AgreementPage, AgreementParty, AgreementStage
from tests.factories.records import index_get, record_make
from tests.factories.small_site import user_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]
SOURCE_COUNTRIES = ["Argentine", "Brésil", "Cuba", "États-Unis", "Jamaïque", "Maroc", "Mexique", "Sénégal"]


@pytest.fixture
def editor(client, site):
    client.force_login(user_make("chief", superuser=True))
    return client


def form_html(client, *, page) -> str:
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    return response.content.decode()


def options(html: str, name: str) -> list[tuple[str, str]]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.DOTALL)
    assert select, name
    return re.findall(r'<option value="([^"]*)"(?: selected)?>([^<]*)</option>', select[0])


def chosen(html: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.DOTALL)
    return re.findall(r'<option value="[^"]*" selected>([^<]*)</option>', select[0])


def organisation_data(*, members: list[dict] | None = None, **changes) -> dict:
    rows = members or []
    return nested_form_data(
        {
            "title": "Union africaine", "slug": "union-africaine", "record_key": "", "acronym": "UA",
            "formal_name": "", "kind": "regional", "founded_on": "", "seat_city": "", "seat_country": "",
            "standing": "", "standing_since": "", "website": "", "introduction": "", "image": "", "image_alt": "",
            "image_credit": "", "body": streamfield([]), "comments": inline_formset([]), "seo_title": "",
            "search_description": "", "members": inline_formset(rows, initial=sum("id" in row for row in rows)),
            **changes,
        }
    )  # fmt: skip


def add_url(site, model=OrganisationPage, code: str = "fr") -> str:
    parent = index_get(model, home=site.home[code])
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def test_countries_are_a_list_of_the_source_language_sorted_by_name(editor, site) -> None:
    html = editor.get(add_url(site)).content.decode()
    assert [name for _pk, name in options(html, "seat_country")] == ["—", *SOURCE_COUNTRIES]
    assert [name for _pk, name in options(html, "members-__prefix__-country")] == ["Choisir…", *SOURCE_COUNTRIES]


def test_a_page_of_another_language_is_stored_as_that_of_the_source(editor, site) -> None:
    row = {"country": site.country["ar", "MX"].pk, "standing": "member", "starts_on": "", "ends_on": ""}
    data = organisation_data(seat_country=site.country["ar", "BR"].pk, members=[row])
    response = editor.post(add_url(site), {**data, "action-publish": "1"})
    assert response.status_code == 302
    page = OrganisationPage.objects.get(slug="union-africaine")
    assert page.seat_country_id == site.country["fr", "BR"].pk
    assert [member.country_id for member in page.members.all()] == [site.country["fr", "MX"].pk]
    html = form_html(editor, page=page)
    assert (chosen(html, "seat_country"), chosen(html, "members-0-country")) == (["Brésil"], ["Mexique"])


def test_what_is_no_country_is_refused(editor, site) -> None:
    for value in (site.home["fr"].pk, "9" * 30, "١", "-1", "x"):
        response = editor.post(add_url(site), organisation_data(seat_country=value))
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["seat_country"]
    assert OrganisationPage.objects.count() == 0


def test_members_cost_the_same_statements_however_many(editor, site) -> None:
    page = record_make(OrganisationPage, home=site.home["fr"], title="Union africaine", kind="regional")

    def cost(*codes: str) -> int:
        page.members = [OrganisationMember(country=site.country["fr", code]) for code in codes]
        page.save()
        with CaptureQueriesContext(connection) as captured:
            form_html(editor, page=page)
        return len(captured)

    cost("MX")
    assert cost("MX") == cost("MX", "BR", "CU", "US")


def test_choosers_of_records_show_the_source_language(editor, site) -> None:
    person = record_make(PersonPage, home=site.home["fr"], title="Nadia Sample")
    arabic = Locale.objects.get(language_code="ar")
    TranslationCreator(user=None, target_locales=[arabic]).create_translations(person)
    index_get(PersonPage, home=site.home["ar"])
    url = reverse("wagtailadmin_choose_page_search")
    found = editor.get(url, {"q": "Nadia", "page_type": "missions.personpage"}).content.decode()
    assert re.findall(r'data-id="(\d+)"', found) == [str(person.pk)]
    browse = reverse("wagtailadmin_choose_page_child", args=[index_get(PersonPage, home=site.home["ar"]).pk])
    assert 'data-id="' not in editor.get(browse, {"page_type": "missions.personpage"}).json()["html"]


def test_a_mission_s_form_begins_choosers_at_their_list(editor, site) -> None:
    parent = index_get(OrganisationPage, home=site.home["fr"])
    html = editor.get(add_url(site, MissionPage)).content.decode()
    assert '"modelNames": ["missions.organisationpage"]' in html
    assert f'"parentId": {parent.pk}' in html


@pytest.fixture
def translated(site):
    """An embassy and its Arabic page, which is no longer synchronised."""
    source = record_make(
        MissionPage,
        home=site.home["fr"],
        title="Ambassade à Mexico",
        kind="embassy",
        host_country=site.country["fr", "MX"],
        city="Mexico",
        time_zone="America/Mexico_City",
        rows={
            "services": [MissionService(kind="passports", conditions="Sur rendez-vous.")],
            "closures": [MissionClosure(starts_on="2026-05-01", reason="Fête du travail")],
        },
    )
    index_get(MissionPage, home=site.home["ar"])
    arabic = Locale.objects.get(language_code="ar")
    TranslationCreator(user=None, target_locales=[arabic]).create_translations(source)
    translation = Translation.objects.get(source__object_id=source.translation_key, target_locale=arabic)
    translation.save_target(publish=False)
    translation.enabled = False
    translation.save()
    return source, MissionPage.objects.get(translation_key=source.translation_key, locale=arabic)


def test_a_translation_s_form_has_no_facts_and_says_where_they_are(editor, translated) -> None:
    source, arabic = translated
    html = form_html(editor, page=arabic)
    for name in ("host_country", "time_zone", "latitude", "kind", "record_key", "opening_hours-TOTAL_FORMS"):
        assert f'name="{name}"' not in html
    assert 'name="city"' in html
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[source.pk])}"' in html
    note = "Les lieux, les dates, les nombres" in html
    assert note
    assert "Places, dates, numbers" not in form_html(editor, page=source)
    # Rows of text: the fact is shown, and neither a row nor a deletion is offered.
    assert re.search(r'<select[^>]*name="services-0-kind"[^>]* disabled', html)
    assert 'name="services-0-conditions"' in html
    assert 'id="id_services-ADD"' not in html


def test_texts_of_a_translation_s_rows_are_saved_and_nothing_else(editor, translated) -> None:
    source, arabic = translated
    [service], [closure] = arabic.services.all(), arabic.closures.all()
    source.services.all()
    MissionService.objects.filter(page=source).update(kind="visas")
    data = nested_form_data(
        {
            "title": "السفارة", "slug": arabic.slug, "city": "مكسيكو", "introduction": "", "address_text": "",
            "district": "", "image": "", "image_alt": "", "image_credit": "", "body": streamfield([]),
            "comments": inline_formset([]), "seo_title": "", "search_description": "",
            "services": inline_formset(
                [
                    {"id": service.pk, "kind": "notarial", "booking_url": "https://x.example", "conditions": "بموعد",
                     "DELETE": "1"},
                ],
                initial=1,
            ),
            "closures": inline_formset(
                [{"id": closure.pk, "reason": "عيد الشغل", "starts_on": "2030-01-01"}], initial=1
            ),
            "kind": "consulate", "host_country": "", "time_zone": "Nowhere/Atall",
        }
    )  # fmt: skip
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[arabic.pk]), {**data, "action-publish": "1"})
    assert response.status_code == 302
    more = {**data, "services-TOTAL_FORMS": "2", "services-1-kind": "notarial", "services-1-conditions": "more"}
    refused = editor.post(reverse("wagtailadmin_pages:edit", args=[arabic.pk]), more)
    assert refused.context["form"].formsets["services"].is_valid() is False
    arabic.refresh_from_db()
    assert (arabic.title, arabic.city, arabic.kind, arabic.time_zone) == (
        "السفارة",
        "مكسيكو",
        "embassy",
        "America/Mexico_City",
    )
    [kept] = arabic.services.all()
    assert (kept.pk, kept.translation_key, kept.conditions, kept.booking_url) == (
        service.pk,
        service.translation_key,
        "بموعد",
        "",
    )
    [kept] = arabic.closures.all()
    assert (kept.pk, str(kept.starts_on), kept.reason) == (closure.pk, "2026-05-01", "عيد الشغل")


def test_an_entry_is_not_begun_in_another_language(editor, site) -> None:
    parent = index_get(OrganisationPage, home=site.home["ar"])
    listing = editor.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
    assert "/admin/pages/add/" not in listing
    response = editor.post(add_url(site, code="ar"), organisation_data())
    assert response.status_code in (302, 403)
    assert OrganisationPage.objects.count() == 0


def agreement_data(*, stages: list[dict], parties: list[dict]) -> dict:
    return nested_form_data(
        {
            "title": "Accord", "slug": "accord", "record_key": "", "kind": "agreement", "field": "trade", "place": "",
            "introduction": "", "image": "", "image_alt": "", "image_credit": "", "body": streamfield([]),
            "comments": inline_formset([]), "seo_title": "", "search_description": "",
            "parties": inline_formset(parties), "stages": inline_formset(stages), "texts": inline_formset([]),
            "links": inline_formset([]), "news_links": inline_formset([]),
        }
    )  # fmt: skip


def test_a_contradiction_is_told_at_its_field_and_nothing_is_saved(editor, site) -> None:
    signed = {"kind": "signed", "date": "1999-04-02", "precision": "day", "reference": ""}
    party = [{"country": site.country["fr", "MX"].pk, "organisation": ""}]
    data = agreement_data(parties=party, stages=[signed, {**signed, "kind": "in_force", "date": "1999-04-01"}])
    for action in ({}, {"action-publish": "1"}):
        response = editor.post(add_url(site, AgreementPage), {**data, **action})
        assert response.status_code == 200
        [first, second] = response.context["form"].formsets["stages"].forms
        assert (first.errors, list(second.errors)) == ({}, ["date"])
    assert AgreementPage.objects.count() == 0


def test_a_draft_may_lack_what_is_still_to_come(editor, site) -> None:
    data = agreement_data(parties=[], stages=[])
    refused = editor.post(add_url(site, AgreementPage), {**data, "action-publish": "1"})
    assert refused.status_code == 200
    assert len(refused.context["form"].formsets["parties"].non_form_errors()) == 1
    assert editor.post(add_url(site, AgreementPage), data).status_code == 302
    page = AgreementPage.objects.get()
    assert not page.live


def test_an_editor_mends_rows_that_contradicted_each_other(editor, site) -> None:
    """What is stored and wrong does not stand in the way of what is sent and right."""
    rows = {"parties": [AgreementParty(country=site.country["fr", "MX"])]}
    page = record_make(AgreementPage, home=site.home["fr"], title="Accord", field="trade", rows=rows)
    twice = [AgreementStage(page=page, kind="signed", date=f"1999-04-0{day}", sort_order=day) for day in (1, 2)]
    AgreementStage.objects.bulk_create(twice)
    page.save_revision(clean=False)
    first, second = AgreementStage.objects.filter(page=page)
    sent = [
        {"id": row.pk, "kind": "signed", "date": row.date, "precision": "day", "reference": "", "DELETE": mark}
        for row, mark in ((first, ""), (second, "1"))
    ]
    data = agreement_data(parties=[], stages=[])
    [party] = page.parties.all()
    data.update(
        nested_form_data(
            {
                "stages": inline_formset(sent, initial=2),
                "parties": inline_formset(
                    [{"id": party.pk, "country": party.country_id, "organisation": ""}], initial=1
                ),
            }
        )
    )
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, "action-publish": "1"})
    assert response.status_code == 302
    assert [row.pk for row in AgreementStage.objects.filter(page=page)] == [first.pk]


def test_a_draft_may_lack_texts_of_its_rows(editor, site) -> None:
    """As everywhere in Wagtail: what a column must have is asked for when a page is published."""
    stage = {"kind": "", "date": "1999-04-02", "precision": "day", "reference": ""}
    data = agreement_data(parties=[], stages=[stage])
    assert editor.post(add_url(site, AgreementPage), {**data, "action-publish": "1"}).status_code == 200
    assert editor.post(add_url(site, AgreementPage), data).status_code == 302


def test_a_copy_is_an_entry_of_its_own(editor, site) -> None:
    page = record_make(OrganisationPage, home=site.home["fr"], title="Union africaine", kind="regional")
    parent = index_get(OrganisationPage, home=site.home["fr"])
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Autre union", "new_slug": "autre-union", "new_parent_page": parent.pk}
    assert editor.post(url, data).status_code == 302
    assert sorted(OrganisationPage.objects.values_list("slug", "record_key")) == [
        ("autre-union", "autre-union"),
        ("union-africaine", "union-africaine"),
    ]
    # The address of one was another's once, which kept the key.
    OrganisationPage.objects.filter(pk=page.pk).update(slug="renamed", record_key="third")
    assert editor.post(url, {**data, "new_slug": "third"}).status_code == 302
    third = OrganisationPage.objects.get(slug="third")
    assert third.record_key == f"third-{third.translation_key.hex[:12]}"
