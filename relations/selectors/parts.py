"""What hangs on events and agreements: whom and what they name, documents, sources, and one another."""

from collections.abc import Collection, Sequence
from typing import Any

from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_queryset_visible
from home.selectors.prepared import ID, KEY, any_of, prepared
from home.selectors.record_rows import fact_rows, text_rows
from home.selectors.visibility import Gate
from relations.models import (
    AgreementLink,
    AgreementParty,
    AgreementText,
    EventContinentLink,
    EventCountryLink,
    EventDocument,
    EventOrganisationLink,
    EventPage,
    EventParticipant,
    EventSource,
)

_LINKS: dict[str, type[Any]] = {
    "country": EventCountryLink,
    "continent": EventContinentLink,
    "organisation": EventOrganisationLink,
}


def event_place_keys(place: str, *, ids: Collection[int]) -> dict[int, list[Key]]:
    """Translation keys of what events name, by the id of their source page. One statement.

    ``place`` is ``country``, ``continent`` or ``organisation``.
    """
    statement = prepared(
        ("event_place_keys", place),
        lambda: (
            _LINKS[place]
            ._default_manager.filter(any_of("page_id", "ids", ID))
            .order_by("page_id", "sort_order", "id")
            .values("page_id", f"{place}__translation_key")
        ),
    )
    return _lists(statement.tuples({"ids": ids}))


def event_participant_rows(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, list[Row]]:
    """Who took part in events, by the event's translation key, in the editors' order. One statement.

    Rows: ``name capacity locale_code person_key country_key organisation_key``; what there is none of is None or empty.
    """
    names = ("person", "country", "organisation")
    found = text_rows(
        EventParticipant,
        of=EventPage,
        keys=keys,
        facts=[f"{name}__translation_key" for name in names],
        texts=["name", "capacity"],
        gate=gate,
        chain=chain,
    )
    for row in (row for rows in found.values() for row in rows):
        row.update({f"{name}_key": row.pop(f"{name}__translation_key") for name in names})
    return found


def event_document_ids(*, ids: Collection[int]) -> dict[int, list[int]]:
    """Ids of the documents of events, by the id of their source page. One statement."""
    statement = prepared(
        "event_document_ids",
        lambda: (
            EventDocument.objects.filter(any_of("page_id", "ids", ID))
            .order_by("page_id", "sort_order", "id")
            .values("page_id", "document_id")
        ),
    )
    return _lists(statement.tuples({"ids": ids}))


def event_source_rows(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """The sources of events (``label url``), by the id of their source page. One statement."""
    return fact_rows(EventSource, ids=ids, columns=["label", "url"])


def agreement_party_rows(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """Whom agreements are with, by the id of their source page. One statement.

    Rows: ``country__translation_key organisation__translation_key``.
    """
    return fact_rows(AgreementParty, ids=ids, columns=["country__translation_key", "organisation__translation_key"])


def agreement_text_rows(*, ids: Collection[int]) -> dict[int, list[Row]]:
    """Texts of agreements (``language document_id is_authentic``), by the id of their source page. One statement."""
    return fact_rows(AgreementText, ids=ids, columns=["language", "document_id", "is_authentic"])


def agreement_link_keys(*, keys: Collection[Key], is_reverse: bool) -> dict[Key, list[tuple[str, Key]]]:
    """What agreements do to others, as (kind, translation key), by translation key. One statement.

    ``is_reverse`` asks for what others do to them.
    """
    own, other = ("agreement", "page") if is_reverse else ("page", "agreement")
    statement = prepared(
        ("agreement_link_keys", is_reverse),
        lambda: (
            AgreementLink.objects.filter(any_of(f"{own}__translation_key", "keys", KEY))
            .order_by("sort_order", "id")
            .values(f"{own}__translation_key", "kind", f"{other}__translation_key")
        ),
    )
    found: dict[Key, list[tuple[str, Key]]] = {}
    for key, kind, other_key in statement.tuples({"keys": keys}):
        found.setdefault(key, []).append((kind, other_key))
    return found


def agreement_event_keys(*, keys: Collection[Key], gate: Gate) -> dict[Key, list[Key]]:
    """Translation keys of the visible events at which agreements were signed, the first one first. One statement."""
    statement = prepared(
        ("agreement_event_keys", gate.shape),
        lambda: (
            page_queryset_visible(EventPage, gate=gate.shape)
            .filter(any_of("agreement__translation_key", "keys", KEY), locale_code=locale_source())
            .order_by("starts_on", "pk")
            .values("agreement__translation_key", "translation_key")
        ),
    )
    return _lists(statement.tuples({**gate.values, "keys": keys}))


def _lists(pairs: list[tuple[Any, ...]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for owner, value in pairs:
        line = found.setdefault(owner, [])
        if value not in line:
            line.append(value)
    return found
