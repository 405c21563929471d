"""System checks of the endpoint's settings: a wrong one stops every start, not the first request."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from api.http.rate import rate_parsed
from api.limits import limits


@register
def limits_check(**kwargs: Any) -> list[CheckMessage]:
    """DIWAN_GRAPHQL_LIMITS names limits that there are, with whole numbers."""
    try:
        limits()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="api.E001")]
    return []


@register
def rate_check(**kwargs: Any) -> list[CheckMessage]:
    """DIWAN_RATE_LIMIT is a rate, where it is set; DIWAN_TRUSTED_PROXIES a number of proxies."""
    errors: list[CheckMessage] = []
    if settings.DIWAN_RATE_LIMIT:
        try:
            is_rate = rate_parsed(settings.DIWAN_RATE_LIMIT).amount > 0
        except ValueError:
            is_rate = False
        if not is_rate:
            errors.append(Error("DIWAN_RATE_LIMIT (RATE_LIMIT) is no rate such as 600/minute.", id="api.E002"))
    if settings.DIWAN_TRUSTED_PROXIES < 0:
        errors.append(Error("DIWAN_TRUSTED_PROXIES (TRUSTED_PROXIES) is a number below 0.", id="api.E003"))
    return errors
