"""Rows of travel advice and of the pages that hold it, by translation key."""

from collections.abc import Collection, Sequence

from home.selectors.keys import Key
from home.selectors.pages import CONTENT_FIELDS, Row, page_rows_by_keys
from home.selectors.records import record_rows_by_keys
from home.selectors.visibility import Gate
from travel.models import TravelAdviceIndexPage, TravelAdvicePage

INDEX_FIELDS = CONTENT_FIELDS
ADVICE_FIELDS = CONTENT_FIELDS
ADVICE_FACTS = (
    "country__translation_key",
    "level",
    "reviewed_on",
    "review_due_on",
    "is_minor_change",
    "first_published_at",
)


def travel_advice_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Travel advice by translation key. Two statements."""
    return record_rows_by_keys(
        TravelAdvicePage, keys=keys, fields=ADVICE_FIELDS, facts=ADVICE_FACTS, gate=gate, chain=chain
    )


def travel_advice_index_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """The pages that hold travel advice, by translation key. One statement."""
    return page_rows_by_keys(TravelAdviceIndexPage, keys=keys, fields=INDEX_FIELDS, gate=gate, chain=chain)
