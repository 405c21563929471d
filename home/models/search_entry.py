"""What the public search knows of a page: the terms of its published text, and the text itself."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Lookup
from wagtail.models import Page

# SQLite's full-text index over the columns of terms; a migration makes it, and the triggers that keep it.
FULL_TEXT_TABLE = "home_searchentry_terms"
# A tsvector holds less than a megabyte. Pages come nowhere near it; what an import may bring is cut off here.
_MAX_BYTES = 900_000


@dataclass
class SearchTexts:
    """What a page says, for the search: its title, what stands above the text, the text, and what is found only.

    ``summary`` and ``text`` are searched, and passages are taken from them; ``head`` and ``more`` are searched alone,
    the words of the head as those of the summary. ``day`` is the date that readers see.
    """

    title: str
    summary: str = ""
    head: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    day: date | None = None


class TermsField(models.TextField):
    """Terms, of letters, digits and underscores, with spaces between them: on PostgreSQL a tsvector.

    Its one lookup, ``matches``, takes a query as ``home.selectors.search`` writes it for the database.
    """

    def db_type(self, connection: Any) -> str | None:
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not isinstance(value, str) or connection.vendor != "postgresql":
            return value
        return " ".join(f"'{term}'" for term in value.split())


def terms_written(terms: Collection[str]) -> str:
    """The value of a field of terms."""
    written, size = [], 0
    for term in sorted(terms):
        size += len(term.encode()) + 4
        if size > _MAX_BYTES:
            break
        written.append(term)
    return " ".join(written)


@TermsField.register_lookup
class Matches(Lookup[Any]):
    """Whether the terms of a ``SearchEntry`` satisfy a query."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column = self.lhs
        page, table = f'"{column.alias}"."page_id"', FULL_TEXT_TABLE
        query, params = self.process_rhs(compiler, connection)
        matching = f"{table} MATCH ('{column.target.column} : (' || {query} || ')')"
        return f"{page} IN (SELECT rowid FROM {table} WHERE {matching})", list(params)  # noqa: S608 - names of our own

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        terms, terms_params = self.process_lhs(compiler, connection)
        query, params = self.process_rhs(compiler, connection)
        return f"{terms} @@ {query}::tsquery", [*terms_params, *params]


class SearchEntry(models.Model):
    """The published text of one page in its language, as the search knows it. ``services.search_index`` writes it.

    Pages that are not live and aliases of other languages have none. Whether a reader may see a page is never asked
    here, but of the gate. ``recency`` orders what is equally relevant: the day of a dated page as a proleptic ordinal,
    and more than that for pages without a date, which are looked up rather than read.
    """

    UNDATED = 2**31 - 1

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    locale_code = models.CharField(max_length=12)
    model = models.CharField(max_length=100)
    recency = models.PositiveIntegerField(default=UNDATED)
    # How many words of the title tell something: as many as were asked for, when the title is what was asked for.
    title_size = models.PositiveSmallIntegerField()
    title_terms = TermsField()
    # Terms of the title and of what stands above the text; then of all there is.
    head_terms = TermsField()
    terms = TermsField()
    # For passages that show the words found.
    summary = models.TextField()
    text = models.TextField()

    # Not a use of the page that an editor should be told of.
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.page_id} ({self.locale_code})"
