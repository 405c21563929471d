"""The statements of the directory of missions: the same for five as for five hundred."""

from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from home.services.bulk import page_bulk_create
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
    OrganisationPage,
    PersonIndexPage,
    PersonPage,
)
from tests.budgets.counting import statements
from tests.factories.records import record_make
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

# What the gate reads: see test_lists_and_relations.
FRONT = 3
HOURS = "openingHours { weekday weekdayLabel opens closes service }"
SERVICES = "services { kind label conditions locale bookingUrl }"
HEAD = "head { post label startsOn credentialsOn person { title } }"
# The list and its texts; hours, services, who works there, and two for the people.
DIRECTORY = f"""{{ missions(locale: AR, first: 500) {{ nodes {{
  title missionKind missionKindLabel missionStatus city addressText timeZone coordinates {{ latitude longitude }}
  {HOURS} {SERVICES} {HEAD}
}} }} }}"""
EVERYTHING = f"""{{ missions(locale: AR, first: 100, orderBy: COUNTRY_ASC) {{ totalCount nodes {{
  title hostCountry {{ name }} workingLanguages {{ name }} contacts {{ label value }} emergencyContacts {{ value }}
  closures {{ startsOn reason }} isOpen nextOpening {HOURS} services {{ label {HOURS} }} {HEAD}
  missionStatus statusUntil statusHistory {{ status label since precision }}
  staff(current: null) {{ label }} accreditations {{ country {{ name }} organisation {{ title }} }}
}} }} }}"""
OPEN = """{ missions(first: 500, orderBy: DISTANCE_ASC, filter: {openAt: "2026-12-01T15:30:00Z", service: VISAS,
  near: {latitude: 19.4, longitude: -99.1, radiusKm: 20000}, country: "MX", organisation: "ONU", text: "mission"})
  { totalCount nodes { title isOpen(at: "2026-12-01T15:30:00Z") } } }"""
OF_COUNTRIES = """{ countries(first: 100) { nodes { name missions(first: 100) { totalCount nodes { title } }
  ours: missions(filter: {direction: ABROAD}) { nodes { title } } } } }"""
_RESPONSIBLE = " ".join(
    f'{code}{service}: missionFor(country: "{code}", service: {service}) {{ isResident mission {{ title }} }}'
    for code in ("MX", "BR", "CU")
    for service in ("VISAS", "PASSPORTS")
)
RESPONSIBLE = f"{{ {_RESPONSIBLE} }}"
BUDGETS = {
    "directory": (DIRECTORY, 7),
    "everything": (EVERYTHING, 16),
    # The time zones and the list, its texts; the zones and the count; hours, closures and services.
    "open and near": (OPEN, 8),
    # The countries; twice what is accredited, the missions and their texts.
    "missions of countries": (OF_COUNTRIES, 7),
    # The countries; what is accredited, the missions, their texts, what they offer.
    "responsible": (RESPONSIBLE, 5),
}


def missions_add(tree: SiteTree, number: int, *, start: int, organisation: OrganisationPage) -> None:
    """Missions in Mexico and Brazil with a row of each sort; half of them stand in Arabic too."""
    french, arabic = (MissionIndexPage.objects.get(locale=tree.locale[code]) for code in ("fr", "ar"))
    people_index = PersonIndexPage.objects.get(locale=tree.locale["fr"])
    people = [
        PersonPage(
            locale=tree.locale["fr"], title=f"Personne {place}", slug=f"personne-{place}", record_key=f"p-{place}"
        )
        for place in range(start, start + number)
    ]
    pages = [
        MissionPage(
            locale=tree.locale["fr"],
            title=f"Mission {place}",
            slug=f"mission-{place}",
            record_key=f"m-{place}",
            kind="embassy",
            host_country=tree.country["fr", ("MX", "BR")[place % 2]],
            time_zone=("America/Mexico_City", "America/Sao_Paulo")[place % 2],
            latitude=19.0 + place / 1000,
            longitude=-99.0,
            working_languages="fr, ar",
        )
        for place in range(start, start + number)
    ]
    texts = [
        MissionPage(
            locale=tree.locale["ar"],
            title=f"بعثة {page.slug}",
            slug=page.slug,
            record_key=page.record_key,
            translation_key=page.translation_key,
            kind="embassy",
        )
        for page in pages[::2]
    ]
    page_bulk_create(children=[(people_index, person) for person in people])
    page_bulk_create(children=[*((french, page) for page in pages), *((arabic, page) for page in texts)])
    closures, hours, services = [], [], []
    for page in pages:
        hours += [MissionOpening(page=page, weekday=day, opens=time(9), closes=time(12)) for day in range(1, 6)]
        closures.append(MissionClosure(page=page, locale=page.locale, starts_on=date(2026, 1, 1), reason="Nouvel An"))
        services += [
            MissionService(page=page, locale=page.locale, kind=kind, conditions="x", translation_key=uuid4())
            for kind in ("visas", "passports")
        ]
    MissionOpening.objects.bulk_create(hours)
    MissionClosure.objects.bulk_create(closures)
    MissionService.objects.bulk_create(services)
    MissionContact.objects.bulk_create(MissionContact(page=page, value="+52 55 5000 0000") for page in pages)
    MissionStatusChange.objects.bulk_create(
        MissionStatusChange(page=page, status=status, since=date(year, 1, 1), precision="year")
        for page in pages
        for status, year in (("closed", 1963), ("suspended", 2011))
    )
    MissionAppointment.objects.bulk_create(
        MissionAppointment(page=page, person=person, post="ambassador")
        for page, person in zip(pages, people, strict=True)
    )
    MissionAccreditation.objects.bulk_create(
        [
            *(MissionAccreditation(page=page, country=tree.country["fr", "CU"]) for page in pages),
            *(MissionAccreditation(page=page, organisation=organisation) for page in pages),
        ]
    )


def counted(query: str) -> tuple[int, dict[str, Any]]:
    found, data = statements(query)
    return found - FRONT, data


def test_five_hundred_missions_take_the_statements_of_five(site_tree: SiteTree) -> None:
    organisation = record_make(
        OrganisationPage, home=site_tree.home["fr"], title="Nations unies", acronym="ONU", kind="universal"
    )
    budgets = {name: budget for name, (_query, budget) in BUDGETS.items()}
    record_make(PersonPage, home=site_tree.home["fr"], title="Personne")
    missions_add(site_tree, 5, start=0, organisation=organisation)
    assert {name: counted(query)[0] for name, (query, _budget) in BUDGETS.items()} == budgets
    missions_add(site_tree, 495, start=5, organisation=organisation)
    if connection.vendor == "postgresql":
        # As it does by itself a minute after so many rows; without, its plans are those for five.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    answers = {name: counted(query) for name, (query, _budget) in BUDGETS.items()}
    assert {name: found for name, (found, _data) in answers.items()} == budgets
    nodes = answers["directory"][1]["missions"]["nodes"]
    assert len(nodes) == 500
    assert {
        (len(node["openingHours"]), len(node["services"]), node["head"]["person"]["title"][:8]) for node in nodes
    } == {(5, 2, "Personne")}
    assert budgets["directory"] + FRONT <= 12
