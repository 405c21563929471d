"""Missions as a table to read; what is to be brought in again is exported in the admin."""

from collections.abc import Iterator, Sequence

from bulk.columns.grammar import day_write_precise, hours_write, items_join
from bulk.selectors.directory import Entry
from bulk.sheets import CsvWriter, sheet_write

HEADER = (
    "key", "locale", "title", "direction", "kind", "status", "country_code", "country", "city", "address",
    "address_text", "district", "latitude", "longitude", "time_zone", "working_languages", "head", "contacts",
    "services", "opening_hours", "status_since", "status_until",
)  # fmt: skip


def table(entries: Sequence[Entry]) -> bytes:
    """The file; several things in a cell have bars between them."""
    return sheet_write(CsvWriter(), header=HEADER, rows=map(list, map(_cells, entries)))


def _cells(entry: Entry) -> Iterator[str]:
    for name in HEADER[:12]:
        yield getattr(entry, name)
    for degrees in (entry.latitude, entry.longitude):
        yield "" if degrees is None else repr(degrees)
    yield entry.time_zone
    yield entry.languages
    yield entry.head
    yield items_join(f"{kind}:{value}" for kind, _purpose, value in entry.contacts)
    yield items_join(service.kind for service in entry.services)
    yield hours_write((row.service, row.weekday, row.opens, row.closes) for row in entry.openings)
    # Last, so that programs which count columns still find the others.
    yield day_write_precise(entry.status_since, entry.now.precision)
    yield day_write_precise(entry.status_until, "day")
