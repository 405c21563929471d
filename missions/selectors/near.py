"""Distances on the globe, told by the database: a box around the place that an index serves, then the great circle."""

from math import asin, cos, degrees, radians, sin
from typing import Any

from django.db.models import F, FloatField, Q
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from home.selectors.prepared import Parameter
from missions.models.degrees import DEGREE_DIGITS

# The mean radius of the Earth (IUGG), in kilometres.
EARTH_KM = 6371.0088
# No two places are farther apart than half of a great circle.
FARTHEST_KM = 20_038.0

_FLOAT: FloatField[float, float] = FloatField()
# A box reaches a little farther than its circle, for what is lost in rounding.
_SLACK = 1e-6


def _value(name: str) -> Any:
    return Parameter(f"near_{name}", _FLOAT)


def near_values(latitude: float, longitude: float, radius_km: float) -> dict[str, float]:
    """The values of the parameters of ``distance_km`` and ``within``; degrees and kilometres."""
    latitude, longitude = round(latitude, DEGREE_DIGITS), round(longitude, DEGREE_DIGITS)
    angle = radius_km / EARTH_KM
    reach = degrees(angle) + _SLACK
    south, north = latitude - reach, latitude + reach
    west, east = -180.0, 180.0
    if south > -90 and north < 90:
        # Where a circle around the place is widest is not its own latitude (Bronshtein, spherical triangles).
        width = degrees(asin(min(1.0, sin(min(angle, radians(90))) / cos(radians(latitude))))) + _SLACK
        west, east = longitude - width, longitude + width
    # Beyond the antimeridian the box goes on at the other side: a second range, empty elsewhere.
    second_west, second_east = 1.0, 0.0
    if west < -180 and east - west < 360:
        second_west, second_east, west = west + 360, 180.0, -180.0
    elif east > 180 and east - west < 360:
        second_west, second_east, east = -180.0, east - 360, 180.0
    return {
        "near_latitude": radians(latitude),
        "near_longitude": radians(longitude),
        "near_cosine": cos(radians(latitude)),
        "near_radius": radius_km,
        "near_south": south,
        "near_north": north,
        "near_west": west,
        "near_east": east,
        "near_west_2": second_west,
        "near_east_2": second_east,
    }


def distance_km() -> Any:
    """The expression for the distance of a row from the place, in kilometres (haversine)."""
    of_latitude = Power(Sin((Radians(F("latitude")) - _value("latitude")) / 2.0), 2)
    of_longitude = Power(Sin((Radians(F("longitude")) - _value("longitude")) / 2.0), 2)
    half_chord = of_latitude + _value("cosine") * Cos(Radians(F("latitude"))) * of_longitude
    return 2 * EARTH_KM * ASin(Sqrt(Least(half_chord, 1.0)), output_field=_FLOAT)


def within() -> Q:
    """The condition that a row lies in the box around the place; rows without a place lie in none."""
    first = Q(longitude__gte=_value("west"), longitude__lte=_value("east"))
    second = Q(longitude__gte=_value("west_2"), longitude__lte=_value("east_2"))
    return Q(latitude__gte=_value("south"), latitude__lte=_value("north")) & (first | second)
