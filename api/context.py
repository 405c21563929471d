"""What every resolver of one request shares; available as ``info.context``."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from wagtail.models import Site

from api.execution import LoaderRegistry
from home.selectors.paths import SitePaths
from home.selectors.visibility import Gate, gate_open


@dataclass(slots=True)
class GraphQLContext:
    """One request: its HTTP request, the site it addresses, and its batch loaders (one instance of each)."""

    request: HttpRequest
    site: Site
    loaders: LoaderRegistry
    _gate: Gate | None = field(default=None, init=False, repr=False)

    @property
    def gate(self) -> Gate:
        """The visibility gate, opened when the first resolver asks: the whole request sees one moment."""
        if self._gate is None:
            self._gate = gate_open(site_id=self.site.pk)
        return self._gate

    @property
    def paths(self) -> SitePaths:
        """Public paths of pages, seen from this site."""
        return self.gate.paths
