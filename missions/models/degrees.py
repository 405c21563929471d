"""Degrees of latitude and longitude."""

from math import isfinite
from typing import Any

from django.db import models

# A centimetre. PostgreSQL refuses to compute with numbers so small that no place differs by them.
DEGREE_DIGITS = 7


class DegreesField(models.FloatField):
    """Degrees, stored to seven decimals whichever way they are written."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return round(prepared, DEGREE_DIGITS) if isinstance(prepared, float) and isfinite(prepared) else prepared

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FloatField", args, kwargs
