"""Days of which the month or the year alone may be known, narrowed to those from a day on, in SQL."""

from datetime import date
from typing import Any

from django.db.models import DateField, Q

from home.models.dates import DatePrecision
from home.selectors.prepared import Parameter


def not_before(day: str, precision: str) -> Q:
    """The condition that the last day that may be meant is not before the first one asked for.

    ``day`` and ``precision`` name columns; days are stored as the first that may be meant. The values of its parameters
    are ``not_before_values``.
    """
    condition = Q(pk__in=[])
    for known in DatePrecision:
        value = Parameter(f"from_{known.value}", DateField())
        condition |= Q(**{precision: known.value, f"{day}__gte": value})
    return condition


def not_before_values(day: date | None) -> dict[str, Any]:
    """The values of the parameters of ``not_before``."""
    return {
        "from_day": day,
        "from_month": day and day.replace(day=1),
        "from_year": day and day.replace(month=1, day=1),
    }
