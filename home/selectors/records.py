"""Rows of records (``home.models.RecordPage``): text in the reader's language, facts from the page of the source.

A row of text has the facts beside it, as a dict under ``facts``. Child rows that hold facts hang on the source page,
whose id is ``facts["id"]``. A record whose source page the public may not see is not shown in any language.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

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


def record_child_rows(
    model: type[Model],
    *,
    keys: Collection[Key],
    facts: Sequence[str],
    texts: Sequence[str],
    gate: Gate,
    chain: Sequence[str],
) -> dict[Key, list[Row]]:
    """Translatable child rows of records, by the record's translation key, in the editors' order. One statement.

    ``facts`` are those of the source page's row, whose ``id`` each has; ``texts`` those of the first language of the
    chain in which a visible page has any of them, and ``locale_code`` says which one that is: the source's where none
    has. For records that passed the gate.
    """
    source = locale_source()
    codes = tuple(dict.fromkeys((*chain, source)))
    statement = prepared(
        ("record_child_rows", model, tuple(facts), tuple(texts), codes, source, gate.shape),
        lambda: (
            model._default_manager.filter(
                any_of("page__translation_key", "keys", KEY), gate.shape.visible("page__"), page__locale_code__in=codes
            )
            .order_by("page_id", "sort_order", "id")
            .values("id", "translation_key", "page__translation_key", "page__locale_code", *facts, *texts)
        ),
    )
    found: dict[Key, list[Row]] = {}
    translations: dict[tuple[Key, str], Row] = {}
    for row in statement.rows({**gate.values, "keys": keys}):
        record, code = row.pop("page__translation_key"), row.pop("page__locale_code")
        translations[row["translation_key"], code] = row
        if code == source:
            found.setdefault(record, []).append(row)
    return {
        record: [_with_texts(row, translations, texts=texts, chain=chain, source=source) for row in rows]
        for record, rows in found.items()
    }


def _with_texts(
    row: Row, translations: dict[tuple[Key, str], Row], *, texts: Sequence[str], chain: Sequence[str], source: str
) -> Row:
    for code in chain:
        text = translations.get((row["translation_key"], code))
        if text is not None and any(text[name] for name in texts):
            return {**row, **{name: text[name] for name in texts}, "locale_code": code}
    return {**row, **({} if source in chain else dict.fromkeys(texts, "")), "locale_code": source}


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
