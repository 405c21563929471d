"""The public search: which pages shown have all the words that a reader typed, the most relevant first.

Words are analysed by the language of the page that they are looked for in: of a reader's chain, each language asks its
own pages with its own terms, in one query of the full-text index. The database compares terms and knows no languages.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from home.language.analysis import query_terms
from home.language.passages import Fragment, marked, passage
from home.models import SearchEntry
from home.selectors.keys import key_of
from home.selectors.pages import Row, page_queryset_shown
from home.selectors.prepared import ID, TEXT, Parameter, Statement, any_of, compiled, prepared, slot
from home.selectors.visibility import Conditions, Gate

# More words than this make no search better, and each costs the database a look-up.
MAX_WORDS = 20

_MATCH: TextField[str, str] = TextField()
_SIZE: IntegerField[int, int] = IntegerField()
# A term that no page has.
_NOTHING = "_"

# What is found is sorted first, and then the gate is asked page by page until there are enough. PostgreSQL would rather
# pass all pages of a language through the gate, whose conditions it takes for rare: LATERAL and OFFSET 0 forbid that.
_RANKED = """
    SELECT found.page_id, found.model, shown.translation_key
    FROM ({found}) found
    {joined}
    ORDER BY found.tier DESC, found.recency DESC, found.page_id DESC
    LIMIT %s OFFSET %s
"""
_COUNTED = "SELECT 1 FROM ({found}) found {joined}"
_JOINED = {
    "sqlite": "JOIN ({shown}) shown ON shown.id = found.page_id",
    "postgresql": "CROSS JOIN LATERAL ({shown} OFFSET 0) shown",
}


@dataclass(frozen=True, slots=True)
class Highlights:
    """The words found, where they stand in a page; None where none does. ``body`` is the best passage of the text."""

    title: list[Fragment] | None
    summary: list[Fragment] | None
    body: list[Fragment] | None


def search_values(*, text: str, chain: Sequence[str]) -> dict[str, Any]:
    """The values of the parameters that ``matching`` and ``page_search`` have, for what a reader typed."""
    words = {locale: query_terms(text, locale, limit=MAX_WORDS) for locale in chain}
    return {
        "words_all": _query(words, all_of_them=True),
        "words_any": _query(words, all_of_them=False),
        **{f"words_{place}": len(words[locale]) for place, locale in enumerate(chain)},
    }


def matching() -> QuerySet[SearchEntry]:
    """The entries that have all words; ``search_values`` gives the value of its parameter."""
    return SearchEntry.objects.filter(terms__matches=Parameter("words_all", _MATCH)).order_by()


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


def _found(chain: Sequence[str]) -> QuerySet[Any, Any]:
    """What has all words, ranked."""
    all_words, any_word = Parameter("words_all", _MATCH), Parameter("words_any", _MATCH)
    size = Case(*(When(locale_code=code, then=Parameter(f"words_{place}", _SIZE)) for place, code in enumerate(chain)))
    tier = Case(
        When(title_terms__matches=all_words, title_size=size, then=Value(4)),
        When(title_terms__matches=all_words, then=Value(3)),
        When(head_terms__matches=all_words, then=Value(2)),
        When(title_terms__matches=any_word, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    found = _matching_models().annotate(tier=tier)
    return found.order_by("-tier", "-recency", "-page_id").values("page_id", "model", "tier", "recency")


def _matching_models() -> QuerySet[Any, Any]:
    """What has all words and is of the types asked for."""
    return matching().filter(any_of("model", "models", TEXT)).values("page_id")


def page_search(
    *, text: str, models: Collection[str], gate: Gate, chain: Sequence[str], offset: int, limit: int
) -> list[Row]:
    """The pages shown that have all words of ``text``, as rows of ``id``, ``model`` and ``translation_key``.

    In the order: the title is what was asked for, it has all the words, title and summary have them together, the
    title has some, the text has them; then undated pages before news, and late news before early. ``models`` are page
    types by lower-case model name. One statement.
    """
    statement = prepared(
        ("page_search", tuple(chain), gate.shape),
        lambda: _joined(_RANKED, _found(chain), gate=gate.shape, chain=chain, slots=("limit", "offset")),
    )
    values = {
        **gate.values,
        **search_values(text=text, chain=chain),
        "models": models,
        "limit": limit,
        "offset": offset,
    }
    return [
        {"id": page_id, "model": model, "translation_key": key_of(key)}
        for page_id, model, key in statement.tuples(values)
    ]


def page_search_count(*, text: str, models: Collection[str], gate: Gate, chain: Sequence[str]) -> int:
    """How many pages ``page_search`` finds. One statement."""
    statement = prepared(
        ("page_search_count", tuple(chain), gate.shape),
        lambda: _joined(_COUNTED, _matching_models(), gate=gate.shape, chain=chain),
    )
    return statement.count({**gate.values, **search_values(text=text, chain=chain), "models": models})


def _joined(
    select: str, found: QuerySet[Any, Any], *, gate: Conditions, chain: Sequence[str], slots: Sequence[str] = ()
) -> Statement:
    """What is found, and of that what is shown. What a reader sent is in parameters; the SQL holds names of our own."""
    pages = page_queryset_shown(Page, gate=gate, chain=chain)
    if connection.vendor == "postgresql":
        pages = pages.filter(pk=RawSQL("found.page_id", ()))
    inner, shown = compiled(found), compiled(pages.values("id", "translation_key"))
    if not (inner.sql and shown.sql):
        return Statement("", (), (), ())
    sql = select.format(found=inner.sql, joined=_JOINED[connection.vendor].format(shown=shown.sql))
    return Statement(sql, (*inner.params, *shown.params, *(slot(name, ID) for name in slots)), (), ())


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
