"""Events and agreements of the demonstration, with sample documents."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import relations.demo
from regions.demo.records import Table, record_facts
from regions.services.demo.media import document_load
from regions.services.demo.pages import DemoMenuEntry, DemoTrees
from regions.services.demo.records import RecordDemo, record_load_rows, record_load_texts
from relations.models import AgreementIndexPage, AgreementPage, EventIndexPage, EventPage

_FOLDER = Path(relations.demo.__file__).parent / "content"
_PRECISION = ("year", "month", "day")


def _date(spelled: str, name: str, precision: str) -> Table:
    """``2004``, ``2004-11`` or ``2004-11-26`` as a day and what of it is known."""
    year, month, day = [*spelled.split("-"), "01", "01"][:3]
    return {
        name: datetime.date(int(year), int(month), int(day)),
        precision: _PRECISION[spelled.count("-")],
    }


def event_spell_out(table: Table) -> Table:
    """Columns and child rows of an event; files write dates as far as they are known, and links as lists of keys."""
    full = dict(table)
    full |= _date(full.pop("from"), "starts_on", "starts_precision")
    if "until" in full:
        full |= _date(full.pop("until"), "ends_on", "ends_precision")
    for relation, column in (
        ("country_links", "country"),
        ("continent_links", "continent"),
        ("organisation_links", "organisation"),
        ("news_links", "news"),
        ("documents", "document"),
    ):
        full[relation] = [{column: key} for key in full.get(relation, [])]
    full["sources"] = [{"label": label, "url": url} for label, url in full.get("sources", [])]
    return full


def agreement_spell_out(table: Table) -> Table:
    """Columns and child rows of an agreement.

    ``stages = [[kind, "2004-11-26", reference], …]``; ``countries`` and ``organisations`` are its parties;
    ``texts = [[language, document, authentic], …]``; ``links = [[kind, agreement], …]``; ``news_links = [item, …]``.
    """
    full = dict(table)
    full["stages"] = [
        {"kind": kind, "reference": reference, **_date(day, "date", "precision")}
        for kind, day, reference in full.get("stages", [])
    ]
    full["parties"] = [
        *({"organisation": key} for key in full.pop("organisations", [])),
        *({"country": code} for code in full.pop("countries", [])),
    ]
    full["texts"] = [
        {"language": language, "document": key, "is_authentic": is_authentic}
        for language, key, is_authentic in full.get("texts", [])
    ]
    # The note is about files.
    full["is_public"] = not full["texts"]
    full["links"] = [{"kind": kind, "agreement": key} for kind, key in full.get("links", [])]
    full["news_links"] = [{"news": key} for key in full.get("news_links", [])]
    return full


DEMOS = (
    RecordDemo(AgreementPage, AgreementIndexPage, "agreement", _FOLDER, "agreements", agreement_spell_out),
    RecordDemo(EventPage, EventIndexPage, "event", _FOLDER, "events", event_spell_out),
)


def demo_rows_load(*, trees: Mapping[str, DemoTrees]) -> int:
    """Make the rows and documents that are missing, and say which menus lead to them. Return how many were made."""
    made = 0
    source = next(iter(trees.values()))
    for key, facts in record_facts(_FOLDER, "documents").items():
        pk, is_new = document_load(facts=facts, text=facts, owner=source.author)
        made += is_new
        for tree in trees.values():
            tree.media_ids[f"document:{key}"] = pk
    made += record_load_rows(demos=DEMOS, trees=trees)
    for tree in trees.values():
        index = tree.records["index"]
        tree.menu.append(DemoMenuEntry(2, index["agreement"], [index["event"]]))
    return made


def demo_texts_load(*, trees: Mapping[str, DemoTrees]) -> int:
    """Write and publish what nobody has written in yet. Return how many pages."""
    return len(record_load_texts(demos=DEMOS, trees=trees))
