"""What every resolver of one request shares; available as ``info.context``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.http import HttpRequest
from graphql import GraphQLResolveInfo

from api.execution import LoaderRegistry
from api.scope import Scope
from home.selectors.paths import SitePaths
from home.selectors.sites import request_host
from home.selectors.visibility import Gate, gate_open

T = TypeVar("T")


@dataclass(slots=True)
class GraphQLContext:
    """One request: its HTTP request and its batch loaders (one instance of each)."""

    request: HttpRequest
    loaders: LoaderRegistry
    version: int | None = None
    """The content version, where it was read before."""
    _gate: Gate | None = field(default=None, init=False, repr=False)
    _made: dict[tuple[int, Scope], tuple[Any, Any]] = field(default_factory=dict, init=False, repr=False)

    @property
    def gate(self) -> Gate:
        """The visibility gate, opened when the first resolver asks: the whole request sees one moment."""
        if self._gate is None:
            self._gate = gate_open(host=request_host(self.request), version=self.version)
        return self._gate

    @property
    def gate_opened(self) -> Gate | None:
        """The gate, if a resolver asked for it."""
        return self._gate

    @property
    def paths(self) -> SitePaths:
        """Public paths of pages, seen from the site that the request addresses."""
        return self.gate.paths

    @property
    def site_id(self) -> int:
        """The site that the request addresses."""
        site_id = self.paths.site_id
        assert site_id is not None  # noqa: S101 - the gate was opened for a host
        return site_id

    def once(self, info: GraphQLResolveInfo, scope: Scope, make: Callable[[], T]) -> T:
        """What ``make`` made when this field of the document was first resolved in this scope.

        For what follows from a field's arguments alone: they are the same on each object of a list.
        """
        node = info.field_nodes[0]
        made = self._made.get((id(node), scope))
        if made is None:
            # The node is kept too, so that no other one takes its identity.
            made = self._made[id(node), scope] = (node, make())
        value: T = made[1]
        return value
