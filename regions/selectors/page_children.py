"""The pages below others, as a reader is shown them: those of the reader's own tree, then those of the fallback trees.

A page has one tree for each language. What is shown below a page are the pages whose best translation stands below one
of its translations: in the order of the editors within a tree, and the trees in the order of the reader's chain.
"""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from home.selectors.counts import count_kept
from home.selectors.keys import Key, key_of
from home.selectors.pages import page_queryset_shown
from home.selectors.prepared import KEY, TEXT, Statement, any_of, compiled, prepared, slot
from home.selectors.visibility import Conditions, Gate

_PATH: TextField[str, str] = TextField()
_TREE: IntegerField[int, int] = IntegerField()

# Between a page's path and the next one beside it: nothing that is one step longer comes after five of the last digit.
_WITHIN = "child.path > parent.path AND child.path < parent.path || 'ZZZZZ' AND child.depth = parent.depth + 1"
_COLUMNS = "parent.translation_key AS parent_key, parent.tree, child.path, child.model, child.translation_key"
# PostgreSQL goes through the pages below each parent in their order, and asks the gate page by page until there are
# enough: it would rather pass all of them through, and OFFSET 0 forbids that. SQLite, without LATERAL, ranks all.
_ROWS = {
    "postgresql": """
        SELECT {names}
        FROM ({parents}) parent
        CROSS JOIN LATERAL (
            SELECT child.path, shown.model, shown.translation_key
            FROM (
                SELECT child.id, child.path FROM {page} child
                WHERE {within}{condition}
                ORDER BY child.path {direction}
            ) child
            CROSS JOIN LATERAL ({children} OFFSET 0) shown
            ORDER BY child.path {direction}
            LIMIT {limit}
        ) child
    """,
    "sqlite": """
        SELECT parent_key, tree, path, model, translation_key FROM (
            SELECT {names},
                ROW_NUMBER() OVER (PARTITION BY parent.path ORDER BY child.path {direction}) AS line_number
            FROM ({parents}) parent
            JOIN ({children}) child ON {within}{condition}
        ) ranked
        WHERE line_number <= {limit}
    """,
}
_COUNTS = """
    SELECT parent.translation_key, COUNT(*)
    FROM ({parents}) parent JOIN ({children}) child ON {within}
    GROUP BY parent.translation_key
"""


class ChildRow(NamedTuple):
    """A page below another. ``tree`` is the place, in the reader's chain, of the language of the tree it stands in."""

    tree: int
    path: str
    model: str
    translation_key: Key


@dataclass(frozen=True, slots=True)
class ChildrenSlice:
    """A stretch of the pages below a page.

    ``after`` and ``before`` are positions (tree, path), not included; ``from_end`` takes the last ``limit`` pages
    instead of the first, still in the order of the list.
    """

    limit: int
    is_reversed: bool = False
    after: tuple[int, str] | None = None
    before: tuple[int, str] | None = None
    from_end: bool = False

    @property
    def is_descending(self) -> bool:
        """Whether the pages to take are found going backwards through the trees."""
        return self.is_reversed != self.from_end

    @property
    def condition(self) -> tuple[str, list[Any]]:
        """What keeps the pages between ``after`` and ``before``, as SQL with slots."""
        sql, slots = "", []
        for name, position, is_later in (
            ("after", self.after, not self.is_reversed),
            ("before", self.before, self.is_reversed),
        ):
            if position is not None:
                sign = ">" if is_later else "<"
                sql += f" AND (parent.tree {sign} %s OR (parent.tree = %s AND child.path {sign} %s))"
                slots += [slot(f"{name}_tree", _TREE)] * 2 + [slot(f"{name}_path", _PATH)]
        return sql, slots

    @property
    def shape(self) -> Hashable:
        """What the stretch puts into a statement other than by parameters."""
        return (self.limit, self.is_descending, self.is_reversed, self.after is None, self.before is None)

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters."""
        (after_tree, after_path), (before_tree, before_path) = self.after or (None, None), self.before or (None, None)
        return {
            "after_tree": after_tree,
            "after_path": after_path,
            "before_tree": before_tree,
            "before_path": before_path,
        }


def page_children_rows(
    *, keys: Collection[Key], models: Collection[str], gate: Gate, chain: Sequence[str], part: ChildrenSlice
) -> dict[Key, list[ChildRow]]:
    """For pages by translation key: a stretch of what is shown below each. One statement.

    ``models`` are the page types that have an answer, by lower-case model name.
    """
    condition, slots = part.condition
    statement = prepared(
        ("page_children_rows", tuple(chain), gate.shape, part.shape),
        lambda: _joined(
            _ROWS[connection.vendor],
            gate=gate.shape,
            chain=chain,
            condition=(condition, slots),
            direction="DESC" if part.is_descending else "ASC",
            limit=str(int(part.limit)),
        ),
    )
    found: dict[Key, list[ChildRow]] = {}
    for parent_key, tree, path, model, key in statement.tuples(
        {**gate.values, **part.values, "keys": keys, "models": models}
    ):
        found.setdefault(key_of(parent_key), []).append(ChildRow(tree, path, model, key_of(key)))
    for parent_key, rows in found.items():
        nearest = sorted(rows, reverse=part.is_descending)[: part.limit]
        found[parent_key] = nearest[::-1] if part.from_end else nearest
    return found


def page_children_counts(
    *, keys: Collection[Key], models: Collection[str], gate: Gate, chain: Sequence[str]
) -> dict[Key, int]:
    """For pages by translation key: how many pages are shown below each. One statement.

    None where all were counted under this content version.
    """
    statement = prepared(
        ("page_children_counts", tuple(chain), gate.shape), lambda: _joined(_COUNTS, gate=gate.shape, chain=chain)
    )

    @cache
    def counts() -> dict[Key, int]:
        rows = statement.tuples({**gate.values, "keys": keys, "models": models})
        return {key_of(key): number for key, number in rows}

    def counted(key: Key) -> int:
        return count_kept(("children", tuple(chain), key), gate=gate, count=lambda: counts().get(key, 0))

    return {key: counted(key) for key in keys}


def _parents(gate: Conditions, chain: Sequence[str]) -> QuerySet[Any, Any]:
    places = (When(locale__language_code=code, then=Value(place)) for place, code in enumerate(chain))
    visible = Page.objects.filter(
        gate.visible(), any_of("translation_key", "keys", KEY), locale__language_code__in=chain
    )
    return (
        visible.annotate(tree=Case(*places, output_field=IntegerField()))
        .order_by()
        .values("translation_key", "path", "depth", "tree")
    )


def _children(gate: Conditions, chain: Sequence[str]) -> QuerySet[Any, Any]:
    # No list shows a news item without a date.
    dated = Q(newspage__isnull=True) | Q(newspage__date__isnull=False)
    shown = page_queryset_shown(Page, gate=gate, chain=chain).filter(
        dated, any_of("content_type__model", "models", TEXT)
    )
    return shown.annotate(model=F("content_type__model")).values("path", "depth", "model", "translation_key")


def _joined(
    sql: str,
    *,
    gate: Conditions,
    chain: Sequence[str],
    condition: tuple[str, list[Any]] = ("", []),
    **order: str,
) -> Statement:
    """Join the compiled parts. Everything that a client sent is a parameter; the text holds names of our own alone."""
    shown = _children(gate, chain)
    if sql == _ROWS["postgresql"]:
        shown = shown.filter(pk=RawSQL("child.id", ()))
    parents, children = compiled(_parents(gate, chain)), compiled(shown)
    if not (parents.sql and children.sql):
        return Statement("", (), (), ())  # a condition that no row can meet
    params = {"parents": parents.params, "children": children.params, "condition": tuple(condition[1])}
    text = sql.format(
        parents=parents.sql,
        children=children.sql,
        condition=condition[0],
        names=_COLUMNS,
        within=_WITHIN,
        page=Page._meta.db_table,
        **order,
    )
    # The parameters stand in the order of the text.
    names = [name for _text, name, *_spec in Formatter().parse(sql) if name in params]
    return Statement(text, tuple(param for name in names for param in params[name]), (), ())
