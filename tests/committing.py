"""Tests that commit: afterwards every table holds again what it held before the first test.

Django would empty every table and save each row of the migrations anew, with new keys in tables that join others: far
slower than reading the tables and mending those that changed, and nothing that a worker keeps would fit any more.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase

from tests.factories.kept_rows import Change, put_back, rows_of, tables

# The columns and rows of each table; empty until the tests' database stands.
_before: dict[str, tuple[list[str], dict[tuple[object, ...], None]]] = {}


def remember() -> None:
    """Take the rows of all tables as those that each test starts from."""
    _before.update({name: rows_of(name) for name in tables()})


def quick_commits() -> None:
    """Have PostgreSQL answer a commit before the disk does: nobody needs these rows after a power cut."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit TO off")
        connection.close()  # a connection reads this when it begins


class CommittingTestCase(TransactionTestCase):
    """What ``pytest.mark.django_db(transaction=True)`` runs in, with ``serialized_rollback`` or without."""

    @classmethod
    def _fixture_setup(cls) -> None:
        assert _before, "remember() comes first"

    def _fixture_teardown(self) -> None:
        changes = {}
        for name, (columns, before) in _before.items():
            _columns, now = rows_of(name)
            if now != before:
                gone = [row for row in now if row not in before]
                changes[name] = Change(columns, now, gone, [row for row in before if row not in now])
        with transaction.atomic():
            put_back(changes)
