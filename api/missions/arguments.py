"""Checks of what clients say of missions: moments, places and organisations."""

import re
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

import graphene

from api.errors import BadUserInput
from api.ids import id_decode
from api.missions.enums import MissionDirection, MissionKind, MissionStatus, ServiceKind
from api.regions.arguments import codes_checked
from home.selectors.keys import Key
from missions.selectors.missions import MissionCriteria, Near
from missions.selectors.near import FARTHEST_KM

_MAX_TEXT = 200
_MAX_VALUES = 50
_ACRONYM = re.compile(r"[\w .,'’&/()-]{1,50}")
# Time zones are known for about that long, and arithmetic has room around it.
_YEARS = range(1900, 2201)
# How far from now an opening may be asked for: hours and closures say nothing of times beyond.
_FARTHEST_YEARS = 5


class MissionNear(graphene.InputObjectType):
    """A place, and how far around it."""

    latitude = graphene.Float(required=True, description="Degrees, north positive: -90 to 90.")
    longitude = graphene.Float(required=True, description="Degrees, east positive: -180 to 180.")
    radius_km = graphene.Float(required=True, description="Kilometres along the great circle, more than 0.")


class MissionFilter(graphene.InputObjectType):
    """Narrows a list of missions; all given conditions must hold, and one value of each list is enough."""

    direction = graphene.Field(MissionDirection, description="Ours abroad, or those of others here.")
    kind = graphene.List(graphene.NonNull(MissionKind), description="What sort of mission.")
    country = graphene.List(
        graphene.NonNull(graphene.String),
        description="ISO 3166-1 alpha-2 codes: where ours stand, whose those here are, and to which they are "
        "accredited today.",
    )
    resident = graphene.Boolean(
        description="With `country`, or below one: those that stand there or come from there, or with false those that "
        "are accredited from elsewhere."
    )
    organisation = graphene.String(
        description="The id or the acronym, in any language and case, of an organisation: its own office here, and "
        "those accredited to it today."
    )
    service = graphene.Field(ServiceKind, description="Those that offer it; `openAt` is told by its hours then.")
    status = graphene.List(graphene.NonNull(MissionStatus), description="Whether it is at work today.")
    text = graphene.String(description=f"Words that all stand in the mission's page; up to {_MAX_TEXT} characters.")
    near = graphene.Field(MissionNear, description="Those near a place.")
    open_at = graphene.DateTime(
        description="Those that are open at a moment, given with its offset from UTC, by the clocks of their places. "
        "Round it to the minute: answers to the same question are kept."
    )


def moment_checked(moment: datetime, name: str) -> datetime:
    """A moment that can be told in any time zone. Raises BadUserInput."""
    if moment.utcoffset() is None:
        raise BadUserInput(f"`{name}` needs an offset from UTC, for example 2026-11-30T09:00:00Z.")
    if moment.year not in _YEARS:
        raise BadUserInput(f"`{name}` must lie in the years {_YEARS[0]} to {_YEARS[-1]}.")
    return moment


def moment_near_checked(moment: datetime, name: str, *, now: datetime) -> datetime:
    """A moment that can be told in any time zone and is some years from ``now`` at most. Raises BadUserInput."""
    if abs(moment_checked(moment, name) - now) > timedelta(days=366 * _FARTHEST_YEARS):
        raise BadUserInput(f"`{name}` must be {_FARTHEST_YEARS} years from now at most.")
    return moment


def mission_criteria(values: dict[str, Any] | None, *, within_country: bool = False) -> MissionCriteria:
    """The checked filter; ``within_country`` where the list is that of a country. Raises BadUserInput."""
    values = values or {}
    countries, text = codes_checked(values.get("country"), length=2), values.get("text")
    resident, moment = values.get("resident"), values.get("open_at")
    if text is not None and len(text) > _MAX_TEXT:
        raise BadUserInput(f"`text` may have {_MAX_TEXT} characters.")
    if resident is not None and countries is None and not within_country:
        raise BadUserInput("`resident` needs `country`.")
    direction, service = values.get("direction"), values.get("service")
    key, acronym = _organisation(values.get("organisation"))
    return MissionCriteria(
        direction=direction and direction.value,
        kinds=_values(values.get("kind"), "kind"),
        statuses=_values(values.get("status"), "status"),
        countries=countries,
        resident=resident,
        organisation=key,
        acronym=acronym,
        service=service and service.value,
        text=text,
        near=_near(values.get("near")),
        open_at=None if moment is None else moment_checked(moment, "openAt"),
    )


def _values(members: Any, name: str) -> tuple[str, ...] | None:
    if members is None:
        return None
    if len(members) > _MAX_VALUES:
        raise BadUserInput(f"At most {_MAX_VALUES} values of `{name}` can be given.")
    return tuple(dict.fromkeys(member.value for member in members))


def _organisation(given: str | None) -> tuple[Key | None, str | None]:
    """The key that an id names, or an acronym. Raises BadUserInput."""
    if given is None:
        return None, None
    try:
        named = id_decode(given)
    except BadUserInput:
        if not _ACRONYM.fullmatch(given):
            raise BadUserInput("`organisation` is neither an id nor an acronym.") from None
        return None, given.strip()
    if named.type != "Organisation":
        raise BadUserInput("`organisation` is the id of something else.")
    return named.key, None


def _near(given: dict[str, float] | None) -> Near | None:
    if given is None:
        return None
    bounds = {"latitude": 90.0, "longitude": 180.0}
    for name, most in bounds.items():
        if not (isfinite(given[name]) and -most <= given[name] <= most):
            raise BadUserInput(f"`{name}` must be between -{most:.0f} and {most:.0f} degrees.")
    radius = given["radius_km"]
    if not (isfinite(radius) and radius > 0):
        raise BadUserInput("`radiusKm` must be more than 0.")
    return Near(given["latitude"], given["longitude"], min(radius, FARTHEST_KM))
