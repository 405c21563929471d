"""Which site a request addresses."""

from django.http import HttpRequest
from wagtail.models import Site


def site_for_request(request: HttpRequest) -> Site:
    """The site of the request's host, else the default one. Raises Site.DoesNotExist where there is neither."""
    site = Site.find_for_request(request)
    if site is None:
        raise Site.DoesNotExist("No site has this host and none is the default: run manage.py setup_site.")
    return site
