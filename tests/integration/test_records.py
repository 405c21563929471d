"""Records keep their facts once, on the page of the source language; translations hold text."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import TranslationCreator

from home.selectors.visibility import gate_forget
from missions.models import (
    MissionAccreditation,
    MissionContact,
    MissionOpening,
    MissionPage,
    MissionService,
)
from tests.asking import ask
from tests.factories.records import record_make
from tests.integration.translating import client_for, desk_open

ROUTE = (
    '{ route(path: "/ar/annuaire-des-missions/ambassade-a-mexico/")'
    " { __typename ... on Mission { title locale isFallback } } }"
)
pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def embassy(site):
    """Our embassy in Mexico, with a row of each sort, published in French."""
    return record_make(
        MissionPage,
        home=site.home["fr"],
        title="Ambassade à Mexico",
        kind="embassy",
        host_country=site.country["fr", "MX"],
        city="Mexico",
        time_zone="America/Mexico_City",
        latitude=19.43,
        longitude=-99.2,
        rows={
            "accreditations": [MissionAccreditation(country=site.country["fr", "BR"])],
            "contacts": [MissionContact(kind="phone", value="+52 55 5000 0000")],
            "services": [MissionService(kind="passports", conditions="Sur rendez-vous.")],
            "opening_hours": [MissionOpening(weekday=1, opens=datetime.time(9), closes=datetime.time(12))],
        },
    )


def test_a_translation_has_the_texts_and_not_the_facts(embassy):
    arabic = Locale.objects.get(language_code="ar")
    TranslationCreator(user=None, target_locales=[arabic]).create_translations(embassy)
    translated = MissionPage.objects.get(translation_key=embassy.translation_key, locale=arabic)
    draft = translated.get_latest_revision_as_object()
    assert {name: getattr(draft, name).count() for name in ("accreditations", "contacts", "opening_hours")} == {
        "accreditations": 0,
        "contacts": 0,
        "opening_hours": 0,
    }
    [service] = draft.services.all()
    [source] = embassy.services.all()
    assert (service.kind, service.translation_key) == ("passports", source.translation_key)
    assert draft.record_key == embassy.record_key == "ambassade-a-mexico"
    source = TranslationSource.objects.get_for_instance(embassy)
    paths = set(source.stringsegment_set.values_list("context__path", flat=True))
    assert {"title", "city", f"services.{service.translation_key}.conditions"} <= paths
    assert not any(path.startswith(("contacts", "address", "record_key")) for path in paths)


def test_the_endpoint_answers_a_record_in_the_chain_of_languages(embassy, site):
    assert ask(ROUTE) == {
        "route": {"__typename": "Mission", "title": "Ambassade à Mexico", "locale": "FR", "isFallback": True}
    }


def test_a_synchronisation_brings_texts_and_no_facts(embassy, admin_client):
    desk = desk_open(admin_client, embassy, "ar")
    desk.translate_all("ع ")
    desk.publish()
    assert ask(ROUTE)["route"] == {
        "__typename": "Mission",
        "title": "ع Ambassade à Mexico",
        "locale": "AR",
        "isFallback": False,
    }
    embassy.introduction = "Au service des Marocains du Mexique."
    embassy.kind = "consulate_general"
    embassy.contacts.add(MissionContact(kind="email", value="mexico@example.org"))
    embassy.save_revision().publish()
    admin_client.post(reverse("wagtail_localize:update_translations", args=[desk.record.source_id]))
    desk.translate_all("ع ")
    desk.publish()
    arabic = MissionPage.objects.get(pk=desk.target.pk)
    assert (arabic.introduction, arabic.kind) == ("ع Au service des Marocains du Mexique.", "consulate_general")
    assert arabic.contacts.count() == 0
    assert [service.conditions for service in arabic.services.all()] == ["ع Sur rendez-vous."]


def test_a_copy_is_another_record(embassy, admin_client):
    url = reverse("wagtailadmin_pages:copy", args=[embassy.pk])
    fields = {
        "new_title": "Ambassade à Lima",
        "new_slug": "ambassade-a-lima",
        "new_parent_page": embassy.get_parent().pk,
        "publish_copies": "on",
    }
    assert admin_client.post(url, fields).status_code == 302
    copy = MissionPage.objects.get(slug="ambassade-a-lima")
    assert (copy.record_key, copy.contacts.count(), copy.services.count()) == ("ambassade-a-lima", 1, 1)
    assert copy.services.get().translation_key != embassy.services.get().translation_key


def test_a_moderator_deletes_a_record(embassy, site):
    moderator = get_user_model().objects.create_user("moderator", "moderator@example.org", "password")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    client_for(moderator).post(reverse("wagtailadmin_pages:delete", args=[embassy.pk]))
    assert not MissionPage.objects.filter(pk=embassy.pk).exists()


@pytest.mark.parametrize("hide", ["unpublished", "private", "expired", "list unpublished", "list private"])
def test_a_translation_is_hidden_with_its_source_wherever_something_leads_to_it(embassy, site, hide):
    arabic = embassy.copy_for_translation(Locale.objects.get(language_code="ar"), copy_parents=True)
    arabic.title = "CANARY"
    arabic.save_revision().publish()
    index = arabic.get_parent()
    index.specific.save_revision().publish()
    home = site.home["ar"]
    home.body = [{"type": "rich_text", "value": f'<p><a linktype="page" id="{arabic.pk}">x</a></p>'}]
    home.save_revision().publish()
    query = """{ home(locale: AR) { body { ... on RichTextBlock { content { html } } } }
      search(query: "CANARY", locale: AR) { nodes { title } } route(path: "%s") { __typename } }"""
    query %= arabic.get_url()
    assert "<a href=" in ask(query)["home"]["body"][0]["content"]["html"]
    if "private" in hide:
        page = embassy.get_parent() if "list" in hide else embassy
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif hide == "expired":
        MissionPage.objects.filter(pk=embassy.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    else:
        (embassy.get_parent().specific if "list" in hide else MissionPage.objects.get(pk=embassy.pk)).unpublish()
    gate_forget()
    data = ask(query)
    assert data["home"]["body"][0]["content"]["html"] == "<p>x</p>"
    assert data["search"]["nodes"] == []
    assert data["route"]["__typename"] in ("RouteNotFound", "Gone")


def test_a_page_that_was_made_in_bulk_stays_when_its_next_version_is_scheduled(site, admin_user):
    """A country stands in the trees from the first day, without a version of its own."""
    country = site.country["fr", "MX"]
    Page.objects.filter(pk=country.pk).update(live_revision=None, latest_revision=None)
    country = type(country).objects.get(pk=country.pk)
    shown = country.introduction
    country.introduction = "Demain."
    country.go_live_at = timezone.now() + datetime.timedelta(days=1)
    country.save_revision(user=admin_user).publish(user=admin_user)
    row = type(country).objects.get(pk=country.pk)
    assert (row.live, row.introduction) == (True, shown)
    assert ask('{ country(code: "MX") { code } }') == {"country": {"code": "MX"}}
    assert row.live_revision.as_object().introduction == shown
    assert row.get_latest_revision_as_object().introduction == "Demain."
