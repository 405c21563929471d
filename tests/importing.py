"""Help for tests of import_legacy_page: run it, read its report, count what it wrote."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, Task

from regions.models import ImportRecord, NewsContinentLink, NewsCountryLink

_QUERY = """
query ($code: String!, $locale: LocaleCode) {
  continent(code: $code, locale: $locale) {
    heading menuLabel isFallback
    body { __typename ... on RichTextBlock { content { plainText } } }
    news(first: 50, orderBy: DATE_DESC) {
      totalCount
      nodes { title date kind { slug } countries { nodes { code } } continents { nodes { code } } }
    }
  }
}
"""
FIXTURES = Path(__file__).resolve().parent / "fixtures" / "legacy"


def run_import(path: Path | str, *, locale: str = "fr", continent: str = "019", **options: Any) -> dict[str, Any]:
    """The report, as JSON, of importing a file; ``path`` may be the name of a sample page."""
    return json.loads(run_import_text(path, locale=locale, continent=continent, report="json", **options))


def run_import_text(path: Path | str, *, locale: str = "fr", continent: str = "019", **options: Any) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("import_legacy_page", FIXTURES / path, locale=locale, continent=continent, stdout=out, **options)
    return out.getvalue()


def outcomes(report: dict[str, Any]) -> list[str]:
    return [item["outcome"] for item in report["news"]]


def snapshot() -> dict[str, Any]:
    """Everything that an import may write, with the columns that tell a change."""
    return {
        "pages": sorted(
            Page.objects.values_list(
                "pk", "path", "title", "draft_title", "slug", "live", "has_unpublished_changes", "latest_revision_id"
            )
        ),
        "records": sorted(ImportRecord.objects.values_list("pk", "page_id", "revision_id", "digest", "imported_at")),
        "rows": [
            model.objects.count()
            for model in (Revision, PageLogEntry, NewsCountryLink, NewsContinentLink, ReferenceIndex, Task)
        ],
    }


class Writes(CaptureQueriesContext):
    """Collects the statements that change rows."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def statements(self) -> list[str]:
        verbs = ("INSERT", "UPDATE", "DELETE", "REPLACE")
        return [query["sql"] for query in self.captured_queries if query["sql"].lstrip().upper().startswith(verbs)]


def continent_answer(client: Client, **variables: Any) -> dict[str, Any]:
    """What GraphQL answers about a continent; ``variables`` are ``code`` and ``locale``."""
    response = client.post(
        "/graphql/", json.dumps({"query": _QUERY, "variables": variables}), content_type="application/json"
    )
    body = response.json()
    assert "errors" not in body, body
    continent: dict[str, Any] = body["data"]["continent"]
    return continent
