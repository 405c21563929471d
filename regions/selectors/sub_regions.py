"""Sub-regions in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from home.selectors.prepared import prepared
from regions.models import SubRegion


def sub_region_list(*, chain: Sequence[str]) -> tuple[list[dict[str, Any]], dict[int, dict[str, Any]]]:
    """Every sub-region once, in the best language of ``chain`` and by code; and the same rows by the id of any.

    One whose translation has only begun has no name yet; the next language of the chain stands for it.
    Rows: ``id code name continent_code translation_key locale_code parent_key`` (the parent's translation key or None).
    One statement; the world has a few dozen.
    """
    rank = {code: position for position, code in enumerate(chain)}
    rows = prepared(
        "sub_region_list",
        lambda: (
            SubRegion.objects.annotate(locale_code=F("locale__language_code"), parent_key=F("parent__translation_key"))
            .values("id", "code", "name", "continent_code", "translation_key", "locale_code", "parent_key")
            .order_by("code", "id")
        ),
    ).rows({})
    best: dict[Any, dict[str, Any]] = {}
    for row in rows:
        key = row["translation_key"]
        is_shown = row["name"] and row["locale_code"] in rank
        if is_shown and (key not in best or rank[row["locale_code"]] < rank[best[key]["locale_code"]]):
            best[key] = row
    by_id = {row["id"]: best[row["translation_key"]] for row in rows if row["translation_key"] in best}
    return sorted(best.values(), key=lambda row: row["code"]), by_id
