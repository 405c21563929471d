"""Resolvers of the fields of rows: that read a column, or that answer for many rows at once."""

from collections.abc import Callable
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver
from graphql import GraphQLResolveInfo

from api.execution import Deferred, batch_resolver


def column(name: str) -> Any:
    """A resolver that answers the column ``name`` of the row that a node is, null where there is none.

    It is graphene's own default resolver, which execution knows to read without calling it.
    """
    return partial(dict_or_attr_resolver, name, None)


def resolver_by_scope(function: Callable[..., Any]) -> Any:
    """A batch resolver of nodes whose ``function(nodes, scope, info, **arguments)`` is called with nodes of one scope.

    Most batches have one. ``function`` gives a value for each node, or a deferred list of them.
    """

    @batch_resolver
    def resolve(nodes: list[dict[str, Any]], info: GraphQLResolveInfo, **arguments: Any) -> Any:
        runs = [function(list(run), scope, info, **arguments) for scope, run in groupby(nodes, key=itemgetter("scope"))]
        if len(runs) == 1:
            return runs[0]
        return Deferred.all(runs).then(lambda found: list(chain.from_iterable(found)))

    return resolve
