"""Cells in which a country or an organisation may stand."""

from typing import Any

from django.utils.translation import gettext as _

from bulk.columns.grammar import CellError
from bulk.selectors.lookups import Lookups

# Where a country or an organisation may stand: some keys and acronyms of organisations are codes of countries (AU, PA).
COUNTRY_SIGN, ORGANISATION_SIGN = "country:", "org:"


def either_read(name: str, lookups: Lookups) -> dict[str, Any]:
    """The one of both that is called so. Raise CellError where a name without a sign may mean either."""
    if name.casefold().startswith(COUNTRY_SIGN):
        return {"country_id": lookups.countries.get(name[len(COUNTRY_SIGN) :].strip())}
    if name.casefold().startswith(ORGANISATION_SIGN):
        return {"organisation_id": lookups.organisations.get(name[len(ORGANISATION_SIGN) :].strip())}
    country, organisation = lookups.countries.find(name), lookups.organisations.find(name)
    if country is not None and organisation is not None:
        message = _("“%(name)s” is a country and an organisation: write country:%(name)s or org:%(name)s.")
        raise CellError(message % {"name": name[:60]})
    if country is not None:
        return {"country_id": country}
    if organisation is None:
        raise CellError(_("“%(name)s” is no country and no organisation of this site.") % {"name": name[:60]})
    return {"organisation_id": organisation}


def either_write(row: Any, lookups: Lookups) -> str:
    """What ``either_read`` reads; empty for a row that names neither."""
    if code := lookups.organisations.code(row.organisation_id):
        return ORGANISATION_SIGN + code
    code = lookups.countries.code(row.country_id)
    return COUNTRY_SIGN + code if code and lookups.organisations.is_known(code) else code
