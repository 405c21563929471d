"""What the admin's lists show beside each sheet; read for a whole list at once."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from home.selectors.locales import locale_source
from regions.models import ContinentPage, CountryPage
from travel.models import TravelAdvicePage


def _sources() -> QuerySet[TravelAdvicePage]:
    return TravelAdvicePage.objects.filter(locale_code=locale_source()).order_by()


def sheet_facts(*, keys: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """``level``, ``reviewed_on`` and ``review_due_on`` of sheets by translation key. One statement."""
    rows = _sources().filter(translation_key__in=keys)
    return {
        row["translation_key"]: row for row in rows.values("translation_key", "level", "reviewed_on", "review_due_on")
    }


def sheets_with_level(*, levels: Collection[int]) -> QuerySet[Any, Any]:
    """The translation keys of the sheets with one of some levels."""
    return _sources().filter(level__in=levels).values("translation_key")


def sheets_of_continent(*, code: str) -> QuerySet[Any, Any]:
    """The translation keys of the sheets of a continent's countries, by UN M49 code."""
    below = Q(pk__in=[])
    for path in ContinentPage.objects.filter(code=code).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    countries = CountryPage.objects.filter(below).order_by().values("translation_key")
    return _sources().filter(country__translation_key__in=countries).values("translation_key")


def sheets_overdue(*, today: date) -> QuerySet[TravelAdvicePage]:
    """The source's pages of the sheets whose review is overdue."""
    return _sources().filter(review_due_on__lt=today)


def sheets_unreviewed(*, today: date) -> QuerySet[TravelAdvicePage]:
    """The source's pages of public sheets that nobody has reviewed, or not in time; those due longest first."""
    late = Q(reviewed_on__isnull=True) | Q(review_due_on__lt=today)
    return _sources().filter(late, live=True, alias_of__isnull=True).order_by("review_due_on", "title", "pk")


def level_of_source() -> Subquery:
    """The level of the sheet of a page in any language, for lists that are sorted by it."""
    return Subquery(_sources().filter(translation_key=OuterRef("translation_key")).values("level")[:1])
