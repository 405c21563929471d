"""Time zones of the IANA database."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@cache
def time_zone_names() -> tuple[str, ...]:
    """Every name, sorted. Read once: the database is a folder of files."""
    return tuple(sorted(available_timezones()))


@cache
def _known() -> frozenset[str]:
    return frozenset(time_zone_names())


def validate_time_zone(name: str) -> None:
    """Raise ValidationError for what is no time zone of the IANA database."""
    if name not in _known():
        raise ValidationError(_("“%(name)s” is not a time zone, such as America/Mexico_City."), params={"name": name})
