"""Countries by their codes, ours among them."""

from home.selectors.locales import locale_source
from regions.models import CountryPage


def own_country_id(*, code: str) -> int | None:
    """The id of its page in the source language; None where there is none. One statement."""
    pages = CountryPage.objects.filter(code=code, locale_code=locale_source())
    return pages.values_list("pk", flat=True).first()


def country_codes() -> list[tuple[int, str]]:
    """(id, ISO code) of every country's page in the source language. One statement."""
    return list(CountryPage.objects.filter(locale_code=locale_source()).values_list("pk", "code"))
