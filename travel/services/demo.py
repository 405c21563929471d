"""Travel advice of the demonstration, with its history."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

import travel.demo
from regions.demo.bodies import BodyBuilder, stable_uuid
from regions.services.demo.pages import DemoMenuEntry, DemoTrees
from regions.services.demo.records import RecordDemo, record_load_rows, record_load_texts
from travel.models import TravelAdviceChange, TravelAdviceIndexPage, TravelAdvicePage

_FOLDER = Path(travel.demo.__file__).parent / "content"


def advice_sections(builder: BodyBuilder, key: str, text: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of the sections, which content files write ``sections = [[kind, text], …]``."""
    sections = [
        {
            "type": "section",
            "value": {"kind": kind, "text": builder.html(words)},
            "id": str(stable_uuid("advice", key, kind)),
        }
        for kind, words in text.get("sections", [])
    ]
    return {"sections": json.dumps(sections, ensure_ascii=False)}


DEMOS = (
    RecordDemo(TravelAdvicePage, TravelAdviceIndexPage, "advice", _FOLDER, "advice", further_texts=advice_sections),
)


def demo_rows_load(*, trees: Mapping[str, DemoTrees]) -> int:
    """Make the rows that are missing, and say which menus lead to them. Return how many were made."""
    made = record_load_rows(demos=DEMOS, trees=trees)
    for tree in trees.values():
        tree.menu.append(DemoMenuEntry(3, tree.records["index"]["advice"]))
    return made


@transaction.atomic
def demo_texts_load(*, trees: Mapping[str, DemoTrees]) -> int:
    """Write and publish what nobody has written in yet, with what was said before. Return how many pages."""
    written = record_load_texts(demos=DEMOS, trees=trees)
    facts = DEMOS[0].facts()
    changes = []
    for page in sorted(written, key=lambda page: not page.is_source):
        text = DEMOS[0].texts(page.locale.language_code)[page.slug]
        for past, note in zip(facts[page.slug].get("history", []), text.get("history", []), strict=False):
            changes.append(
                TravelAdviceChange(
                    page=page,
                    locale_code=page.locale.language_code,
                    published_at=datetime.datetime.combine(past["on"], datetime.time(10), tzinfo=datetime.UTC),
                    level=past["level"],
                    note=note,
                    is_minor=past.get("is_minor", False),
                )
            )
    made = TravelAdviceChange.objects.bulk_create(changes)
    # A translation's row stands in the place of that of its source.
    sources = {(change.page.translation_key, change.published_at): change for change in made if change.page.is_source}
    for change in made:
        if not change.page.is_source:
            change.source_change = sources.get((change.page.translation_key, change.published_at))
    TravelAdviceChange.objects.bulk_update(made, ["source_change"])
    return len(written)
