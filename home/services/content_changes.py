"""What a transaction writes to the content, row by row: for caches that hold answers and are told which ones are old.

As with the content version, statements are watched and not signals (ADR 0008). Most say which rows they write; one that
does not, or one that writes very many, changes everything. Nothing is recorded while nobody wants to know.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.dispatch import Signal
from modelcluster.fields import ParentalKey
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from home.models import CustomDocument, CustomImage
from home.selectors.page_states import PageState, page_states

# Sent after a commit. Arguments: ``sender`` and ``changes``, a ContentChanges.
content_rows_changed = Signal()

# More rows than this are told as "everything": a purge by so many names costs more than one of all.
MAX_ROWS = 200

_INSERT = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?|REPLACE)\s+INTO\s+"?\w+"?\s*\(([^)]*)\)\s*(.*)', re.S | re.I)
_VALUES = re.compile(r"VALUES\s*\(\s*((?:%s(?:::[\w\[\]]+)?(?:,\s*)?)+)\)", re.I)
_NAME = re.compile(r'"(\w+)"\."\w+"')
_ASSIGNED = re.compile(r'"(\w+)" = ')
# What Django does not write: values by name, several statements, comments, another name for the table.
_FOREIGN = re.compile(r'%\(|;|--|/\*|(?<!")\b[a-z_]\w*\.', re.I)


@dataclass
class ContentChanges:
    """The rows of the content that one transaction wrote. As a dict (``asdict``) it can be stored as JSON."""

    everything: bool = False
    pages: dict[int, PageState | None] = field(default_factory=dict)
    """By id, what each page was before; None where it was not there."""
    branches: list[int] = field(default_factory=list)
    """Pages that became private or public, with all below them."""
    images: list[int] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    collections: list[int] = field(default_factory=list)
    """Collections that moved, or became private or public."""
    models: list[str] = field(default_factory=list)
    """Labels of other models of which rows were written."""

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "ContentChanges":
        """The changes that ``asdict`` gave, after a way through JSON."""
        pages = {int(key): None if state is None else PageState(**state) for key, state in values["pages"].items()}
        return cls(**{**values, "pages": pages})

    def __call__(self) -> None:
        """Tell who wants to know: this is what runs after the commit."""
        content_rows_changed.send_robust(sender=ContentChanges, changes=self)

    def as_json(self) -> dict[str, Any]:
        """What ``from_json`` reads."""
        return asdict(self)

    def add(self, kind: str, ids: Iterable[int]) -> None:
        """Add rows of a kind other than pages, each once."""
        known: list[int] = getattr(self, kind)
        known.extend(sorted(set(ids).difference(known)))
        if len(known) > MAX_ROWS:
            self.all()

    def all(self) -> None:
        """Give up telling rows apart."""
        self.__init__(everything=True)  # type: ignore[misc] # all fields at once


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which field of ContentChanges the rows of a table belong to, and the column that holds its ids."""

    kind: str
    column: str
    inserts: bool = True
    """Whether a new row alters anything: nothing leads to a picture that was not there."""


@cache
def _rules() -> dict[str, _Rule]:
    rules = {}
    for model in apps.get_models(include_auto_created=True):
        if column := _page_column(model):
            rules[model._meta.db_table] = _Rule("pages", column)
    return rules | {
        PageViewRestriction._meta.db_table: _Rule("branches", "page_id"),
        CollectionViewRestriction._meta.db_table: _Rule("collections", "collection_id"),
        Collection._meta.db_table: _Rule("collections", "id", inserts=False),
        CustomImage._meta.db_table: _Rule("images", "id", inserts=False),
        CustomDocument._meta.db_table: _Rule("documents", "id", inserts=False),
    }


def _page_column(model: Any) -> str | None:
    """The column that names the page whose content a row is part of."""
    if issubclass(model, Page):
        return str(model._meta.pk.column)
    for candidate in model._meta.local_fields:
        # Child rows, and what stands beside a page, such as its entry in the search.
        if (isinstance(candidate, ParentalKey) or candidate.one_to_one) and issubclass(candidate.related_model, Page):
            return str(candidate.column)
    return None


@cache
def _labels() -> dict[str, str]:
    return {model._meta.db_table: model._meta.label for model in apps.get_models(include_auto_created=True)}


def changes_are_wanted() -> bool:
    """Whether a cache is configured that would be purged."""
    return bool(getattr(settings, "WAGTAILFRONTENDCACHE", None))


def transaction_changes(connection: BaseDatabaseWrapper) -> ContentChanges:
    """The changes of the transaction that is open, told when it is committed."""
    for entry in connection.run_on_commit:
        if isinstance(entry[1], ContentChanges):
            return entry[1]
    changes = ContentChanges()
    transaction.on_commit(changes, using=connection.alias, robust=True)
    return changes


def statement_record(
    changes: ContentChanges, connection: BaseDatabaseWrapper, *, table: str, sql: str, params: Any, many: bool
) -> None:
    """Add what a statement is about to write to ``table``: within its transaction, before it runs."""
    if changes.everything:
        return
    rule = _rules().get(table)
    if rule is None:
        label = _labels().get(table)
        if label is None:
            changes.all()
        elif label not in changes.models:
            changes.models.append(label)
        return
    is_insert = _INSERT.match(sql) is not None
    if (is_insert and not rule.inserts) or _ASSIGNED.findall(sql.partition(" WHERE ")[0]) == ["numchild"]:
        return
    try:
        ids = None if many else _rows_written(connection, rule, table, sql, list(params or ()))
    except (IndexError, TypeError):  # parameters in a form that nothing here expects
        ids = None
    if ids is None or len(ids) > MAX_ROWS:
        changes.all()
    elif rule.kind == "pages":
        _pages_add(changes, ids, are_new=is_insert and issubclass(apps.get_model(_labels()[table]), Page))
    else:
        changes.add(rule.kind, ids)


def _pages_add(changes: ContentChanges, ids: set[int], *, are_new: bool) -> None:
    unknown = ids.difference(changes.pages)
    if len(changes.pages) + len(unknown) > MAX_ROWS:
        changes.all()
        return
    # Locked, as the statement itself is about to do: what is read here is what it replaces.
    states = {} if are_new or not unknown else page_states(ids=unknown, lock=True)
    changes.pages.update({page_id: states.get(page_id) for page_id in unknown})


def _rows_written(
    connection: BaseDatabaseWrapper, rule: _Rule, table: str, sql: str, params: Sequence[Any]
) -> set[int] | None:
    """The ids in ``rule.column`` of the rows that a statement writes; None where it does not tell."""
    insert = _INSERT.match(sql)
    if insert is not None:
        columns = [name.strip(' "') for name in insert[1].split(",")]
        if rule.column not in columns:
            # The database gives the number of a new page; the row of its type, which follows, names it.
            return set() if table == Page._meta.db_table else None
        return _numbers(_inserted(columns.index(rule.column), len(columns), insert[2], params))
    before, where, clause = sql.rpartition(" WHERE ")
    if not where or not _stands_alone(clause, table):
        return None
    own = list(params[len(params) - clause.count("%s") :])
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {quote(rule.column)} FROM {quote(table)} WHERE {clause} LIMIT {MAX_ROWS + 1}",  # noqa: S608 - the clause is the statement's own
            own,
        )
        ids = {row[0] for row in cursor.fetchall()}
    assigned = before.partition(f'"{rule.column}" = ')
    if assigned[1]:  # a child row that is given to another page
        if not assigned[2].startswith("%s"):
            return None
        ids.add(params[assigned[0].count("%s")])
    return _numbers(ids)


def _inserted(place: int, width: int, rest: str, params: Sequence[Any]) -> Iterable[Any] | None:
    """The values of the column at ``place`` of ``width``, from the end of an INSERT."""
    if "UNNEST(" in rest and len(params) == width and isinstance(params[place], list):
        values: list[Any] = params[place]
        return values
    row = _VALUES.match(rest)
    if row is None or row[1].count("%s") != width or len(params) % width:
        return None
    return params[place::width]


def _numbers(values: Iterable[Any] | None) -> set[int] | None:
    if values is None:
        return None
    found = set(values)
    return found if all(isinstance(value, int) for value in found) else None


def _stands_alone(clause: str, table: str) -> bool:
    """Whether a WHERE clause is whole, and speaks of nothing but the columns of ``table``."""
    return (
        clause.count("(") == clause.count(")")
        and "SELECT" not in clause.upper()
        and "RETURNING" not in clause.upper()
        and "%%" not in clause
        and not _FOREIGN.search(clause)
        and all(name == table for name in _NAME.findall(clause))
    )
