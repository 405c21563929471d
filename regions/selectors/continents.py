"""Continents as a reader is shown them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from home.selectors.pages import CONTENT_FIELDS, Row, page_best_by_key, page_queryset_visible, page_rows_by_keys
from home.selectors.visibility import Gate
from regions.models import ContinentPage, ContinentPinnedNews

CONTINENT_FIELDS = (*CONTENT_FIELDS, "code", "menu_label", "heading")


def continent_rows_shown(*, gate: Gate, chain: Sequence[str], codes: Collection[str] | None = None) -> list[Row]:
    """Every continent, or those with ``codes`` (UN M49), in no order: there are five. One statement."""
    queryset = page_queryset_visible(ContinentPage, gate=gate).filter(locale_code__in=chain)
    if codes is not None:
        queryset = queryset.filter(code__in=codes)
    return list(page_best_by_key(queryset.values(*CONTINENT_FIELDS), chain=chain).values())


def continent_rows_by_keys(*, keys: Collection[UUID], gate: Gate, chain: Sequence[str]) -> dict[UUID, Row]:
    """Continents by translation key. One statement."""
    return page_rows_by_keys(ContinentPage, keys=keys, fields=CONTINENT_FIELDS, gate=gate, chain=chain)


def continent_pinned_news_keys(*, continent_ids: Collection[int]) -> dict[int, list[UUID]]:
    """Translation keys of the pinned news of each continent page, in the editors' order. One statement."""
    keys: dict[int, list[UUID]] = defaultdict(list)
    links: Any = (
        ContinentPinnedNews.objects.filter(page_id__in=continent_ids)
        .order_by("page_id", "sort_order", "id")
        .values_list("page_id", "news__translation_key")
    )
    for page_id, key in links:
        if key not in keys[page_id]:
            keys[page_id].append(key)
    return keys
