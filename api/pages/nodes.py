"""Nodes: rows of pages with the scope they were asked in, and the loaders that fetch them in batches.

A node is a row of ``home.selectors.pages`` with two keys more: ``__typename``, its GraphQL type, and ``scope``.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Protocol

from api.context import GraphQLContext
from api.execution import BatchLoader, Deferred
from api.scope import Scope
from home.selectors.keys import Key
from home.selectors.pages import (
    Row,
    home_rows_by_keys,
    page_models_below,
    page_references_by_ids,
    page_references_by_keys,
    standard_rows_by_keys,
)
from home.selectors.visibility import Gate
from missions.selectors.pages import (
    mission_index_rows_by_keys,
    mission_rows_by_keys,
    organisation_index_rows_by_keys,
    organisation_rows_by_keys,
    person_index_rows_by_keys,
    person_rows_by_keys,
)
from regions.selectors.continents import continent_rows_by_keys
from regions.selectors.countries import country_rows_by_keys
from regions.selectors.news import news_index_rows_by_keys, news_rows_by_keys
from relations.selectors.pages import (
    agreement_index_rows_by_keys,
    agreement_rows_by_keys,
    event_index_rows_by_keys,
    event_rows_by_keys,
)
from travel.selectors.pages import travel_advice_index_rows_by_keys, travel_advice_rows_by_keys

Node = dict[str, Any]


class RowsByKeys(Protocol):
    """A selector of the rows of one page type by translation key."""

    def __call__(self, *, keys: list[Key], gate: Gate, chain: tuple[str, ...]) -> dict[Key, Row]: ...


# GraphQL type name: the page model's lower-case name, and the selector of its rows.
PAGE_TYPES: dict[str, tuple[str, RowsByKeys]] = {
    "HomePage": ("homepage", home_rows_by_keys),
    "StandardPage": ("standardpage", standard_rows_by_keys),
    "Continent": ("continentpage", continent_rows_by_keys),
    "Country": ("countrypage", country_rows_by_keys),
    "NewsItem": ("newspage", news_rows_by_keys),
    "NewsIndex": ("newsindexpage", news_index_rows_by_keys),
    "Mission": ("missionpage", mission_rows_by_keys),
    "MissionIndex": ("missionindexpage", mission_index_rows_by_keys),
    "Organisation": ("organisationpage", organisation_rows_by_keys),
    "OrganisationIndex": ("organisationindexpage", organisation_index_rows_by_keys),
    "Person": ("personpage", person_rows_by_keys),
    "PersonIndex": ("personindexpage", person_index_rows_by_keys),
    "Event": ("eventpage", event_rows_by_keys),
    "EventIndex": ("eventindexpage", event_index_rows_by_keys),
    "Agreement": ("agreementpage", agreement_rows_by_keys),
    "AgreementIndex": ("agreementindexpage", agreement_index_rows_by_keys),
    "TravelAdvice": ("traveladvicepage", travel_advice_rows_by_keys),
    "TravelAdviceIndex": ("traveladviceindexpage", travel_advice_index_rows_by_keys),
}
TYPE_BY_MODEL = {model: name for name, (model, _selector) in PAGE_TYPES.items()}


@cache
def types_below(type_name: str) -> frozenset[str]:
    """The types of pages that may stand below those of a type; none for a name that is no page type."""
    models = page_models_below(PAGE_TYPES[type_name][0]) if type_name in PAGE_TYPES else ()
    return frozenset(TYPE_BY_MODEL[model] for model in models if model in TYPE_BY_MODEL)


def node_from(row: Row, *, type_name: str, scope: Scope, gate: Gate) -> Node:
    """The node of a row that a selector has just read through the gate; the row itself becomes the node."""
    row["__typename"] = type_name
    row["scope"] = scope
    gate.seen.append((type_name, [row]))
    return row


def nodes_from(rows: Iterable[Row], *, type_name: str, scope: Scope, gate: Gate) -> list[Node]:
    """The nodes of the rows of a list of one type: the rows themselves."""
    gate.listed.add(type_name)
    nodes = list(rows)
    for node in nodes:
        node["__typename"] = type_name
        node["scope"] = scope
    gate.seen.append((type_name, nodes))
    return nodes


class NodeByKeyLoader(BatchLoader[Key, Node | None]):
    """Whole nodes of one type by translation key; None where the reader is shown nothing."""

    def __init__(self, type_name: str, scope: Scope, gate: Gate) -> None:
        self.type_name, self.scope, self.gate = type_name, scope, gate

    def batch_load(self, keys: list[Key]) -> dict[Key, Node | None]:
        _model, selector = PAGE_TYPES[self.type_name]
        rows = selector(keys=keys, gate=self.gate, chain=self.scope.chain)
        return {
            key: node_from(row, type_name=self.type_name, scope=self.scope, gate=self.gate) for key, row in rows.items()
        }


class _ReferenceLoader(BatchLoader[Any, Node | None]):
    def __init__(self, scope: Scope, gate: Gate) -> None:
        self.scope, self.gate = scope, gate

    def nodes(self, rows: dict[Any, Row]) -> dict[Any, Node | None]:
        # Several keys may lead to one row, and a page of a type without a GraphQL type is not shown.
        return {
            key: node_from(row, type_name=TYPE_BY_MODEL[row["model"]], scope=self.scope, gate=self.gate)
            for key, row in rows.items()
            if row["model"] in TYPE_BY_MODEL
        }


class PageReferenceByKeyLoader(_ReferenceLoader):
    """What every page has, whatever its type, by translation key."""

    def batch_load(self, keys: list[Key]) -> dict[Key, Node | None]:
        return self.nodes(page_references_by_keys(keys=keys, gate=self.gate, chain=self.scope.chain))


class PageReferenceByIdLoader(_ReferenceLoader):
    """What every page has, whatever its type, by the database id of any of its translations."""

    def batch_load(self, keys: list[int]) -> dict[int, Node | None]:
        return self.nodes(page_references_by_ids(ids=keys, gate=self.gate, chain=self.scope.chain))


def node_load(context: GraphQLContext, *, type_name: str, key: Key, scope: Scope) -> Deferred[Node | None]:
    """The node of a type by translation key, None when there is nothing visible."""
    return context.loaders.get(NodeByKeyLoader, type_name, scope, context.gate).load(key)


def nodes_load(context: GraphQLContext, *, type_name: str, keys: Iterable[Key], scope: Scope) -> Deferred[list[Node]]:
    """The nodes of a type by translation key, in the order of ``keys``, invisible ones left out."""
    loader = context.loaders.get(NodeByKeyLoader, type_name, scope, context.gate)
    return loader.load_many(keys).then(lambda nodes: [node for node in nodes if node is not None])


def node_lists_load(
    context: GraphQLContext, *, type_name: str, lists: Sequence[Sequence[Key]], scope: Scope
) -> Deferred[list[list[Node]]]:
    """Many lists of nodes as ``nodes_load`` gives each."""
    keys = list(dict.fromkeys(key for line in lists for key in line))
    loader = context.loaders.get(NodeByKeyLoader, type_name, scope, context.gate)

    def lines(nodes: list[Node | None]) -> list[list[Node]]:
        shown = {key: node for key, node in zip(keys, nodes, strict=True) if node is not None}
        return [[shown[key] for key in line if key in shown] for line in lists]

    return loader.load_many(keys).then(lines)


def page_reference_load(context: GraphQLContext, page_id: int, scope: Scope) -> Deferred[Node | None]:
    """For a page that an editor chose (its database id, in any language): the page that the reader is shown instead.

    The node has what the interface ``Page`` needs, and no more; None when there is nothing visible. ``page_path`` and
    ``page_url`` tell where it stands.
    """
    return context.loaders.get(PageReferenceByIdLoader, scope, context.gate).load(page_id)


def page_node_load(context: GraphQLContext, page_id: int, scope: Scope) -> Deferred[Node | None]:
    """Like ``page_reference_load``, but the whole node of its own type, for fields that answer ``Page``."""
    return page_reference_load(context, page_id, scope).then(_whole(context))


def reference_whole(context: GraphQLContext, reference: Node) -> Deferred[Node | None]:
    """The whole node of a reference."""
    return node_load(
        context, type_name=reference["__typename"], key=reference["translation_key"], scope=reference["scope"]
    )


def _whole(context: GraphQLContext) -> Callable[[Node | None], Deferred[Node | None]]:
    return lambda node: Deferred.resolved(None) if node is None else reference_whole(context, node)


def page_path(context: GraphQLContext, node: Node) -> str:
    """The public path of a node, for example ``/ar/amerique/mexique/``."""
    path = context.paths.path(node)
    assert path is not None  # noqa: S101 - the gate lets no page through that stands outside of every site
    return path


def page_paths(context: GraphQLContext, nodes: Iterable[Node]) -> list[str]:
    """The public paths of nodes."""
    paths = context.paths.paths(nodes)
    assert None not in paths  # noqa: S101 - as for one
    return paths  # type: ignore[return-value] # just so


def page_url(context: GraphQLContext, node: Node) -> str:
    """The public path of a node with scheme and host."""
    url = context.paths.url(node)
    assert url is not None  # noqa: S101 - as for the path
    return url
