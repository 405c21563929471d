"""Who took part in events: each text in the first language of the reader that has it."""

from datetime import date
from typing import Any

import pytest

from relations.models import EventCountryLink, EventPage, EventParticipant
from tests.asking import ask
from tests.factories.records import record_make
from tests.factories.site import SiteTree
from tests.relations_world import translated

pytestmark = pytest.mark.django_db


def participants(arguments: str) -> list[dict[str, Any]]:
    query = f"{{ timeline({arguments}) {{ nodes {{ event {{ participants {{ name capacity locale }} }} }} }} }}"
    [entry] = ask(query)["timeline"]["nodes"]
    found: list[dict[str, Any]] = entry["event"]["participants"]
    return found


@pytest.mark.parametrize(
    ("arabic", "shown"),
    [
        ({"capacity": "وزير"}, {"name": "M. Dupont", "capacity": "وزير", "locale": "AR"}),
        ({"name": "السيد دوبون"}, {"name": "السيد دوبون", "capacity": "Ministre", "locale": "AR"}),
        ({}, {"name": "M. Dupont", "capacity": "Ministre", "locale": "FR"}),
    ],
)
def test_each_text_falls_back_by_itself(site_tree: SiteTree, arabic: dict[str, str], shown: dict[str, str]) -> None:
    event = record_make(
        EventPage,
        home=site_tree.home["fr"],
        title="Visite",
        kind="summit",
        starts_on=date(2004, 1, 1),
        rows={
            "country_links": [EventCountryLink(country=site_tree.country["fr", "MX"])],
            "participants": [
                EventParticipant(name="M. Dupont", capacity="Ministre", country=site_tree.country["fr", "MX"])
            ],
        },
    )
    row = EventParticipant(translation_key=event.participants.get().translation_key, **arabic)
    translated(event, site_tree, "ar", title="زيارة", rows={"participants": [row]})
    assert participants("locale: AR") == [shown]
    # Who wants no other language is not told a name in one.
    alone = {"name": shown["name"], "capacity": None, "locale": "AR"}
    assert participants("locale: AR, fallback: []") == ([alone] if "name" in arabic else [])
