"""Kinds of news in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from home.selectors.prepared import prepared
from regions.models import NewsKind


def news_kind_list(*, chain: Sequence[str]) -> tuple[list[dict[str, Any]], dict[int, dict[str, Any]]]:
    """Every kind once, in the best language of ``chain`` and in the editors' order; and the same by the id of any.

    A kind whose translation has only begun has no name yet; the next language of the chain stands for it.
    Rows: ``id slug name sort_order translation_key locale_code``. One statement; there are a dozen.
    """
    rank = {code: position for position, code in enumerate(chain)}
    rows = prepared(
        "news_kind_list",
        lambda: (
            NewsKind.objects.annotate(locale_code=F("locale__language_code"))
            .values("id", "slug", "name", "sort_order", "translation_key", "locale_code")
            .order_by("sort_order", "slug", "id")
        ),
    ).rows({})
    best: dict[Any, dict[str, Any]] = {}
    for row in rows:
        key = row["translation_key"]
        is_shown = row["name"] and row["locale_code"] in rank
        if is_shown and (key not in best or rank[row["locale_code"]] < rank[best[key]["locale_code"]]):
            best[key] = row
    by_id = {row["id"]: best.get(row["translation_key"], row) for row in rows}
    return sorted(best.values(), key=lambda row: (row["sort_order"], row["slug"])), by_id
