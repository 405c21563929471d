"""The number that moves with every change of the content."""

from django.db import DEFAULT_DB_ALIAS, connections

from home.models import ContentVersion
from home.selectors.prepared import Statement, prepared


def content_version() -> int:
    """The content version, in one statement. Read it before what is to be kept under it."""
    [(number,)] = prepared("content_version", _sum_of_counters).tuples({})
    return int(number)


def _sum_of_counters() -> Statement:
    return Statement(f"SELECT COALESCE(SUM(number), 0) FROM {ContentVersion._meta.db_table}", (), (), ())  # noqa: S608 - our own


def content_version_is_settled() -> bool:
    """Whether what is read now is what everybody reads: within a transaction it may yet be rolled back."""
    connection = connections[DEFAULT_DB_ALIAS]
    return not connection.in_atomic_block and (connection.connection is None or connection.autocommit)
