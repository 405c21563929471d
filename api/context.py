"""What every resolver of one request shares; available as ``info.context``."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Site

from api.execution import LoaderRegistry


@dataclass(slots=True)
class GraphQLContext:
    """One request: its HTTP request, the site it addresses, and its batch loaders (one instance of each)."""

    request: HttpRequest
    site: Site
    loaders: LoaderRegistry
