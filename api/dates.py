"""The scalar ``Date``."""

from datetime import date
from typing import Any

import graphene

from api.execution import passes


class Date(graphene.Date):
    """
    The `Date` scalar type represents a Date
    value as specified by
    [iso8601](https://en.wikipedia.org/wiki/ISO_8601).
    """

    @staticmethod
    @passes(date)
    def serialize(value: Any) -> Any:
        """A date as it is: the JSON encoder writes it as `date.isoformat` would, and sooner."""
        return value if value.__class__ is date else date.fromisoformat(graphene.Date.serialize(value))
