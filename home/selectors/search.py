"""The public search: which pages shown have all the words that a reader typed, the most relevant first.

Words are analysed by the language of the page that they are looked for in: of a reader's chain, each language asks its
own pages with its own terms, in one query of the full-text index. The database compares terms and knows no languages.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from home.language.analysis import query_terms
from home.language.passages import Fragment, marked, passage
from home.models import SearchEntry
from home.selectors.counts import count_kept
from home.selectors.keys import key_of
from home.selectors.pages import Row, page_queryset_shown
from home.selectors.prepared import ID, Statement, any_of, compiled, joined, prepared, value
from home.selectors.search_ranking import matching_models, page_values, ranked_queryset, ranked_statement
from home.selectors.visibility import Conditions, Gate

# More words than this make no search better, and each costs the database a look-up.
MAX_WORDS = 20

# A term that no page has.
_NOTHING = "_"

_SHOWN = """
    SELECT found.page_id, found.model, shown.translation_key
    FROM ({found}) found JOIN ({shown}) shown ON shown.id = found.page_id
    ORDER BY found.tier DESC, found.recency DESC, found.page_id DESC
    LIMIT {limit} OFFSET {offset}
"""
# PostgreSQL would rather pass all pages of a language through the gate, whose conditions it takes for rare.
_COUNTED = {
    "sqlite": "SELECT 1 FROM ({found}) entry JOIN ({shown}) shown ON shown.id = entry.page_id",
    "postgresql": "SELECT 1 FROM ({found}) entry CROSS JOIN LATERAL ({shown} OFFSET 0) shown",
}


@dataclass(frozen=True, slots=True)
class Highlights:
    """The words found, where they stand in a page; None where none does. ``body`` is the best passage of the text."""

    title: list[Fragment] | None
    summary: list[Fragment] | None
    body: list[Fragment] | None


def search_values(*, text: str, chain: Sequence[str]) -> dict[str, Any]:
    """The values of the parameters that ``search_ranking`` and ``page_search`` have, for what a reader typed."""
    words = {locale: query_terms(text, locale, limit=MAX_WORDS) for locale in chain}
    values: dict[str, Any] = {
        "words_all": _query(words, all_of_them=True),
        "words_any": _query(words, all_of_them=False),
    }
    for place, (locale, groups) in enumerate(words.items()):
        values[f"words_{place}"] = len(groups)
        values[f"words_all_{place}"] = _query({locale: groups}, all_of_them=True) if groups else None
    return values


def _query(words: dict[str, list[frozenset[str]]], *, all_of_them: bool) -> str:
    """The query of the database's full-text index. Terms are letters and digits, which no query language reads."""
    is_postgresql = connection.vendor == "postgresql"
    quote, and_, or_ = ("'", " & ", " | ") if is_postgresql else ('"', " AND ", " OR ")
    languages = []
    for locale, groups in words.items():
        alternatives = [
            "(" + or_.join(f"{quote}{locale}_{term}{quote}" for term in sorted(group)) + ")" for group in groups
        ]
        if alternatives:
            languages.append("(" + (and_ if all_of_them else or_).join(alternatives) + ")")
    return or_.join(languages) or f"{quote}{_NOTHING}{quote}"


def page_search(
    *, text: str, models: Collection[str], gate: Gate, chain: Sequence[str], offset: int, limit: int
) -> list[Row]:
    """The pages shown that have all words of ``text``, as rows of ``id``, ``model`` and ``translation_key``.

    In the order that ``search_ranking`` tells. ``models`` are page types by lower-case model name. One statement.
    """
    statement = prepared(
        ("page_search", tuple(chain), gate.shape), lambda: _search_statement(gate=gate.shape, chain=chain)
    )
    values = {
        **gate.values,
        **search_values(text=text, chain=chain),
        **page_values(offset=offset, limit=limit),
        "models": models,
    }
    return [
        {"id": page_id, "model": model, "translation_key": key_of(key)}
        for page_id, model, key in statement.tuples(values)
    ]


def page_search_count(*, text: str, models: Collection[str], gate: Gate, chain: Sequence[str]) -> int:
    """How many pages ``page_search`` finds. One statement, and none where it was counted under this content version."""
    statement = prepared(
        ("page_search_count", tuple(chain), gate.shape), lambda: _count_statement(gate=gate.shape, chain=chain)
    )
    words = search_values(text=text, chain=chain)
    return count_kept(
        ("search", tuple(chain), words["words_all"], frozenset(models)),
        gate=gate,
        count=lambda: statement.count({**gate.values, **words, "models": models}),
    )


def _search_statement(*, gate: Conditions, chain: Sequence[str]) -> Statement:
    shown = _shown(gate, chain)
    if connection.vendor == "postgresql":
        return ranked_statement(chain, shown)
    found = ranked_queryset(chain).values("page_id", "model", "tier", "recency")
    parts = {"found": compiled(found), "shown": shown, "limit": value("limit", ID), "offset": value("offset", ID)}
    return joined(_SHOWN, parts)


def _count_statement(*, gate: Conditions, chain: Sequence[str]) -> Statement:
    found = compiled(matching_models().values("page_id"))
    return joined(_COUNTED[connection.vendor], {"found": found, "shown": _shown(gate, chain)})


def _shown(gate: Conditions, chain: Sequence[str]) -> Statement:
    """The pages that a reader is shown: on PostgreSQL the page of the ``entry`` beside it, if it is."""
    pages = page_queryset_shown(Page, gate=gate, chain=chain)
    if connection.vendor == "postgresql":
        pages = pages.filter(pk=RawSQL("entry.page_id", ()))
    return compiled(pages.values("id", "translation_key"))


def page_highlights(*, text: str, ids: Collection[int]) -> dict[int, Highlights]:
    """For pages found by ``text``, by id: where its words stand in them. One statement."""
    statement = prepared(
        "page_highlights",
        lambda: SearchEntry.objects.filter(any_of("pk", "ids", ID)).values(
            "page_id", "locale_code", "page__title", "summary", "text"
        ),
    )
    found = {}
    for page_id, locale, title, summary, body in statement.tuples({"ids": ids}):
        groups = query_terms(text, locale, limit=MAX_WORDS)
        found[page_id] = Highlights(
            title=marked(title, groups, locale),
            summary=marked(summary, groups, locale),
            body=passage(body, groups, locale),
        )
    return found
