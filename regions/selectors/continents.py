"""Continents as a reader is shown them."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from home.selectors.keys import Key
from home.selectors.pages import (
    CONTENT_FIELDS,
    Row,
    page_best_by_key,
    page_queryset_visible,
    page_rows_by_keys,
    row_fields,
)
from home.selectors.prepared import ID, TEXT, any_of, prepared
from home.selectors.visibility import Gate
from regions.models import ContinentPage, ContinentPinnedNews

CONTINENT_FIELDS = (*CONTENT_FIELDS, "code", "menu_label", "heading")


def continent_rows_shown(
    *,
    gate: Gate,
    chain: Sequence[str],
    codes: Collection[str] | None = None,
    fields: Sequence[str] = CONTINENT_FIELDS,
) -> list[Row]:
    """Every continent, or those with ``codes`` (UN M49), in no order: there are five. One statement.

    Rows have ``fields`` and ``KEY_FIELDS``.
    """
    columns = row_fields(fields)
    conditions = [] if codes is None else [any_of("code", "codes", TEXT)]
    statement = prepared(
        ("continent_rows_shown", codes is None, tuple(chain), gate.shape, columns),
        lambda: (
            page_queryset_visible(ContinentPage, gate=gate.shape)
            .filter(*conditions, locale_code__in=chain)
            .values(*columns)
        ),
    )
    return list(page_best_by_key(statement.rows({**gate.values, "codes": codes}), chain=chain).values())


def continent_rows_by_keys(*, keys: Collection[Key], gate: Gate, chain: Sequence[str]) -> dict[Key, Row]:
    """Continents by translation key. One statement."""
    return page_rows_by_keys(ContinentPage, keys=keys, fields=CONTINENT_FIELDS, gate=gate, chain=chain)


def continent_pinned_news_keys(*, continent_ids: Collection[int]) -> dict[int, list[Key]]:
    """Translation keys of the pinned news of each continent page, in the editors' order. One statement."""
    keys: dict[int, list[Key]] = defaultdict(list)
    links = prepared(
        "continent_pinned_news_keys",
        lambda: (
            ContinentPinnedNews.objects.filter(any_of("page_id", "ids", ID))
            .order_by("page_id", "sort_order", "id")
            .values("page_id", "news__translation_key")
        ),
    )
    for page_id, key in links.tuples({"ids": continent_ids}):
        if key not in keys[page_id]:
            keys[page_id].append(key)
    return keys
