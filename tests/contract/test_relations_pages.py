"""Whole answers of organisations, people, events and agreements in each language; see ``test_pages``."""

import json
import os

import pytest
from wagtail.models import Page

from tests.asking import ask
from tests.contract.site import PUBLISHED, UPDATED
from tests.contract.test_pages import IMAGE, INTERFACE, SNAPSHOTS, settled
from tests.factories.site import SiteTree
from tests.relations_world import relations_world_make

pytestmark = pytest.mark.django_db

ENTRIES = """nodes { date precision endsOn dateLabel kind kindLabel title event { path } agreement { path } }
    pageInfo { hasNextPage }"""
FACETS = """facets { kind { value label count } field { value label count } status { value label count }
    year { value label count } country { value label count } }"""
NEWS = """news(first: 1) { totalCount edges { cursor node {
    title people { person { title } office { kind } post { post } label locale isFormer } organisations { acronym }
} } }"""
TYPES = {
    "Organisation": (
        "organisations",
        f"""acronym formalName organisationKind organisationKindLabel seatCity seatCountry {{ name }} website foundedOn
        standing standingLabel standingSince introduction {IMAGE} {NEWS} timeline {{ totalCount {ENTRIES} }}
        members {{ country {{ name }} standing standingLabel startsOn endsOn isCurrent }}
        agreements {{ totalCount nodes {{ title }} {FACETS} }}""",
    ),
    "Person": (
        "people",
        f"""courtesyTitle nationality {{ name }} introduction {IMAGE}
        offices {{
          kind kindLabel title locale startsOn endsOn isCurrent country {{ name }} organisation {{ title }}
        }}
        posts {{ mission {{ title }} post postLabel startsOn endsOn isCurrent credentialsCopyOn credentialsOn }}""",
    ),
    "Event": (
        "timeline",
        f"""eventKind eventKindLabel visitDirection visitDirectionLabel number startsOn startsPrecision endsOn
        endsPrecision dateLabel place introduction {IMAGE} countries {{ nodes {{ name }} }}
        continents {{ nodes {{ name }} }} organisations {{ title }} agreement {{ title }}
        documents {{ title extension }} sources {{ label url }} {NEWS}
        participants {{ person {{ title }} name capacity locale country {{ name }} organisation {{ title }} }}""",
    ),
    "Agreement": (
        "agreements",
        f"""agreementKind agreementKindLabel field fieldLabel place introduction {IMAGE} agreementStatus
        agreementStatusLabel signedOn inForceOn parties {{ country {{ name }} organisation {{ title }} }}
        stages {{ kind kindLabel date precision dateLabel reference }}
        texts {{ language isAuthentic document {{ title }} }} amends {{ title }} amendedBy {{ title }}
        replaces {{ title }} replacedBy {{ title }} implements {{ title }} implementedBy {{ title }}
        events {{ title dateLabel }} {NEWS}""",
    ),
}


@pytest.mark.parametrize("type_name", TYPES)
def test_the_whole_answer_is_as_agreed(site_tree: SiteTree, type_name: str) -> None:
    relations_world_make(site_tree)
    Page.objects.filter(live=True).update(first_published_at=PUBLISHED, last_published_at=UPDATED)
    root, fields = TYPES[type_name]
    page = f"{{ __typename {INTERFACE} {fields} }}"
    nodes = f"nodes {{ event {page} }}" if type_name == "Event" else f"nodes {page}"
    more = ENTRIES if type_name == "Event" else ("totalCount" if type_name != "Agreement" else f"totalCount {FACETS}")
    names: dict[str, str] = {}
    # The parts of the query are fields of one list: entries of the timeline are asked for beside their events.
    query = (
        f"query ($locale: LocaleCode) {{ {root}(locale: $locale) {{ {more} }} "
        f"all: {root}(locale: $locale) {{ {nodes} }} }}"
    )
    answers = {code: settled(ask(query, {"locale": code.upper()}), names) for code in ("fr", "ar", "es")}
    file = SNAPSHOTS / f"{type_name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(json.dumps(answers, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert answers == json.loads(file.read_text(encoding="utf-8"))
