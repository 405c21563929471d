"""The tables, and the imports of them."""

import cProfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import connection

from bulk.columns.types import RECORD_TYPES
from bulk.services.exporting import records_export
from bulk.services.importing import ImportOptions, records_import
from bulk.sheets import CsvWriter, XlsxWriter, sheet_write

_COUNTRIES = ("MX", "BR", "AR", "CU", "SN", "EG", "FR", "ES", "US", "JM")
_MISSIONS = (
    "key", "title", "title_ar", "title_es", "kind", "host_country", "city", "city_ar", "city_es", "address",
    "latitude", "longitude", "time_zone", "working_languages", "accreditations", "contacts", "services",
    "opening_hours", "closures",
)  # fmt: skip
_EVENTS = (
    "key", "title", "title_ar", "title_es", "introduction", "kind", "direction", "starts_on", "place", "countries",
    "participants", "sources",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One measured run."""

    what: str
    cpu: float
    seconds: float
    statements: int
    result: str

    @property
    def is_new(self) -> bool:
        """Whether this is the import of new rows, which may take a minute of CPU for ten thousand."""
        return self.what.endswith("new rows")


def mission_cells(number: int, *, translated: bool) -> list[str]:
    """A mission with what a real one has."""
    host, other = _COUNTRIES[number % 10], _COUNTRIES[(number + 3) % 10]
    return [
        f"mission-{number:05}",
        f"Ambassade numéro {number}",
        f"السفارة رقم {number}" if translated else "",
        f"Embajada número {number}" if translated else "",
        "embassy",
        host,
        f"Ville {number}",
        f"مدينة {number}" if translated else "",
        f"Ciudad {number}" if translated else "",
        f"{number} Rue de la Paix\n10000 Ville",
        str(round(-60 + number % 120 + 0.25, 4)),
        str(round(-170 + number % 340 + 0.5, 4)),
        "America/Mexico_City",
        "fr, ar, es",
        f"{other}@2010-05-01..",
        f"phone:+52 55 {number:08}|phone/emergency:+52 56 {number:08}|email:mission{number}@example.org"
        f"|website:https://example.org/{number}",
        "passports; Sur rendez-vous.; https://example.org/rdv|visas|notarial",
        "mon-fri 09:00-12:30, 14:00-16:00; visas mon,wed 09:00-11:00",
        "2026-07-30; Fête du Trône|2026-11-18; Fête de l’Indépendance",
    ]


def event_cells(number: int, *, translated: bool) -> list[str]:
    """A visit with its country, two people and a source."""
    return [
        f"event-{number:05}",
        f"Visite numéro {number}",
        f"زيارة رقم {number}" if translated else "",
        f"Visita número {number}" if translated else "",
        "Entretiens sur la coopération dans les domaines de la pêche et de l’énergie.",
        "visit",
        "incoming",
        f"{1960 + number % 60}-{1 + number % 12:02}",
        "Rabat",
        _COUNTRIES[number % 10],
        f"Nom {number}; Ministre; {_COUNTRIES[number % 10]}|Autre {number}; Ambassadeur",
        "Communiqué conjoint; https://example.org/communique",
    ]


def measured(*, rows: int, profile: str | None, only: str | None) -> Iterator[Row]:
    """Each run in turn, on a site that is set up first."""
    call_command("migrate", verbosity=0)
    call_command("setup_site", verbosity=0)
    tables: list[tuple[str, tuple[str, ...], Callable[..., list[str]]]] = [
        ("missions", _MISSIONS, mission_cells),
        ("events", _EVENTS, event_cells),
    ]
    for name, header, cells in tables:
        if only not in (None, name):
            continue
        record_type = RECORD_TYPES[name]

        def table(changed: int = 0, *, translated: bool = False, of: Any = (header, cells, name)) -> bytes:
            header, cells, kind = of
            writer: Any = XlsxWriter if kind == "missions" else CsvWriter
            made = (cells(number, translated=translated) for number in range(rows))
            kept = (
                [row[0], f"{row[1]} bis" if number < changed else row[1], *row[2:]] for number, row in enumerate(made)
            )
            return sheet_write(writer(), header=header, rows=kept)

        def import_(data: bytes, record_type: Any = record_type) -> str:
            return records_import(record_type=record_type, data=data, user=None, options=ImportOptions()).conclusion()

        def export_(record_type: Any = record_type) -> str:
            return f"{len(records_export(record_type=record_type, form='csv')):,} bytes"

        first, some = table(), table(rows // 10)
        yield _run(f"{name}: {rows:,} new rows", partial(import_, first), profile and f"{profile}.{name}")
        yield _run(f"{name}: the same again", partial(import_, first), None)
        yield _run(f"{name}: a tenth changed", partial(import_, some), profile and f"{profile}.{name}.changed")
        full = table(rows // 10, translated=True)
        yield _run(f"{name}: two translations of each", partial(import_, full), None)
        yield _run(f"{name}: export as CSV", export_, None)


def _run(what: str, work: Callable[[], str], profile: str | None) -> Row:
    profiler = cProfile.Profile()
    count = _Counter()
    with connection.execute_wrapper(count):
        started, cpu = time.perf_counter(), time.process_time()
        if profile:
            profiler.enable()
        result = work()
        profiler.disable()
        row = Row(what, time.process_time() - cpu, time.perf_counter() - started, count.number, result)
    if profile:
        profiler.dump_stats(profile)
    print(row, flush=True)
    return row


class _Counter:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)
