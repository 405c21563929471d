"""Missions, organisations and people of the demonstration."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import missions.demo
from missions.models import (
    MissionIndexPage,
    MissionPage,
    NewsOrganisationLink,
    NewsPersonLink,
    OrganisationIndexPage,
    OrganisationPage,
    PersonIndexPage,
    PersonPage,
)
from regions.demo.records import Table, record_facts
from regions.services.demo.pages import DemoMenuEntry, DemoTrees
from regions.services.demo.records import RecordDemo, record_load_rows, record_load_texts

_FOLDER = Path(missions.demo.__file__).parent / "content"


def mission_spell_out(table: Table) -> Table:
    """Columns and child rows of a mission, of which content files write some in short.

    ``place = [latitude, longitude]``; ``hours = [[service, first day, last day, "09:00", "12:30"], …]``;
    ``contacts = [[kind, purpose, value], …]``; ``accredited = ["BZ", …]`` and ``accredited_to = [organisation, …]``.
    """
    full = dict(table)
    if "place" in full:
        full["latitude"], full["longitude"] = full.pop("place")
    full["contacts"] = [
        {"kind": kind, "purpose": purpose, "value": value} for kind, purpose, value in full.get("contacts", [])
    ]
    full["opening_hours"] = [
        {
            "service": service,
            "weekday": weekday,
            "opens": datetime.time.fromisoformat(opens),
            "closes": datetime.time.fromisoformat(closes),
        }
        for service, first, last, opens, closes in full.pop("hours", [])
        for weekday in range(first, last + 1)
    ]
    full["accreditations"] = [
        *({"country": code} for code in full.pop("accredited", [])),
        *({"organisation": key} for key in full.pop("accredited_to", [])),
    ]
    return full


def organisation_spell_out(table: Table) -> Table:
    """``members`` are written ``[[day or "", code, code, …], …]``: countries that became members on one day."""
    groups = table.get("members", [])
    rows = [
        {"country": code, **({"starts_on": datetime.date.fromisoformat(day)} if day else {})}
        for day, *codes in groups
        for code in codes
    ]
    return {**table, "members": rows}


DEMOS = (
    RecordDemo(
        OrganisationPage, OrganisationIndexPage, "organisation", _FOLDER, "organisations", organisation_spell_out
    ),
    RecordDemo(PersonPage, PersonIndexPage, "person", _FOLDER, "people"),
    RecordDemo(MissionPage, MissionIndexPage, "mission", _FOLDER, "missions", mission_spell_out),
)


def demo_rows_load(*, trees: Mapping[str, DemoTrees]) -> int:
    """Make the rows that are missing, and say which news and menus lead to them. Return how many rows were made."""
    made = record_load_rows(demos=DEMOS, trees=trees)
    links = record_facts(_FOLDER, "news")
    source = next(iter(trees.values()))
    for tree in trees.values():
        for key, of in links.items():
            rows: dict[str, list[Any]] = tree.news_rows.setdefault(key, {})
            people, organisations = source.records["person"], source.records["organisation"]
            rows["person_links"] = [
                NewsPersonLink(person=people[person]) for person in of.get("people", []) if person in people
            ]
            rows["organisation_links"] = [
                NewsOrganisationLink(organisation=organisations[organisation])
                for organisation in of.get("organisations", [])
                if organisation in organisations
            ]
        index = tree.records["index"]
        tree.menu.append(DemoMenuEntry(1, index["mission"], [index["organisation"], index["person"]]))
    return made


def demo_texts_load(*, trees: Mapping[str, DemoTrees]) -> int:
    """Write and publish what nobody has written in yet. Return how many pages."""
    return len(record_load_texts(demos=DEMOS, trees=trees))
