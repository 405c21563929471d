"""Pages around a page in the tree: its parent, ancestors, children and siblings, as the reader is shown them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, TypeVar

import graphene
from django.utils.module_loading import import_string
from graphql import GraphQLResolveInfo

from api.connections import (
    Connection,
    ConnectionPart,
    PageArguments,
    connection_arguments,
    connection_of,
    connection_part,
    connection_type,
    cursor_decode,
    page_arguments,
)
from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.pages.nodes import PAGE_TYPES, TYPE_BY_MODEL, Node, node_load, types_below
from api.rows import resolver_by_scope
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.pages import Row, page_ancestors_by_paths
from home.selectors.visibility import Gate
from regions.selectors.page_children import ChildrenSlice, ChildRow, page_children_counts, page_children_rows

T = TypeVar("T")

_MODELS = tuple(model for model, _selector in PAGE_TYPES.values())
_PAGE = "api.pages.interface.PageInterface"


class AncestorsLoader(BatchLoader[str, list[Row]]):
    """The pages above and including treebeard paths, from the home page down."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def batch_load(self, keys: list[str]) -> dict[str, list[Row]]:
        lines = page_ancestors_by_paths(paths=keys, gate=self.gate)
        self.gate.seen.extend((TYPE_BY_MODEL.get(row["model"], ""), [row]) for line in lines.values() for row in line)
        return lines


class _PageOrder(Enum):
    TREE_ASC = "TREE_ASC"
    TREE_DESC = "TREE_DESC"


PageOrder = graphene.Enum.from_enum(
    _PageOrder,
    name="PageOrder",
    description=lambda value: (
        {
            "TREE_ASC": "As editors put them: those of the reader's language, then those of each fallback language.",
            "TREE_DESC": "The same backwards.",
        }[value.value]
        if value
        else "Orders of lists of pages that stand below one page."
    ),
)


@dataclass(frozen=True, slots=True)
class _PageList:
    """A checked list of pages below a page."""

    order: str
    arguments: PageArguments
    part: ChildrenSlice

    @property
    def fetched(self) -> int:
        """One more than asked for tells whether there are more."""
        return self.arguments.limit + 1

    def connection_part(self, rows: list[tuple[ChildRow, Node]]) -> ConnectionPart:
        return connection_part(
            [node for _row, node in rows],
            position=lambda _node, place: (rows[place][0].tree, rows[place][0].path),
            order=self.order,
            arguments=self.arguments,
        )


def _page_list(order_by: Enum | None = None, **given: Any) -> _PageList:
    order = (order_by or _PageOrder.TREE_ASC).value
    arguments = page_arguments(**given)
    after, before = (
        cursor_decode(cursor, order=order, types=(int, str)) for cursor in (arguments.after, arguments.before)
    )
    part = ChildrenSlice(
        # One more tells whether there are more, and another may be the page whose siblings they are.
        limit=arguments.limit + 2,
        is_reversed=order == _PageOrder.TREE_DESC.value,
        after=after,
        before=before,
        from_end=arguments.from_end,
    )
    return _PageList(order=order, arguments=arguments, part=part)


class ChildrenLoader(BatchLoader[Key, list[ChildRow]]):
    """A stretch of the pages below pages, by translation key. One statement, however many pages."""

    def __init__(self, scope: Scope, gate: Gate, part: ChildrenSlice) -> None:
        self.scope, self.gate, self.part = scope, gate, part

    def batch_load(self, keys: list[Key]) -> dict[Key, list[ChildRow]]:
        return page_children_rows(keys=keys, models=_MODELS, gate=self.gate, chain=self.scope.chain, part=self.part)

    def missing(self, key: Key) -> list[ChildRow]:
        return []


class ChildrenCountLoader(BatchLoader[Key, int]):
    """How many pages stand below pages, by translation key."""

    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def batch_load(self, keys: list[Key]) -> dict[Key, int]:
        return page_children_counts(keys=keys, models=_MODELS, gate=self.gate, chain=self.scope.chain)


PageConnection = connection_type("Page", _PAGE, "pages")


def _part_load(
    context: GraphQLContext, wanted: _PageList, *, key: Key, scope: Scope, without: Key | None = None
) -> Deferred[ConnectionPart]:
    """A part of the pages below the page with a translation key, ``without`` one of them."""

    def whole(rows: list[ChildRow]) -> Deferred[ConnectionPart]:
        kept = [row for row in rows if row.translation_key != without]
        kept = kept[-wanted.fetched :] if wanted.arguments.from_end else kept[: wanted.fetched]
        nodes = [
            node_load(context, type_name=TYPE_BY_MODEL[row.model], key=row.translation_key, scope=scope) for row in kept
        ]
        return Deferred.all(nodes).then(
            lambda found: wanted.connection_part(
                [(row, node) for row, node in zip(kept, found, strict=True) if node is not None]
            )
        )

    return context.loaders.get(ChildrenLoader, scope, context.gate, wanted.part).load(key).then(whole)


def _count_load(context: GraphQLContext, *, key: Key, scope: Scope) -> Deferred[int]:
    return context.loaders.get(ChildrenCountLoader, scope, context.gate).load(key)


def _line_load(context: GraphQLContext, node: Node) -> Deferred[list[Row]]:
    """The pages above a page, from the home page down, without itself; rows in the language of the page served."""
    return context.loaders.get(AncestorsLoader, context.gate).load(node["path"]).then(lambda rows: rows[:-1])


def _shown(context: GraphQLContext, rows: list[Row], scope: Scope) -> list[Deferred[Node | None]]:
    """What the reader is shown of rows above a page: all translations of a page are of its type."""
    return [
        node_load(context, type_name=TYPE_BY_MODEL[row["model"]], key=row["translation_key"], scope=scope)
        for row in rows
        if row["model"] in TYPE_BY_MODEL
    ]


def resolve_parent(node: Node, info: GraphQLResolveInfo) -> Deferred[Node | None]:
    """The page above."""

    def parent(rows: list[Row]) -> Deferred[Node | None]:
        found = _shown(info.context, rows[-1:], node["scope"])
        return found[0] if found else Deferred.resolved(None)

    return _line_load(info.context, node).then(parent)


def resolve_ancestors(node: Node, info: GraphQLResolveInfo) -> Deferred[list[Node]]:
    """The pages above, from the home page down."""
    found = _line_load(info.context, node).then(lambda rows: Deferred.all(_shown(info.context, rows, node["scope"])))
    return found.then(lambda nodes: [above for above in nodes if above is not None])


@resolver_by_scope
def resolve_children(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any) -> list[Connection]:
    """The pages below."""
    context: GraphQLContext = info.context
    wanted = _page_list(**arguments)
    for type_name in {node["__typename"] for node in nodes}:
        context.gate.listed.update(types_below(type_name))
    return [
        connection_of(
            read_part=partial(_part_load, context, wanted, key=node["translation_key"], scope=scope),
            read_count=partial(_count_load, context, key=node["translation_key"], scope=scope),
        )
        for node in nodes
    ]


@resolver_by_scope
def resolve_siblings(nodes: list[Node], scope: Scope, info: GraphQLResolveInfo, **arguments: Any) -> list[Connection]:
    """The other pages below its parent."""
    wanted = _page_list(**arguments)
    return [_siblings(info.context, node, scope, wanted) for node in nodes]


def _siblings(context: GraphQLContext, node: Node, scope: Scope, wanted: _PageList) -> Connection:
    own = node["translation_key"]

    def of_parent(read: Callable[[Key], Deferred[T]], nothing: T) -> Deferred[T]:
        def found(rows: list[Row]) -> Deferred[T]:
            if not rows:
                return Deferred.resolved(nothing)
            context.gate.listed.update(types_below(TYPE_BY_MODEL.get(rows[-1]["model"], "")))
            return read(rows[-1]["translation_key"])

        return _line_load(context, node).then(found)

    return connection_of(
        read_part=lambda: of_parent(
            lambda key: _part_load(context, wanted, key=key, scope=scope, without=own), wanted.connection_part([])
        ),
        # The page itself is one of those below its parent.
        read_count=lambda: of_parent(
            lambda key: _count_load(context, key=key, scope=scope).then(lambda number: number - 1), 0
        ),
    )


def _pages_field(resolver: Callable[..., Connection], description: str) -> graphene.Field:
    return graphene.Field(
        PageConnection,
        description=description,
        resolver=resolver,
        **connection_arguments(),
        order_by=graphene.Argument(PageOrder, default_value=_PageOrder.TREE_ASC, description="The order of the list."),
    )


class PageFamily:
    """The fields of the interface ``Page`` that lead to the pages around it."""

    parent = graphene.Field(
        lambda: import_string(_PAGE),
        description="The page above, in the reader's language where it exists; null for the home page.",
        resolver=resolve_parent,
    )
    ancestors = graphene.List(
        graphene.NonNull(lambda: import_string(_PAGE)),
        required=True,
        description="The pages above, from the home page down to the parent; `breadcrumbs` costs less.",
        resolver=resolve_ancestors,
    )
    children = _pages_field(
        resolve_children,
        "The pages that stand below, each in the reader's language or else in the next one of the chain.",
    )
    siblings = _pages_field(resolve_siblings, "The other pages below the same parent.")
