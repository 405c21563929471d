"""Child rows of records, for many records at once.

Rows of facts hang on the page of the source language. Rows that hold text beside facts stand on every translation: the
facts are read from the source's row, each text from the first language of the reader's chain whose row has it.
"""

from collections.abc import Collection, Hashable, Sequence
from typing import Any

from django.db.models import Model, Q

from home.models import RecordPage
from home.selectors.keys import Key
from home.selectors.locales import locale_source
from home.selectors.pages import Row, page_queryset_visible
from home.selectors.prepared import ID, KEY, any_of, prepared
from home.selectors.visibility import Gate


def fact_rows(
    model: type[Model], *, ids: Collection[int], columns: Sequence[str], order: Sequence[str] = ("sort_order", "id")
) -> dict[int, list[Row]]:
    """Rows of facts with ``columns``, by the id of the source page that they hang on. One statement."""
    statement = prepared(
        ("fact_rows", model, tuple(columns), tuple(order)),
        lambda: (
            model._default_manager.filter(any_of("page_id", "ids", ID))
            .order_by("page_id", *order)
            .values("page_id", *columns)
        ),
    )
    return statement.groups({"ids": ids})


def text_rows(
    model: type[Model],
    *,
    of: type[RecordPage],
    keys: Collection[Key],
    facts: Sequence[str],
    texts: Sequence[str],
    gate: Gate,
    chain: Sequence[str],
) -> dict[Key, list[Row]]:
    """Rows that hold ``texts`` beside ``facts``, by the translation key of their page, in the source's order.

    Each text falls back by itself, and is empty or None where no language of the chain has it. ``locale_code`` is the
    first of the chain in which the row has any text, whatever came from others; None where none has. One statement.
    """
    source = locale_source()
    codes = tuple(dict.fromkeys((*chain, source)))
    statement = prepared(
        ("text_rows", model, tuple(facts), tuple(texts), codes, gate.shape),
        lambda: (
            model._default_manager.filter(
                page__in=page_queryset_visible(of, gate=gate.shape)
                .filter(any_of("translation_key", "keys", KEY), locale_code__in=codes)
                .values("pk")
            )
            .order_by("page_id", "sort_order", "id")
            .values("page__translation_key", "page__locale_code", "translation_key", *facts, *texts)
        ),
    )
    sources: list[Row] = []
    spoken: dict[tuple[Hashable, str], Row] = {}
    for row in statement.rows({**gate.values, "keys": keys}):
        code = row["page__locale_code"]
        if code == source:
            sources.append(row)
        if any(row[name] for name in texts):
            spoken[row["translation_key"], code] = row
    found: dict[Key, list[Row]] = {}
    for row in sources:
        said = {
            code: spoken[row["translation_key"], code] for code in chain if (row["translation_key"], code) in spoken
        }
        line = found.setdefault(row["page__translation_key"], [])
        line.append(
            {
                **{name: row[name] for name in facts},
                **{name: next((text[name] for text in said.values() if text[name]), None) for name in texts},
                "locale_code": next(iter(said), None),
            }
        )
    return found


def is_current(row: Row, day: Any) -> bool:
    """Whether a row with ``starts_on`` and ``ends_on`` holds on a day; both ends are included and may be unknown."""
    starts_on, ends_on = row["starts_on"], row["ends_on"]
    return (starts_on is None or starts_on <= day) and (ends_on is None or ends_on >= day)


def current(day: Any) -> Q:
    """The condition that a row with ``starts_on`` and ``ends_on`` holds on a day."""
    started = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    return started & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
