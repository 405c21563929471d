"""Full-text search with Wagtail's database back end, on SQLite and on PostgreSQL."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.selectors.pages import Row, page_queryset_shown, page_reference_values
from home.selectors.visibility import Gate

# More words than this make no search better, and each costs the database a look-up.
MAX_WORDS = 20

_WORD = re.compile(r"\w+")
# Arabic vowel signs, marks of recitation and the stretched line: readers paste them, texts are written without.
_ARABIC_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")


def search_words(text: str) -> str:
    """The words of what a reader typed, without the signs that search engines give a meaning; ``""`` when none.

    Arabic words come without vowel signs.
    """
    return " ".join(_WORD.findall(_ARABIC_SIGNS.sub("", text))[:MAX_WORDS])


def _matching(model: type[Page], text: str, *, candidates: QuerySet[Any], by_relevance: bool) -> QuerySet[Any]:
    # A subquery by primary key is the one filter that the back end takes without an index.FilterField for its columns.
    queryset = model._default_manager.filter(pk__in=candidates.values("pk"))
    backend = get_search_backend()
    results = backend.search(search_words(text), queryset, operator="and", order_by_relevance=by_relevance)
    return results.get_queryset()


def search_condition(model: type[Page], text: str) -> Q:
    """The condition that all words of ``text`` stand in a page of this type; no page when there are no words."""
    if not search_words(text):
        return Q(pk__in=[])
    found = _matching(model, text, candidates=model._default_manager.order_by(), by_relevance=False)
    return Q(pk__in=found.order_by().values("pk"))


def page_search(
    *, text: str, models: Collection[str], gate: Gate, chain: Sequence[str], offset: int, limit: int
) -> list[Row]:
    """Reference rows of the pages shown that have all words of ``text``, most relevant first. One statement.

    ``models`` are page types by lower-case model name.
    """
    found = _found(text=text, models=models, gate=gate, chain=chain)
    return [] if found is None else list(page_reference_values(found)[offset : offset + limit])


def page_search_count(*, text: str, models: Collection[str], gate: Gate, chain: Sequence[str]) -> int:
    """How many pages ``page_search`` finds. One statement."""
    found = _found(text=text, models=models, gate=gate, chain=chain)
    return 0 if found is None else found.order_by().count()


def _found(*, text: str, models: Collection[str], gate: Gate, chain: Sequence[str]) -> QuerySet[Any] | None:
    if not search_words(text):
        return None
    shown = page_queryset_shown(Page, gate=gate, chain=chain).filter(content_type__model__in=models)
    return _matching(Page, text, candidates=shown, by_relevance=True)
