"""Resolvers of the fields of records: facts, names of choices, and the pages that facts name."""

from typing import Any

from django.db.models import Choices
from graphql import GraphQLResolveInfo

from api.choices import label_of
from api.execution import Deferred
from api.pages.nodes import Node, node_load
from home.selectors.keys import Key
from home.selectors.record_rows import is_current
from home.selectors.today import today_of


def fact(name: str) -> Any:
    """A resolver of a column of facts; None for what is empty."""
    return lambda node, _info: None if node["facts"][name] in ("", None) else node["facts"][name]


def fact_label(choices: type[Choices], name: str) -> Any:
    """A resolver of the name, in the reader's language, of a value that is a fact; None where there is none."""

    def resolve(node: Node, _info: GraphQLResolveInfo) -> str | None:
        value = node["facts"][name]
        return label_of(choices, value, node["scope"].locale) if value else None

    return resolve


def text_or_none(name: str) -> Any:
    """A resolver of a column of text of the page served; None where it is empty."""
    return lambda node, _info: node[name] or None


def fact_page(type_name: str, name: str) -> Any:
    """A resolver of the page that a fact names by translation key; None where the reader is shown none."""
    return lambda node, info: page_or_none(info, type_name, node["facts"][name], node)


def page_or_none(info: GraphQLResolveInfo, type_name: str, key: Key | None, row: Any) -> Deferred[Node | None] | None:
    """The page with a translation key in the scope of ``row``; None for no key."""
    if key is None:
        return None
    return node_load(info.context, type_name=type_name, key=key, scope=row["scope"])


def resolve_is_current(row: Any, info: GraphQLResolveInfo) -> bool:
    """Whether a row with ``starts_on`` and ``ends_on`` holds today, by the ministry's calendar."""
    return is_current(row, today_of(info.context.gate))


def rows_in_scope(rows: list[Any], node: Node) -> list[Any]:
    """Copies of rows that know the reader's scope."""
    return [{**row, "scope": node["scope"]} for row in rows]
