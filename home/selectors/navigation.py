"""Menus of a site."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import F, TextField
from django.db.models.functions import Cast

from home.models import NavigationMenu
from home.selectors.prepared import ID, TEXT, Parameter, any_of, prepared


def navigation_menus(*, site_id: int, locations: Collection[str], chain: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By location, the first menu of the chain that has entries: ``{"id", "locale", "items"}``. One statement.

    ``items`` is the list of raw blocks. Locations without a menu are left out.
    """
    statement = prepared(
        ("navigation_menus", tuple(chain)),
        lambda: (
            NavigationMenu.objects.filter(any_of("location", "locations", TEXT), locale__language_code__in=chain)
            .filter(site_id=Parameter("site_id", ID))
            # As text: the field would check the blocks of every language, and fail on damaged ones.
            .values("id", "location", code=F("locale__language_code"), raw=Cast("items", TextField()))
        ),
    )
    rows = statement.rows({"site_id": site_id, "locations": locations})
    by_location: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        items = json.loads(row["raw"] or "[]")
        by_location[row["location"]][row["code"]] = {
            "id": row["id"],
            "locale": row["code"],
            "items": items if isinstance(items, list) else [],
        }
    menus = {}
    for location, by_code in by_location.items():
        ranked = [by_code[code] for code in chain if code in by_code]
        menus[location] = next((menu for menu in ranked if menu["items"]), ranked[0])
    return menus
