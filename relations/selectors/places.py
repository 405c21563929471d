"""What events and agreements are about, or with: countries, continents and organisations, as pairs with records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from home.selectors.pages import page_queryset_visible
from home.selectors.prepared import KEY, TEXT, Statement, any_of, compiled, joined
from home.selectors.visibility import Conditions
from missions.selectors.organisations import countries_with_codes, organisations_with_acronyms
from regions.models import ContinentPage, CountryPage
from regions.selectors.countries import country_parent_path
from regions.selectors.news_of_places import continent_members
from relations.models import AgreementParty, EventContinentLink, EventCountryLink, EventOrganisationLink


@dataclass(frozen=True, slots=True)
class Links:
    """The models of the rows that say what records are about."""

    country: type[Model]
    continent: type[Model] | None
    organisation: type[Model]


EVENT_LINKS = Links(EventCountryLink, EventContinentLink, EventOrganisationLink)
PARTIES = Links(AgreementParty, None, AgreementParty)


@dataclass(frozen=True, slots=True)
class Places:
    """A sort of places, whose keys are the parameter ``keys``, and the rows ``place_key record_id`` of each."""

    name: str
    items: Callable[[Links, Conditions, Sequence[str]], Statement]


def _named(model: type[Any], field: str, *, condition: Any = None, name: str = "place_key") -> Statement:
    links = model._default_manager.order_by()
    links = links.filter(any_of(f"{field}__translation_key", "keys", KEY) if condition is None else condition)
    rows = links.annotate(**{name: F(f"{field}__translation_key"), "record_id": F("page_id")})
    return compiled(rows.values(name, "record_id").distinct())


def _of_countries(links: Links, gate: Conditions, chain: Sequence[str]) -> Statement:
    return _named(links.country, "country")


def _of_organisations(links: Links, gate: Conditions, chain: Sequence[str]) -> Statement:
    return _named(links.organisation, "organisation")


# UNION, because a record may name two countries of one continent.
_OF_CONTINENTS = """
    SELECT place.place_key, link.record_id
    FROM ({members}) place JOIN ({links}) link ON link.country_key = place.country_key
    UNION
    {named}
"""


def _of_continents(links: Links, gate: Conditions, chain: Sequence[str]) -> Statement:
    by_country = _named(links.country, "country", condition=Q(country__isnull=False), name="country_key")
    # Where records name no continent themselves, the same again adds nothing.
    named = _named(links.continent, "continent") if links.continent else _nothing()
    made = joined(_OF_CONTINENTS, {"members": continent_members(gate, chain), "links": by_country, "named": named})
    return Statement(made.sql, made.params, (), named.converters)


def _nothing() -> Statement:
    return _named(EventContinentLink, "continent", condition=Q(pk=0))


COUNTRIES = Places("countries", _of_countries)
CONTINENTS = Places("continents", _of_continents)
ORGANISATIONS = Places("organisations", _of_organisations)


def about(
    links: Links,
    *,
    gate: Conditions,
    chain: Sequence[str],
    countries: bool = False,
    continents: bool = False,
    organisations: bool = False,
) -> Q:
    """The condition on records that they are about some of the places in each of the parameters that are given.

    ``country_codes``, ``continent_codes`` and ``acronyms`` are the parameters.
    """
    condition = Q()
    if countries:
        keys = countries_with_codes(gate=gate, chain=chain, name="country_codes")
        condition &= _linked(links.country, "country", keys)
    if continents:
        found = page_queryset_visible(ContinentPage, gate=gate).filter(
            any_of("code", "continent_codes", TEXT), locale_code__in=chain
        )
        members = (
            page_queryset_visible(CountryPage, gate=gate)
            .annotate(parent_path=country_parent_path("path"))
            .filter(locale_code__in=chain, parent_path__in=found.values("path"))
        )
        of_continents = _linked(links.country, "country", members.values("translation_key"))
        if links.continent:
            of_continents |= _linked(links.continent, "continent", found.values("translation_key"))
        condition &= of_continents
    if organisations:
        keys = organisations_with_acronyms(gate=gate, name="acronyms")
        condition &= _linked(links.organisation, "organisation", keys)
    return condition


def _linked(model: type[Any], field: str, keys: QuerySet[Any, Any]) -> Q:
    links = model._default_manager.filter(**{"page": OuterRef("pk"), f"{field}__translation_key__in": keys})
    return Q(Exists(links))
