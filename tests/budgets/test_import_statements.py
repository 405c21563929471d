"""Imports and the directory cost as many statements for a hundred rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulk.columns.types import RECORD_TYPES
from bulk.services.exporting import records_export
from bulk.services.importing import ImportOptions, records_import
from missions.models import MissionPage
from relations.models import EventPage
from tests.tables import EVENT, MISSION, csv_table, world_make

pytestmark = pytest.mark.django_db

_EVENT = {
    name: value for name, value in EVENT.items() if name not in ("organisations", "participants", "participants_ar")
}


@pytest.fixture
def world(site_tree):
    return world_make(site_tree, MissionPage, EventPage)


def rows(row, count, prefix):
    return csv_table(*({**row, "key": f"{prefix}{number}", "title": f"{prefix} {number}"} for number in range(count)))


def statements(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def reads(kind, data, *, dry_run):
    options = ImportOptions(dry_run=dry_run)
    return statements(lambda: _imported(kind, data, options))


def _imported(kind, data, options):
    report = records_import(record_type=RECORD_TYPES[kind], data=data, user=None, options=options)
    assert report.problems == []


@pytest.mark.parametrize(("kind", "row"), [("missions", MISSION), ("events", _EVENT)])
def test_looking_at_new_rows_and_at_rows_that_are_there(world, kind, row):
    one, hundred = rows(row, 1, "a"), rows(row, 100, "b")
    reads(kind, one, dry_run=True)  # what the process keeps of content types
    assert reads(kind, one, dry_run=True) == reads(kind, hundred, dry_run=True)
    reads(kind, one, dry_run=False)
    reads(kind, hundred, dry_run=False)
    assert reads(kind, one, dry_run=False) == reads(kind, hundred, dry_run=False)


@pytest.mark.postgresql
@pytest.mark.parametrize(("kind", "row"), [("missions", MISSION), ("events", _EVENT)])
def test_making_rows(world, kind, row):
    """SQLite takes fewer values in one statement, and so more statements."""
    reads(kind, rows(row, 1, "c"), dry_run=False)
    assert reads(kind, rows(row, 1, "a"), dry_run=False) == reads(kind, rows(row, 100, "b"), dry_run=False)


@pytest.mark.parametrize("path", ["missions.ar.geojson", "missions.fr.vcf", "closures.ar.ics", "missions.ar.html"])
def test_the_directory(world, client, path):
    _imported("missions", rows(MISSION, 1, "a"), ImportOptions())
    one = statements(lambda: client.get(f"/directory/{path}"))
    _imported("missions", rows(MISSION, 100, "b"), ImportOptions())
    assert statements(lambda: client.get(f"/directory/{path}")) == one
    assert one <= 14


def test_an_export(world):
    record_type = RECORD_TYPES["missions"]
    _imported("missions", rows(MISSION, 1, "a"), ImportOptions())
    one = statements(lambda: records_export(record_type=record_type, form="csv"))
    _imported("missions", rows(MISSION, 100, "b"), ImportOptions())
    assert statements(lambda: records_export(record_type=record_type, form="csv")) == one
