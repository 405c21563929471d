"""Rows of missions, organisations, people and of the pages that hold them, by translation key."""

from collections.abc import Collection, Sequence

from home.selectors.keys import Key
from home.selectors.pages import CONTENT_FIELDS, Row, page_rows_by_keys
from home.selectors.records import record_rows_by_keys
from home.selectors.visibility import Gate
from missions.models import (
    MissionIndexPage,
    MissionPage,
    OrganisationIndexPage,
    OrganisationPage,
    PersonIndexPage,
    PersonPage,
)

INDEX_FIELDS = CONTENT_FIELDS
MISSION_FIELDS = (*CONTENT_FIELDS, "city", "address_text", "district")
MISSION_FACTS = (
    "direction",
    "kind",
    "host_country__translation_key",
    "sending_country__translation_key",
    "sending_organisation__translation_key",
    "status",
    "status_since",
    "status_precision",
    "status_until",
    "address",
    "latitude",
    "longitude",
    "time_zone",
    "working_languages",
)
ORGANISATION_FIELDS = (*CONTENT_FIELDS, "acronym", "formal_name", "seat_city")
ORGANISATION_FACTS = (
    "kind",
    "seat_country__translation_key",
    "website",
    "founded_on",
    "standing",
    "standing_since",
)
PERSON_FIELDS = (*CONTENT_FIELDS, "courtesy_title")
PERSON_FACTS = ("nationality__translation_key",)


def mission_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Missions by translation key. Two statements."""
    return record_rows_by_keys(
        MissionPage, keys=keys, fields=MISSION_FIELDS, facts=MISSION_FACTS, gate=gate, chain=chain
    )


def organisation_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Organisations by translation key. Two statements."""
    return record_rows_by_keys(
        OrganisationPage, keys=keys, fields=ORGANISATION_FIELDS, facts=ORGANISATION_FACTS, gate=gate, chain=chain
    )


def person_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """People by translation key. Two statements."""
    return record_rows_by_keys(PersonPage, keys=keys, fields=PERSON_FIELDS, facts=PERSON_FACTS, gate=gate, chain=chain)


def mission_index_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Directories of missions by translation key. One statement."""
    return page_rows_by_keys(MissionIndexPage, keys=keys, fields=INDEX_FIELDS, gate=gate, chain=chain)


def organisation_index_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Lists of organisations by translation key. One statement."""
    return page_rows_by_keys(OrganisationIndexPage, keys=keys, fields=INDEX_FIELDS, gate=gate, chain=chain)


def person_index_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Lists of people by translation key. One statement."""
    return page_rows_by_keys(PersonIndexPage, keys=keys, fields=INDEX_FIELDS, gate=gate, chain=chain)
