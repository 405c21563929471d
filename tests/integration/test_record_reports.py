"""Reports on records: incomplete missions, appointments and offices without an end, agreements not ratified."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from missions.models import MissionAppointment, MissionOpening, MissionPage, PersonPage
from missions.services.post_access import post_access_give
from relations.models import AgreementPage, AgreementStage
from tests.factories.small_site import group_make, user_make
from tests.integration.record_world import RecordWorld, record_world_make

pytestmark = pytest.mark.django_db
INCOMPLETE = "missions_reports:incomplete_missions"
APPOINTMENTS = "missions_reports:appointments_without_end"
OFFICES = "missions_reports:offices_without_end"
NOT_RATIFIED = "relations_reports:agreements_not_ratified"
REPORTS = (INCOMPLETE, APPOINTMENTS, OFFICES, NOT_RATIFIED)


@pytest.fixture
def world(site_tree) -> RecordWorld:
    return record_world_make(site_tree)


@pytest.fixture
def chief(client, world):
    client.force_login(user_make("chief", superuser=True, language="en"))
    return client


def rows(client, name: str, query: str = "") -> list[list[str]]:
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 200
    table = BeautifulSoup(response.content, "html.parser").find("table", class_="listing")
    if table is None:
        return []
    return [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in table.tbody.find_all("tr")]


def test_missions_that_lack_something(chief, world) -> None:
    """A mission that is suspended may lack what it likes; a draft may not."""
    assert rows(chief, INCOMPLETE) == [
        ["Ambassade de Cuba", "Embassy", "Opening hours, Coordinates, Head of mission"],
    ]
    world.consulate.status, world.consulate.time_zone = "open", "America/Sao_Paulo"
    world.consulate.opening_hours = [MissionOpening(weekday=1, opens=datetime.time(9), closes=datetime.time(12))]
    world.consulate.save()
    MissionAppointment.objects.filter(page=world.mexico).update(ends_on=timezone.localdate() - datetime.timedelta(1))
    assert [row[0::2] for row in rows(chief, INCOMPLETE)] == [
        ["Ambassade de Cuba", "Opening hours, Coordinates, Head of mission"],
        ["Ambassade à Mexico", "Head of mission"],
        ["Consulat à São Paulo", "Coordinates, Head of mission"],
    ]
    assert [row[0] for row in rows(chief, INCOMPLETE, "lacks=hours")] == ["Ambassade de Cuba"]
    assert [row[0] for row in rows(chief, INCOMPLETE, "lacks=place&kind=consulate")] == ["Consulat à São Paulo"]


def test_appointments_and_offices_without_an_end(chief, world) -> None:
    """The ambassador of 2001 was succeeded in 2010; the chargé d'affaires since was not, and neither was the last.

    The form refuses two on one post, where it has seen the rows.
    """
    MissionAppointment.objects.update(ends_on=None)
    assert [[row[0], row[1], row[4]] for row in rows(chief, APPOINTMENTS)] == [
        ["Amina Alaoui", "Ambassador", "Yes"],
        ["Driss Bennis", "Ambassador", "No"],
        ["Amina Alaoui", "Chargé d’affaires", "No"],
    ]
    assert [row[0] for row in rows(chief, APPOINTMENTS, "is_succeeded=true")] == ["Amina Alaoui"]
    assert [row[0] for row in rows(chief, APPOINTMENTS, "post=charge_d_affaires")] == ["Amina Alaoui"]
    assert [[row[0], row[1], row[3]] for row in rows(chief, OFFICES)] == [
        ["Amina Alaoui", "Ministre", "No"],
        ["Driss Bennis", "Ministre d’État", "No"],
    ]
    office = world.ahead.offices.get(title="Ministre d’État")
    office.title = "Ministre"
    office.save()
    assert [row[3] for row in rows(chief, OFFICES)] == ["Yes", "No"]
    office.country = world.tree.country["fr", "MX"]
    office.save()
    assert [row[3] for row in rows(chief, OFFICES)] == ["No", "No"]


def test_agreements_that_wait_for_ratification(chief, world) -> None:
    [row] = rows(chief, NOT_RATIFIED)
    age = (timezone.localdate() - datetime.date(2010, 3, 4)).days
    assert (row[0], row[1], row[2], row[4]) == ("Accord de pêche", "Brésil", "Fisheries", str(age))
    assert rows(chief, NOT_RATIFIED, "field=trade") == []
    assert len(rows(chief, NOT_RATIFIED, f"country={world.tree.country['fr', 'BR'].pk}")) == 1
    AgreementStage.objects.create(page=world.fishing, kind="ratified", date=datetime.date(2012, 1, 1))
    assert rows(chief, NOT_RATIFIED) == []


def test_who_reads_them(client, world) -> None:
    """Rows are those that the reader may put right; who may edit nothing has no reports."""
    client.force_login(user_make("guest", groups=(group_make("Guests", pages=[], permissions=()),)))
    assert {client.get(reverse(name)).status_code for name in REPORTS} == {302}
    arabic = group_make("Arabic", pages=[world.tree.home["ar"]], permissions=("change_page",))
    client.force_login(user_make("arabic", groups=(arabic,)))
    assert [rows(client, name) for name in REPORTS] == [[], [], [], []]
    consul = user_make("consul")
    post_access_give(mission=world.mexico, users=[consul])
    client.force_login(consul)
    assert [len(rows(client, name)) for name in REPORTS] == [0, 2, 0, 0]
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert all(reverse(name) in page for name in REPORTS)


def test_exports(chief, world) -> None:
    for name in REPORTS:
        for kind in ("csv", "xlsx"):
            assert chief.get(f"{reverse(name)}?export={kind}").status_code == 200
    text = chief.get(f"{reverse(NOT_RATIFIED)}?export=csv").content.decode("utf-8-sig")
    age = (timezone.localdate() - datetime.date(2010, 3, 4)).days
    assert text.splitlines()[1] == f"Accord de pêche,Brésil,Fisheries,2010-03-04,{age}"
    text = chief.get(f"{reverse(INCOMPLETE)}?export=csv").content.decode("utf-8-sig")
    assert text.splitlines()[1] == 'Ambassade de Cuba,Embassy,"Opening hours, Coordinates, Head of mission"'


def test_statements_do_not_depend_on_the_number_of_rows(chief, world) -> None:
    counts: list[list[int]] = []
    for number in range(7):
        if number in (1, 6):
            counts.append([])
            for name in REPORTS:
                chief.get(reverse(name))
                with CaptureQueriesContext(connection) as captured:
                    assert chief.get(reverse(name)).status_code == 200
                counts[-1].append(len(captured))
        for model in (MissionPage, PersonPage, AgreementPage):
            world.make(model, number)
    assert counts[0] == counts[1]
    assert len(rows(chief, NOT_RATIFIED)) == 8
