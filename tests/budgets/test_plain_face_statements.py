"""How many SQL statements plain pages of records take: the same for one row as for many."""

import datetime
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from missions.models import (
    MissionAccreditation,
    MissionAppointment,
    MissionClosure,
    MissionContact,
    MissionIndexPage,
    MissionOpening,
    MissionPage,
    MissionService,
    MissionStatusChange,
    NewsOrganisationLink,
    NewsPersonLink,
    OrganisationMember,
    OrganisationPage,
    PersonOffice,
    PersonPage,
)
from relations.models import (
    AgreementIndexPage,
    AgreementPage,
    AgreementParty,
    AgreementStage,
    EventCountryLink,
    EventIndexPage,
    EventNewsLink,
    EventOrganisationLink,
    EventPage,
    EventParticipant,
)
from tests.factories import SiteTree
from tests.factories.records import record_make

pytestmark = pytest.mark.django_db

DAY = datetime.date(2020, 1, 1)
OFFICES = ("minister", "envoy", "officer")
STAGES = ("signed", "ratified", "in_force")
SERVICES = ("passports", "visas", "civil_status", "notarial")


class World:
    """Records that all name Mexico and each other, ``number`` of each."""

    def __init__(self, site: SiteTree, number: int) -> None:
        self.site = site
        fr, mexico = site.home["fr"], site.country["fr", "MX"]
        countries = [site.country["fr", code] for code in ("BR", "US", "CU")]
        several = range(number)
        people = [
            record_make(
                PersonPage,
                home=fr,
                title=f"Personne {n}",
                rows={"offices": [PersonOffice(kind=kind, country=mexico, starts_on=DAY) for kind in OFFICES[:number]]},
            )
            for n in several
        ]
        organisations = [
            record_make(
                OrganisationPage,
                home=fr,
                title=f"Organisation {n}",
                kind="regional",
                seat_country=mexico,
                rows={"members": [OrganisationMember(country=country) for country in countries[:number]]},
            )
            for n in several
        ]
        for n in several:
            record_make(
                MissionPage,
                home=fr,
                title=f"Ambassade {n}",
                kind="embassy",
                host_country=mexico,
                time_zone="America/Mexico_City",
                rows={
                    "contacts": [MissionContact(kind="phone", value="+52 55 5000 0000") for _ in several],
                    "accreditations": [
                        *(MissionAccreditation(country=country) for country in countries[:number]),
                        *(MissionAccreditation(organisation=organisation) for organisation in organisations),
                    ],
                    "status_history": [
                        MissionStatusChange(status=status, since=datetime.date(year, 1, 1))
                        for status, year in (("closed", 1963), ("open", 1970), ("closed", 1980))[:number]
                    ],
                    "services": [MissionService(kind=kind) for kind in SERVICES[:number]],
                    "opening_hours": [
                        MissionOpening(weekday=day, opens=datetime.time(9), closes=datetime.time(12))
                        for day in range(1, number + 1)
                    ],
                    "closures": [MissionClosure(starts_on=datetime.date(2099, 1, day + 1)) for day in several],
                    "appointments": [MissionAppointment(person=person, post="attache") for person in people],
                },
            )
            record_make(
                MissionPage,
                home=fr,
                title=f"Ambassade mexicaine {n}",
                kind="embassy",
                direction="here",
                sending_country=mexico,
            )
        news = [site.news(f"Nouvelle {n}", countries=("MX",)) for n in several]
        for item in news:
            NewsPersonLink.objects.bulk_create(NewsPersonLink(page=item, person=person) for person in people)
            NewsOrganisationLink.objects.bulk_create(
                NewsOrganisationLink(page=item, organisation=organisation) for organisation in organisations
            )
        agreements = [
            record_make(
                AgreementPage,
                home=fr,
                title=f"Accord {n}",
                kind="treaty",
                field="trade",
                rows={
                    "parties": [
                        AgreementParty(country=mexico),
                        *(AgreementParty(organisation=organisation) for organisation in organisations),
                    ],
                    "stages": [AgreementStage(kind=kind, date=DAY) for kind in STAGES[:number]],
                },
            )
            for n in several
        ]
        for n in several:
            record_make(
                EventPage,
                home=fr,
                title=f"Visite {n}",
                kind="visit",
                direction="outgoing",
                starts_on=DAY,
                agreement=agreements[0],
                rows={
                    "country_links": [EventCountryLink(country=mexico)],
                    "organisation_links": [
                        EventOrganisationLink(organisation=organisation) for organisation in organisations
                    ],
                    "participants": [EventParticipant(person=person, country=mexico) for person in people],
                    "news_links": [EventNewsLink(news=item) for item in news],
                },
            )

    def pages(self) -> dict[str, Any]:
        site = self.site
        return {
            "country": site.country["fr", "MX"],
            "country in Arabic": site.country["ar", "MX"],
            "continent": site.continent["fr", "019"],
            "news": site.index["fr"].get_children().last(),
            "missions": MissionIndexPage.objects.get(locale_code="fr"),
            "missions in Arabic": MissionIndexPage.objects.get(locale_code="ar"),
            "mission": MissionPage.objects.get(slug="ambassade-0"),
            "organisation": OrganisationPage.objects.get(slug="organisation-0"),
            "person": PersonPage.objects.get(slug="personne-0"),
            "events": EventIndexPage.objects.get(locale_code="fr"),
            "event": EventPage.objects.get(slug="visite-0"),
            "agreements": AgreementIndexPage.objects.get(locale_code="fr"),
            "agreement": AgreementPage.objects.get(slug="accord-0"),
        }


def counts(world: World) -> dict[str, int]:
    ContentType.objects.get_for_models(*get_page_models())
    found = {}
    for name, page in world.pages().items():
        client, url = Client(), page.get_url()
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        found[name] = len(captured)
    return found


BUDGET = {
    "country": 30,
    "country in Arabic": 31,
    "continent": 26,
    "news": 39,
    "missions": 25,
    "missions in Arabic": 26,
    "mission": 37,
    "organisation": 34,
    "person": 34,
    "events": 23,
    "event": 40,
    "agreements": 23,
    "agreement": 34,
}


@pytest.mark.parametrize("number", [1, 3])
def test_a_plain_page_takes_as_many_statements_for_one_row_as_for_many(site_tree, number):
    assert counts(World(site_tree, number)) == BUDGET
