"""The terms in SQLite: columns of its full-text index, whose tokenizer leaves them as they are."""

from typing import Any

from django.db.models import Value
from wagtail.search.backends.database.sqlite import sqlite
from wagtail.search.backends.database.sqlite.query import SearchQueryExpression
from wagtail.search.query import Phrase, PlainText

from home.search_backend.entries import TermsIndexMixin
from home.search_backend.terms import IndexedTerms, QueryNotation, query_write

_NOTATION = QueryNotation(whole='"%s"', beginning='"%s"*', and_=" AND ", or_=" OR ")


class SQLiteTermsIndex(TermsIndexMixin, sqlite.SQLiteIndex):
    """Writes entries of terms."""

    indexer_class = sqlite.ObjectIndexer

    def entry_values(self, terms: IndexedTerms, indexer: Any) -> dict[str, Any]:
        return {
            "title": " ".join(sorted(terms.title)),
            "body": " ".join(sorted(terms.body)),
            "autocomplete": " ".join(sorted(terms.title | terms.body | terms.completed)),
        }


class _QueryMixin:
    LAST_TERM_IS_PREFIX: bool

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        """Words and phrases in terms; what joins them is Wagtail's."""
        if isinstance(query, PlainText | Phrase):
            text = query_write(query, notation=_NOTATION, is_typing=self.LAST_TERM_IS_PREFIX)
            return SearchQueryExpression(Value(text))
        return super().build_search_query_content(query, config=config)  # type: ignore[misc] # of the compiler


class _Compiler(_QueryMixin, sqlite.SQLiteSearchQueryCompiler):
    pass


class _AutocompleteCompiler(_QueryMixin, sqlite.SQLiteAutocompleteQueryCompiler):
    pass


class SQLiteTermsBackend(sqlite.SQLiteSearchBackend):
    """Wagtail's backend, with terms for words."""

    index_class = SQLiteTermsIndex
    query_compiler_class = _Compiler
    autocomplete_query_compiler_class = _AutocompleteCompiler
