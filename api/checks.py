"""System checks of the endpoint's settings: a wrong one stops every start, not the first request."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from api.limits import limits


@register
def limits_check(**kwargs: Any) -> list[CheckMessage]:
    """DIWAN_GRAPHQL_LIMITS names limits that there are, with whole numbers."""
    try:
        limits()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="api.E001")]
    return []
