"""The country whose ministry this is."""

from home.selectors.locales import locale_source
from regions.models import CountryPage


def own_country_id(*, code: str) -> int | None:
    """The id of its page in the source language; None where there is none. One statement."""
    pages = CountryPage.objects.filter(code=code, locale_code=locale_source())
    return pages.values_list("pk", flat=True).first()
