"""Rows of records (``home.models.RecordPage``): text in the reader's language, facts from the page of the source.

A row of text has the facts beside it, as a dict under ``facts``. Child rows that hold facts hang on the source page,
whose id is ``facts["id"]``. A record whose source page the public may not see is not shown in any language.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from home.models import RecordPage
from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_queryset_visible, page_rows_by_keys
from home.selectors.prepared import KEY, any_of, prepared
from home.selectors.visibility import Conditions, Gate


def record_facts_by_keys(
    model: type[RecordPage], *, keys: Collection[Key], facts: Sequence[str], gate: Gate
) -> dict[Key, Row]:
    """``id`` and the columns ``facts`` of visible source pages, by translation key. One statement."""
    source = locale_source()
    statement = prepared(
        ("record_facts_by_keys", model, tuple(facts), source, gate.shape),
        lambda: (
            page_queryset_visible(model, gate=gate.shape)
            .filter(any_of("translation_key", "keys", KEY), locale_code=source)
            .values("id", "translation_key", *facts)
        ),
    )
    return {row["translation_key"]: row for row in statement.rows({**gate.values, "keys": keys})}


def record_rows_by_keys(
    model: type[RecordPage],
    *,
    keys: Collection[Key],
    fields: Sequence[str],
    facts: Sequence[str],
    gate: Gate,
    chain: Sequence[str],
) -> dict[Key, Row]:
    """The rows shown of a type of record, with their ``facts``, by translation key. Two statements."""
    found = record_facts_by_keys(model, keys=keys, facts=facts, gate=gate)
    rows = page_rows_by_keys(model, keys=list(found), fields=fields, gate=gate, chain=chain) if found else {}
    for key, row in rows.items():
        row["facts"] = found[key]
    return rows


def record_queryset_shown(model: type[RecordPage], *, gate: Conditions, chain: Sequence[str]) -> QuerySet[Any]:
    """The source pages of the records that a reader with a chain of languages is shown: filter, sort and count these.

    Facts are conditions on these pages and their rows. Texts are read by translation key afterwards.
    """
    source = locale_source()
    pages = page_queryset_visible(model, gate=gate).filter(locale_code=source)
    if source in chain:
        return pages
    texts = page_queryset_visible(model, gate=gate).filter(
        locale_code__in=chain, translation_key=OuterRef("translation_key")
    )
    return pages.filter(Exists(texts))
