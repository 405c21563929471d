"""Counts the SQL statements of one query over HTTP."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from tests.asking import ask


def statements(query: str, variables: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    """How many statements the answer took, and the answer."""
    # Django keeps content types for the life of a process; the first request of all would pay for them.
    ContentType.objects.get_for_models(*get_page_models())
    with CaptureQueriesContext(connection) as captured:
        data = ask(query, variables)
    return len(captured), data
