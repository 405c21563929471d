"""Facts of the world that the trees are seeded from: UN M49 containment, ISO 3166-1 codes, CLDR names.

Pure functions over shipped data: nothing here touches the database or the settings.
"""

from regions.geography.entries import (
    CONTINENT_CODES,
    CountryEntry,
    SubRegionEntry,
    country_entries,
    country_entry_get,
    sub_region_entries,
)
from regions.geography.forms import CountryForms, country_forms
from regions.geography.names import territory_name, territory_name_or_none

__all__ = [
    "CONTINENT_CODES",
    "CountryEntry",
    "CountryForms",
    "SubRegionEntry",
    "country_entries",
    "country_entry_get",
    "country_forms",
    "sub_region_entries",
    "territory_name",
    "territory_name_or_none",
]
