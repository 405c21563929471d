"""A status of a mission that begins on a day to come, over HTTP."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from home.selectors.today import day_has_come
from home.selectors.visibility import gate_open
from missions.models import MissionPage
from missions.models.choices import MissionStatus
from tests.asking import ask
from tests.factories.missions import Missions, missions_make
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db


@pytest.fixture
def missions(site_tree: SiteTree) -> Missions:
    return missions_make(site_tree)


@pytest.mark.parametrize(
    ("status", "now", "label", "announced"),
    [
        ("closed", "OPEN", "Ouverte", "Fermée"),
        ("suspended", "OPEN", "Ouverte", "Suspendue"),
        ("relocated", "OPEN", "Ouverte", "Transférée"),
        ("open", "CLOSED", "Fermée", "Ouverte"),
    ],
)
def test_a_status_that_is_announced_does_not_hold_yet(
    missions: Missions, status: str, now: str, label: str, announced: str
) -> None:
    pages = MissionPage.objects.filter(pk=missions.embassy.pk)
    day = timezone.localdate() + timedelta(days=1)
    pages.update(status=status, status_since=day)

    def found(*statuses: str) -> Any:
        wanted = f"resident: true, status: [{', '.join(statuses)}]"
        query = f"""{{ missions(filter: {{country: "MX", {wanted}}}) {{ totalCount
          nodes {{ missionStatus missionStatusLabel statusSince announcedStatus {{ status label from }} }} }}
          country(code: "MX") {{ missions(filter: {{{wanted}}}) {{ totalCount }} }}
        }}"""
        data = ask(query)
        assert data["country"]["missions"]["totalCount"] == data["missions"]["totalCount"]
        return data["missions"]["nodes"]

    others = [each for each in ("OPEN", "SUSPENDED", "CLOSED", "RELOCATED") if each != now]
    assert found(*others) == []
    (node,) = found(now)
    # The word for the announced one is that of the catalogue.
    with translation.override("fr"):
        assert (label, announced) == (MissionStatus(now.lower()).label, MissionStatus(status).label)
    assert node == {
        "missionStatus": now,
        "missionStatusLabel": label,
        "statusSince": None,
        "announcedStatus": {"status": status.upper(), "label": announced, "from": day.isoformat()},
    }
    pages.update(status_since=timezone.localdate())
    (node,) = found(status.upper())
    assert (node["missionStatus"], node["announcedStatus"]) == (status.upper(), None)
    assert node["statusSince"] == timezone.localdate().isoformat()


def test_an_answer_with_an_announced_status_lasts_until_it_begins(missions: Missions) -> None:
    MissionPage.objects.filter(pk=missions.embassy.pk).update(status="closed", status_since=date(2999, 1, 1))
    gate = gate_open(site_id=None)
    assert not day_has_come(date(2999, 1, 1), gate)
    assert gate.expires is not None
    gate = gate_open(site_id=None)
    before = gate.expires
    assert day_has_come(timezone.localdate(), gate)
    assert gate.expires == before
