"""Records keep their facts once, on the page of the source language; translations hold text."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import TranslationCreator

from missions.models import (
    MissionAccreditation,
    MissionContact,
    MissionOpening,
    MissionPage,
    MissionService,
)
from tests.asking import ask
from tests.factories.records import record_make
from tests.integration.translating import desk_open

ROUTE = (
    '{ route(path: "/ar/directory-of-missions/ambassade-a-mexico/")'
    " { __typename ... on Mission { title locale isFallback } } }"
)
pytestmark = pytest.mark.django_db


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
