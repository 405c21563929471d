"""Rows of events, agreements and of the pages that hold them, by translation key."""

from collections.abc import Collection, Sequence

from home.selectors.keys import Key
from home.selectors.pages import CONTENT_FIELDS, Row, page_rows_by_keys
from home.selectors.records import record_rows_by_keys
from home.selectors.visibility import Gate
from relations.models import AgreementIndexPage, AgreementPage, EventIndexPage, EventPage

INDEX_FIELDS = CONTENT_FIELDS
EVENT_FIELDS = (*CONTENT_FIELDS, "place")
EVENT_FACTS = (
    "kind",
    "direction",
    "number",
    "starts_on",
    "starts_precision",
    "ends_on",
    "ends_precision",
    "agreement__translation_key",
)
AGREEMENT_FIELDS = (*CONTENT_FIELDS, "place")
AGREEMENT_FACTS = ("kind", "field")


def event_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Events by translation key. Two statements."""
    return record_rows_by_keys(EventPage, keys=keys, fields=EVENT_FIELDS, facts=EVENT_FACTS, gate=gate, chain=chain)


def agreement_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Agreements by translation key. Two statements."""
    return record_rows_by_keys(
        AgreementPage, keys=keys, fields=AGREEMENT_FIELDS, facts=AGREEMENT_FACTS, gate=gate, chain=chain
    )


def event_index_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """The pages that hold events, by translation key. One statement."""
    return page_rows_by_keys(EventIndexPage, keys=keys, fields=INDEX_FIELDS, gate=gate, chain=chain)


def agreement_index_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Registers of agreements by translation key. One statement."""
    return page_rows_by_keys(AgreementIndexPage, keys=keys, fields=INDEX_FIELDS, gate=gate, chain=chain)
