"""The search of the admin: Wagtail's own index and its own filters, with the words of the public search.

Wagtail's index knows one language for all texts. Here the terms of ``home.language.analysis`` are what is written into
it and what it is asked for, by the language of the object, so that editors find what readers find, and drafts as well:
which objects are indexed, when, and who may see what is found remain Wagtail's.
"""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail imports
    """The backend of the database in use."""
    if connection.vendor == "postgresql":
        from home.search_backend.postgresql import PostgresTermsBackend

        return PostgresTermsBackend(params)
    from home.search_backend.sqlite import SQLiteTermsBackend

    return SQLiteTermsBackend(params)
