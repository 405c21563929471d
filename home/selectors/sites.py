"""Which host a request addresses."""

from django.http import HttpRequest
from django.http.request import split_domain_port


def request_host(request: HttpRequest) -> tuple[str, int]:
    """Host name (lower case) and port of a request, as sites have them. Raises DisallowedHost."""
    hostname, _port = split_domain_port(request.get_host())
    return hostname, int(request.get_port())
