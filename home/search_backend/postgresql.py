"""The terms in PostgreSQL: columns of type tsvector, written and asked past its parser and its dictionaries."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models.expressions import RawSQL
from wagtail.search.backends.database.postgres import postgres
from wagtail.search.query import Phrase, PlainText

from home.search_backend.entries import TermsIndexMixin
from home.search_backend.terms import IndexedTerms, QueryNotation, query_write

_NOTATION = QueryNotation(whole="'%s'", beginning="'%s':*", and_=" & ", or_=" | ")

# A tsvector holds less than a megabyte.
_MAX_BYTES = 900_000


class PostgresTermsIndex(TermsIndexMixin, postgres.PostgresIndex):
    """Writes entries of terms; those of titles weigh the most."""

    indexer_class = postgres.ObjectIndexer

    def entry_values(self, terms: IndexedTerms, indexer: Any) -> dict[str, Any]:
        body = terms.body - terms.title
        return {
            "title": _vector([(terms.title, "A")]),
            "body": _vector([(terms.body, "D")]),
            "autocomplete": _vector([(terms.title | terms.completed, "A"), (body, "D")]),
            "title_text": indexer.title_text,
            "body_text": indexer.body_text,
        }


def _vector(groups: Iterable[tuple[Iterable[str], str]]) -> RawSQL:
    written, size = [], 0
    for terms, weight in groups:
        for term in sorted(terms):
            size += len(term.encode()) + 8
            if size > _MAX_BYTES:
                break
            written.append(f"'{term}':1{weight}")
    return RawSQL("%s::tsvector", (" ".join(written),))


class _TermsQuery(SearchQuery):
    """A query that is written already."""

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        return super().as_sql(compiler, connection, template="%(expressions)s::tsquery")


class _QueryMixin:
    LAST_TERM_IS_PREFIX: bool
    fields: Any

    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        """Words and phrases in terms; what joins them is Wagtail's. Named fields are searched in their own columns."""
        if self.fields is None and isinstance(query, PlainText | Phrase):
            text = query_write(query, notation=_NOTATION, is_typing=self.LAST_TERM_IS_PREFIX)
            return _TermsQuery(text, invert=invert)
        return super().build_tsquery_content(query, config=config, invert=invert)  # type: ignore[misc] # of the compiler


class _Compiler(_QueryMixin, postgres.PostgresSearchQueryCompiler):
    pass


class _AutocompleteCompiler(_QueryMixin, postgres.PostgresAutocompleteQueryCompiler):
    pass


class PostgresTermsBackend(postgres.PostgresSearchBackend):
    """Wagtail's backend, with terms for words."""

    index_class = PostgresTermsIndex
    query_compiler_class = _Compiler
    autocomplete_query_compiler_class = _AutocompleteCompiler
