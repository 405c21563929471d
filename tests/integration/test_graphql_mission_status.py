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
          nodes {{ missionStatus missionStatusLabel statusSince announcedStatus {{ status label from until }} }} }}
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
        "announcedStatus": {"status": status.upper(), "label": announced, "from": day.isoformat(), "until": None},
    }
    pages.update(status_since=timezone.localdate())
    (node,) = found(status.upper())
    assert (node["missionStatus"], node["announcedStatus"]) == (status.upper(), None)
    assert node["statusSince"] == timezone.localdate().isoformat()


def told(missions: Missions, *, status: str | None = None, locale: str = "FR") -> dict[str, Any] | None:
    """What the endpoint says of the embassy in Mexico, if the list narrowed to a status has it."""
    narrowed = "" if status is None else f", status: {status}"
    query = f"""{{ missions(locale: {locale}, filter: {{country: "MX", resident: true{narrowed}}}) {{ nodes {{
      missionStatus statusSince statusPrecision statusUntil announcedStatus {{ status from until }}
      statusHistory {{ status label since precision }} }} }} }}"""
    nodes = ask(query)["missions"]["nodes"]
    return nodes[0] if nodes else None


EARLIER = [("OPEN", "1957-01-01", "YEAR"), ("SUSPENDED", "1961-05-01", "MONTH")]


def history(node: dict[str, Any] | None) -> list[tuple[str, str, str]]:
    assert node is not None
    return [(row["status"], row["since"], row["precision"]) for row in node["statusHistory"]]


def test_a_suspension_that_ends(missions: Missions) -> None:
    pages, today = MissionPage.objects.filter(pk=missions.embassy.pk), timezone.localdate()
    since, until = today - timedelta(days=1), today + timedelta(days=1)
    after = (until + timedelta(days=1)).isoformat()
    pages.update(status="suspended", status_since=since, status_until=until)
    assert told(missions, status="OPEN") is None
    node = told(missions, status="SUSPENDED")
    assert history(node) == [*EARLIER, ("SUSPENDED", since.isoformat(), "DAY")]
    assert node is not None
    assert {name: value for name, value in node.items() if name != "statusHistory"} == {
        "missionStatus": "SUSPENDED",
        "statusSince": since.isoformat(),
        "statusPrecision": "DAY",
        "statusUntil": until.isoformat(),
        "announcedStatus": {"status": "OPEN", "from": after, "until": None},
    }
    # Its last day is one of it; the next one is not.
    pages.update(status_until=today)
    assert told(missions, status="SUSPENDED") is not None
    pages.update(status_until=since)
    assert told(missions, status="SUSPENDED") is None
    node = told(missions, status="OPEN")
    assert history(node) == [
        *EARLIER,
        ("SUSPENDED", since.isoformat(), "DAY"),
        ("OPEN", today.isoformat(), "DAY"),
    ]
    assert node is not None
    assert (node["statusSince"], node["statusUntil"], node["announcedStatus"]) == (today.isoformat(), None, None)
    # To come as a whole.
    pages.update(status_since=until, status_until=date(2999, 1, 1))
    node = told(missions, status="OPEN")
    assert history(node) == EARLIER
    assert node is not None
    assert (node["statusSince"], node["statusPrecision"], node["statusUntil"]) == (None, None, today.isoformat())
    announced = {"status": "SUSPENDED", "from": until.isoformat(), "until": "2999-01-01"}
    assert node["announcedStatus"] == announced
    # Since when is not known, so it is no part of the history before it ends.
    pages.update(status_since=None, status_until=until)
    assert history(told(missions, status="SUSPENDED")) == EARLIER
    pages.update(status_since=None, status_until=since)
    assert history(told(missions, status="OPEN")) == [*EARLIER, ("OPEN", today.isoformat(), "DAY")]


def test_the_history_is_that_of_the_source_page_in_the_words_of_the_reader(missions: Missions) -> None:
    MissionPage.objects.filter(pk=missions.embassy.pk).update(status_since=date(1962, 1, 1), status_precision="year")
    node = told(missions, locale="AR")
    assert history(node) == [*EARLIER, ("OPEN", "1962-01-01", "YEAR")]
    assert node is not None
    with translation.override("ar"):
        labels = [str(MissionStatus(name).label) for name in ("open", "suspended", "open")]
    assert [row["label"] for row in node["statusHistory"]] == labels
    assert (node["statusSince"], node["statusPrecision"]) == ("1962-01-01", "YEAR")


def test_an_answer_with_an_announced_status_lasts_until_it_begins(missions: Missions) -> None:
    MissionPage.objects.filter(pk=missions.embassy.pk).update(status="closed", status_since=date(2999, 1, 1))
    gate = gate_open(site_id=None)
    assert not day_has_come(date(2999, 1, 1), gate)
    assert gate.expires is not None
    gate = gate_open(site_id=None)
    before = gate.expires
    assert day_has_come(timezone.localdate(), gate)
    assert gate.expires == before
