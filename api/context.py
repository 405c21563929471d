"""What every resolver of one request shares; available as ``info.context``."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from api.execution import LoaderRegistry
from home.selectors.paths import SitePaths
from home.selectors.sites import request_host
from home.selectors.visibility import Gate, gate_open


@dataclass(slots=True)
class GraphQLContext:
    """One request: its HTTP request and its batch loaders (one instance of each)."""

    request: HttpRequest
    loaders: LoaderRegistry
    version: int | None = None
    """The content version, where it was read before."""
    names: frozenset[str] | None = None
    """Every name of a field or argument in the document; None where nobody has looked."""
    _gate: Gate | None = field(default=None, init=False, repr=False)

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
