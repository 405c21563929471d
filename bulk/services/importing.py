"""Import a table: all of it in one transaction, or nothing and a report."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from bulk.columns.column import RecordType
from bulk.columns.grammar import CellError
from bulk.columns.mapping import Target, chosen_by_place, header_map
from bulk.selectors.lookups import Lookups
from bulk.selectors.stored import stored_load, version_of
from bulk.services.instruments import LINKS, Instruments
from bulk.services.places import Places
from bulk.services.planning import Plan, Planner
from bulk.services.report import ImportReport
from bulk.services.writing import MeanwhileError, plan_write
from bulk.sheets import Sheet, SheetError, SheetLimits, sheet_read
from home.models import RecordPage
from home.services.statistics import statistics_refresh
from missions.models.checks import own_country_read_once


class Follower(Protocol):
    """Is told how far an import is, so that somebody may watch it."""

    def compared(self, done: int, total: int) -> None:
        """So many rows of so many were compared with what is stored."""

    def writing(self) -> None:
        """A transaction begins, in which everything is written."""

    def written(self, done: int, total: int) -> None:
        """So many pages of so many are written, within the transaction."""


@dataclass(frozen=True)
class ImportOptions:
    """``mapping``: names of the table's columns to ours, ``""`` leaves a column out; or ours by the place of theirs.
    ``encoding`` and ``delimiter`` are of CSV. ``over_drafts``: publish over what editors have changed and not
    published."""

    dry_run: bool = False
    mapping: Mapping[str, str] | Sequence[str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    over_drafts: bool = False


# From so many rows on, PostgreSQL is told that its tables have grown.
_MANY_ROWS = 200


def records_import(
    *,
    record_type: RecordType,
    data: bytes,
    user: Any,
    options: ImportOptions,
    follower: Follower | None = None,
) -> ImportReport:
    """Import ``data``.

    The user must be allowed to publish below the indexes of the languages that the table writes; None: all is allowed.
    """
    report = ImportReport(dry_run=options.dry_run)
    try:
        with _without_collection():
            _import(report, record_type=record_type, data=data, user=user, options=options, follower=follower)
    except SheetError as error:
        report.add(error.line, error.column, str(error))
    except MeanwhileError as error:
        report.add(error.line, error.column, str(error))
    return report


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hundreds of thousands of rows are in memory until the end: looking for garbage among them finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _import(
    report: ImportReport,
    *,
    record_type: RecordType,
    data: bytes,
    user: Any,
    options: ImportOptions,
    follower: Follower | None,
) -> None:
    sheet = sheet_read(data=data, limits=SheetLimits.in_force(), encoding=options.encoding, delimiter=options.delimiter)
    mapping = _mapping(record_type, sheet, options, report)
    if report.is_refused:
        return
    with own_country_read_once():
        compared = _plan(record_type, sheet, mapping, user, options, report, follower)
    if compared is not None and not report.is_refused and not options.dry_run:
        if follower is not None:
            follower.writing()
        plan_write(
            record_type,
            plan=compared.plan,
            versions=compared.versions,
            instruments=compared.instruments,
            user=user,
            follow=follower.written if follower is not None else None,
        )
        if len(sheet.rows) >= _MANY_ROWS:
            statistics_refresh()


def _mapping(record_type: RecordType, sheet: Sheet, options: ImportOptions, report: ImportReport) -> dict[int, Target]:
    mapping, unknown = header_map(record_type, header=sheet.header, chosen=options.mapping)
    report.columns = {sheet.header[place]: target.name for place, target in mapping.items()}
    chosen = chosen_by_place(sheet.header, options.mapping)
    report.ignored = [sheet.header[place] for place, ours in chosen.items() if not ours]
    for place in unknown:
        name = sheet.header[place]
        if name or any(row.cells[place] for row in sheet.rows):
            # A column without a name is told by its number.
            report.add(
                1, name or str(place + 1), _("Nobody knows this column: map it to one of ours, or leave it out.")
            )
    if not any(target.column.name == "key" for target in mapping.values()):
        report.add(1, "key", _("The column with the stable key is missing: without it nothing is found again."))
    return mapping


@dataclass(frozen=True)
class _Compared:
    """What would be written, the versions of the pages it was compared with, and which instruments name which."""

    plan: Plan
    versions: dict[int, Any]
    instruments: Instruments


def _plan(
    record_type: RecordType,
    sheet: Sheet,
    mapping: dict[int, Target],
    user: Any,
    options: ImportOptions,
    report: ImportReport,
    follower: Follower | None,
) -> _Compared | None:
    """None where the user may not write; what else is wrong is in the report, too."""
    source = settings.DIWAN_SOURCE_LOCALE
    languages = list(dict.fromkeys([source, *(target.locale for target in mapping.values())]))
    places = Places(record_type, languages=languages)
    for code, index in places.indexes.items():
        if user is not None and not index.permissions_for_user(user).can_publish_subpage():
            report.add(0, "", _("You may not publish in this language: %(code)s.") % {"code": code})
    if report.is_refused:
        return None
    keys = _keys(sheet, mapping, report)
    stored = stored_load(record_type, keys=set(keys.values()), languages=languages)
    versions = {page.pk: version_of(page) for page in stored.pages.values()}
    lookups = Lookups()
    pages: dict[str, RecordPage] = {}
    instruments = Instruments(lookups)
    for key in keys.values():
        page = stored.pages.get((source, key)) or places.source_page(code=source, key=key)
        pages[key] = page
        if page._state.adding and record_type.name == "agreements":
            instruments.add(page)
    planner = Planner(
        lookups=lookups,
        stored=stored,
        places=places,
        report=report,
        pages=pages,
        over_drafts=options.over_drafts,
    )
    for number, row in enumerate(sheet.rows, start=1):
        if row.line in keys:
            try:
                planner.row(row, key=keys[row.line], mapping=mapping, header=sheet.header)
            except CellError as error:
                report.add(row.line, "", str(error))
        if follower is not None:
            follower.compared(number, len(sheet.rows))
    plan = planner.plan
    for planned, message in instruments.faults(plan):
        report.add(planned.line, LINKS, message)
    report.rows = len(sheet.rows)
    created = {each.line for each in plan.new if each.page.locale_code == source}
    report.created = len(created)
    report.changed = len({each.line for each in plan.all()} - created)
    report.unchanged = plan.unchanged
    report.translations = sum(each.page.locale_code != source for each in plan.all())
    return _Compared(plan, versions, instruments)


def _keys(sheet: Sheet, mapping: dict[int, Target], report: ImportReport) -> dict[int, str]:
    """The key of each line, each once; lines that have none, or that of another, are in the report."""
    place = next(place for place, target in mapping.items() if target.column.name == "key")
    found: dict[int, str] = {}
    lines: dict[str, int] = {}
    for row in sheet.rows:
        key = row.cells[place]
        if not key or key == "-":
            report.add(row.line, sheet.header[place], _("The key is missing."))
        elif key in lines:
            message = _("Line %(line)d has the same key.") % {"line": lines[key]}
            report.add(row.line, sheet.header[place], message)
        else:
            found[row.line] = key
            lines[key] = row.line
    return found
