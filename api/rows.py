"""Resolvers that read a column of a row."""

from functools import partial
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver


def column(name: str) -> Any:
    """A resolver that answers the column ``name`` of the row that a node is, null where there is none.

    It is graphene's own default resolver, which execution knows to read without calling it.
    """
    return partial(dict_or_attr_resolver, name, None)
