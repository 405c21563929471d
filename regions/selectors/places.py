"""Which pages belong to a continent, whatever their type."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.models import Locale

from home.selectors.prepared import Statement, compiled, joined
from regions.models import ContinentPage, CountryPage, NewsContinentLink, NewsCountryLink


def pages_of_continent(*, code: str, locale: Locale) -> Q:
    """A condition on pages of ``locale``: the continent, what stands below it, and the news about any of that."""
    continent = ContinentPage.objects.filter(code=code, locale=locale).only("path", "translation_key").first()
    if continent is None:
        return Q(pk__in=[])
    countries = CountryPage.objects.filter(path__startswith=continent.path, locale=locale).values("translation_key")
    return (
        Q(path__startswith=continent.path)
        | Q(pk__in=NewsCountryLink.objects.filter(place_key__in=countries).values("page_id"))
        | Q(pk__in=NewsContinentLink.objects.filter(place_key=continent.translation_key).values("page_id"))
    )


def places_lacking_text(*, source: Locale, locale: Locale) -> Q:
    """A condition on pages of ``source``: those with text whose page in ``locale`` has a name alone.

    Countries and continents stand in every language from the first day, titled from CLDR.
    """
    lacking = Q(pk__in=[])
    for model in (ContinentPage, CountryPage):
        rows = model.objects.annotate(blocks=Cast("body", TextField()))
        silent = Q(introduction="", blocks__in=("", "[]", "null"))
        lacking |= Q(
            pk__in=rows.filter(locale=source)
            .exclude(silent)
            .filter(translation_key__in=rows.filter(silent, locale=locale).values("translation_key"))
            .values("pk")
        )
    return lacking


_PLACES_OF_NEWS = """
    SELECT link.page_id, place.code
    FROM ({countries} UNION ALL {continents}) link
    JOIN (
        SELECT continent.translation_key, continent.code FROM ({keys}) continent
        UNION
        SELECT country.translation_key, continent.code
        FROM ({below}) country JOIN ({paths}) continent
        ON SUBSTR(country.path, 1, LENGTH(continent.path)) = continent.path
    ) place ON place.translation_key = link.place_key
"""


def continents_with_paths() -> Statement:
    """The rows ``path`` and ``code`` of each continent in each language, for a statement around it."""
    return compiled(ContinentPage.objects.order_by().values("path", "code"))


def places_of_news() -> Statement:
    """The rows ``page_id`` and ``code`` of each news item and the continents that it is about, some repeated."""
    parts = {
        "countries": compiled(NewsCountryLink.objects.order_by().values("page_id", "place_key")),
        "continents": compiled(NewsContinentLink.objects.order_by().values("page_id", "place_key")),
        "keys": compiled(ContinentPage.objects.order_by().values("translation_key", "code")),
        "below": compiled(CountryPage.objects.order_by().values("translation_key", "path")),
        "paths": continents_with_paths(),
    }
    return joined(_PLACES_OF_NEWS, parts)
