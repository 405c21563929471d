"""The order of what a search finds, and how PostgreSQL finds the first of it without ranking the rest.

Pages whose title has all the words come first: of those, titles that have no other word, then the latest. Then the
rest: pages whose head has all the words, those whose title has some, those whose text has them, in each the latest
first; but where more than ``RANKED`` have the words outside their titles, just the latest first.

``ranked_queryset`` says that for any database, and looks at every match. ``ranked_statement`` gives the same rows at a
cost that follows from how many are wanted. A word of half of all titles has its first twenty among the latest few dozen
entries: those are walked, newest first, and not far. A word that is not frequent enough for that is asked of the
full-text index, which has the fewer the farther the walk would have been.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Exists, IntegerField, QuerySet, TextField, Value, When

from home.models import SearchEntry
from home.selectors.prepared import ID, TEXT, Parameter, Statement, any_of, constant, joined, value

# Beyond this many, pages that have the words in their texts alone are not told apart but by their dates.
RANKED = 1000
# How many entries are walked for one that is wanted: what a twenty-fifth of them have is found by that.
_STEPS = 25
# No more than this: for parts far down, the index costs less.
_MOST_STEPS = 5000
# A word that none of so many of the latest titles has is asked of the index at once.
_SAMPLE = 100
# How many titles of as many words as were asked for are looked at, before the index is asked for those that have them.
_TITLES = 2000

MATCH: TextField[str, str] = TextField()
SIZE: IntegerField[int, int] = IntegerField()


def matching() -> QuerySet[SearchEntry]:
    """The entries that have all words; ``search_values`` gives the value of its parameter."""
    return SearchEntry.objects.filter(terms__matches=Parameter("words_all", MATCH)).order_by()


def matching_models() -> QuerySet[SearchEntry]:
    """What has all words and is of the types asked for."""
    return matching().filter(any_of("model", "models", TEXT))


def ranked_queryset(chain: Sequence[str]) -> QuerySet[Any, Any]:
    """What has all words, of the types asked for, in its order, annotated with its ``tier``."""
    all_words, any_word = Parameter("words_all", MATCH), Parameter("words_any", MATCH)
    size = Case(*(When(locale_code=code, then=Parameter(f"words_{place}", SIZE)) for place, code in enumerate(chain)))
    too_many = matching_models().exclude(title_terms__matches=all_words).values("page_id")[RANKED : RANKED + 1]
    tier = Case(
        When(title_terms__matches=all_words, title_size=size, then=Value(4)),
        When(title_terms__matches=all_words, then=Value(3)),
        When(Exists(too_many), then=Value(0)),
        When(head_terms__matches=all_words, then=Value(2)),
        When(title_terms__matches=any_word, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    found: QuerySet[Any, Any] = matching_models()
    return found.annotate(tier=tier).order_by("-tier", "-recency", "-page_id")


# A language of the chain, with its words, and a type of pages: its entries have an index in the order of their dates.
# ``rarity`` is 0 where all of them can be walked, 1 where they are many and some of the latest have the words in their
# titles, 2 where none has.
_UNITS = """
    unit AS MATERIALIZED (
        SELECT asked.*, CASE
            WHEN NOT EXISTS (
                SELECT 1 FROM home_searchentry WHERE locale_code = asked.code AND model = asked.model
                ORDER BY recency DESC, page_id DESC LIMIT 1 OFFSET {steps}
            ) THEN 0
            WHEN EXISTS (
                SELECT 1 FROM (
                    SELECT title_terms FROM home_searchentry WHERE locale_code = asked.code AND model = asked.model
                    ORDER BY recency DESC, page_id DESC LIMIT {sample}
                ) entry WHERE entry.title_terms @@ asked.words
            ) THEN 1
            ELSE 2
        END AS rarity
        FROM (
            SELECT language.code, language.words, language.size, model.model
            FROM (VALUES {languages}) language (code, words, size)
            CROSS JOIN UNNEST({models}::text[]) model (model)
            WHERE language.words IS NOT NULL
        ) asked
    )
"""
# The latest entries of each unit that meet a condition, among so many. The gate is asked page by page, newest first,
# until there are enough: PostgreSQL would rather pass all pages of a language through the gate, whose conditions it
# takes for rare. LATERAL and OFFSET 0 forbid that.
_WALKED = """
    SELECT unit.code, unit.model, found.*
    FROM {units} unit CROSS JOIN LATERAL (
        SELECT entry.page_id, {tier} AS tier, entry.recency, shown.translation_key
        FROM (
            SELECT * FROM home_searchentry
            WHERE locale_code = unit.code AND model = unit.model {of_size}
            ORDER BY recency DESC, page_id DESC
            LIMIT {among}
        ) entry
        CROSS JOIN LATERAL ({shown} OFFSET 0) shown
        WHERE {condition}
        ORDER BY entry.recency DESC, entry.page_id DESC
        LIMIT {wanted}
    ) found
"""
# What has the words by the full-text index, and then the gate.
_INDEXED = """
    SELECT unit.code, unit.model, found.*
    FROM {units} unit CROSS JOIN LATERAL (
        SELECT entry.page_id, entry.tier, entry.recency, shown.translation_key
        FROM (
            SELECT page_id, {tier} AS tier, recency FROM home_searchentry
            WHERE {condition} AND model = unit.model
            ORDER BY tier DESC, recency DESC, page_id DESC
        ) entry
        CROSS JOIN LATERAL ({shown} OFFSET 0) shown
        ORDER BY entry.tier DESC, entry.recency DESC, entry.page_id DESC
        LIMIT {wanted}
    ) found
"""
_OF_TITLES = """
    exact AS MATERIALIZED ({exact}),
    walked AS MATERIALIZED ({walked}),
    unfinished AS MATERIALIZED (
        SELECT * FROM unit WHERE rarity = 2
        OR rarity = 1 AND {wanted} > (
            SELECT COUNT(*) FROM (SELECT code, model FROM exact UNION ALL SELECT code, model FROM walked) found
            WHERE found.code = unit.code AND found.model = unit.model
        )
        OR EXISTS (
            SELECT 1 FROM home_searchentry
            WHERE locale_code = unit.code AND model = unit.model AND title_size = unit.size
            ORDER BY recency DESC, page_id DESC LIMIT 1 OFFSET {titles}
        )
    ),
    title AS MATERIALIZED (
        SELECT * FROM (SELECT * FROM exact UNION SELECT * FROM walked UNION {indexed}) found
        ORDER BY tier DESC, recency DESC, page_id DESC
        LIMIT {wanted}
    )
"""
_OF_REST = """
    match AS MATERIALIZED (
        SELECT page_id, model, recency, CASE
            WHEN head_terms @@ {all_words}::tsquery THEN 2 WHEN title_terms @@ {any_word}::tsquery THEN 1 ELSE 0
        END AS tier
        FROM home_searchentry
        WHERE terms @@ {all_words}::tsquery AND NOT title_terms @@ {all_words}::tsquery AND model = ANY({models})
            AND (SELECT COUNT(*) FROM title) < {wanted}
        LIMIT {ranked} + 1
    ),
    ranked AS MATERIALIZED (
        SELECT '', entry.model, entry.page_id, entry.tier, entry.recency, shown.translation_key
        FROM (
            SELECT * FROM match WHERE (SELECT COUNT(*) FROM match) <= {ranked}
            ORDER BY tier DESC, recency DESC, page_id DESC
        ) entry
        CROSS JOIN LATERAL ({shown} OFFSET 0) shown
        ORDER BY entry.tier DESC, entry.recency DESC, entry.page_id DESC
        LIMIT {wanted}
    ),
    many AS MATERIALIZED (SELECT * FROM unit WHERE (SELECT COUNT(*) FROM match) > {ranked}),
    latest AS MATERIALIZED ({latest}),
    unfinished_rest AS MATERIALIZED (
        SELECT * FROM many unit WHERE rarity > 0 AND {wanted} > (
            SELECT COUNT(*) FROM latest WHERE latest.code = unit.code AND latest.model = unit.model
        )
    ),
    rest AS MATERIALIZED (SELECT * FROM ranked UNION ALL (SELECT * FROM latest UNION {indexed}))
"""
_FOUND = """
    SELECT page_id, model, translation_key
    FROM (WITH {units}, {of_titles}, {of_rest} SELECT * FROM title UNION ALL SELECT * FROM rest) found
    ORDER BY tier DESC, recency DESC, page_id DESC
    LIMIT {limit} OFFSET {offset}
"""


def ranked_statement(chain: Sequence[str], shown: Statement) -> Statement:
    """For PostgreSQL: the rows of ``ranked_queryset`` that the gate lets through, without those after ``wanted``.

    ``shown`` is the gate's statement for the page ``entry.page_id``. Rows are id, model and translation key. Parameters
    are those of ``search_values`` and ``page_values``, and ``models``.
    """
    of_size = ("AND title_size = unit.size", "{titles}")
    latest = ("", "{steps}")
    in_title = "title_terms @@ unit.words"
    in_text = f"terms @@ unit.words AND NOT {in_title}"
    of_title = "CASE WHEN title_size = unit.size THEN 4 ELSE 3 END"

    def walked(units: str, tier: int, condition: str, among: tuple[str, str]) -> str:
        return _replaced(_WALKED, units=units, tier=str(tier), condition=condition, of_size=among[0], among=among[1])

    def indexed(units: str, tier: str, condition: str) -> str:
        return _replaced(_INDEXED, units=units, tier=tier, condition=condition)

    titles = _replaced(
        _OF_TITLES,
        exact=walked("unit", 4, in_title, of_size),
        walked=walked(
            "(SELECT * FROM unit WHERE rarity < 2)", 3, f"{in_title} AND entry.title_size <> unit.size", latest
        ),
        indexed=indexed("unfinished", of_title, in_title),
    )
    rest = _replaced(
        _OF_REST, latest=walked("many", 0, in_text, latest), indexed=indexed("unfinished_rest", "0", in_text)
    )
    languages = ", ".join(
        f"({{code_{place}}}, {{words_{place}}}::tsquery, {{size_{place}}}::int)" for place in range(len(chain))
    )
    parts = {
        "shown": shown,
        "models": value("models", TEXT, is_list=True),
        "all_words": value("words_all", MATCH),
        "any_word": value("words_any", MATCH),
        **{name: value(name, ID) for name in ("wanted", "steps", "limit", "offset")},
    }
    for place, code in enumerate(chain):
        parts |= {
            f"code_{place}": constant(code),
            f"words_{place}": value(f"words_all_{place}", MATCH),
            f"size_{place}": value(f"words_{place}", SIZE),
        }
    text = _replaced(_FOUND, units=_replaced(_UNITS, languages=languages), of_titles=titles, of_rest=rest)
    return joined(text, parts, ranked=RANKED, titles=_TITLES, sample=_SAMPLE)


def page_values(*, offset: int, limit: int) -> dict[str, int]:
    """The values of the parameters that say which part of what is found is wanted."""
    wanted = offset + limit
    steps = min(_STEPS * wanted, _MOST_STEPS)
    return {"limit": limit, "offset": offset, "wanted": wanted, "steps": steps}


def _replaced(text: str, **pieces: str) -> str:
    for name, piece in pieces.items():
        text = text.replace(f"{{{name}}}", piece)
    return text
