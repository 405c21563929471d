"""Counts the SQL statements of one query over HTTP."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from tests.asking import ask


def statements(query: str, variables: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    """How many statements the answer took, and the answer."""
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as captured:
        data = ask(query, variables)
    return len(captured), data
