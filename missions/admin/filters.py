"""Filters of the listings of records.

What they ask for is a fact, which the source page keeps for every language; they narrow by primary key, because the
search index knows none of these columns and listings can be searched too.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from home.models.dates import ministry_today
from home.selectors.locales import locale_source
from missions.models import MissionPage, OrganisationPage, PersonPage
from missions.models.choices import (
    MissionDirection,
    MissionKind,
    MissionStatus,
    OfficeKind,
    OrganisationKind,
    ServiceKind,
    Standing,
)
from missions.selectors.choices import organisation_choices
from missions.selectors.clocks import status_of_day
from missions.selectors.listings import lasting
from regions.admin.filters import StatusFilter
from regions.models import CountryPage
from regions.selectors.choices import place_choices


class FactMixin:
    """Turns a filter into a condition on the pages of every language whose source page meets it."""

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value in (None, "", []):
            return queryset
        pages = queryset.model._default_manager
        found = self.facts(pages.filter(locale_code=locale_source()).order_by(), value)
        keys = found.values("translation_key")
        return queryset.filter(pk__in=pages.filter(translation_key__in=keys).order_by().values("pk"))

    def facts(self, pages: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Those of the source pages that meet it."""
        return super().filter(pages, value)  # type: ignore[misc]  # a django-filter class


class FactChoiceFilter(FactMixin, django_filters.ChoiceFilter):
    """One of a few values."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_label": _("All"), **kwargs})


class FactDateRangeFilter(FactMixin, django_filters.DateFromToRangeFilter):
    """From a day, to a day, or both."""


class KeyFilter(FactChoiceFilter):
    """Records whose facts name a page, chosen in any language, by one of the ways ``paths``."""

    def __init__(self, *, model: Any, paths: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.named, self.paths = model, paths

    def facts(self, pages: QuerySet[Any], value: Any) -> QuerySet[Any]:
        keys = self.named._default_manager.filter(pk=value).values("translation_key")
        condition = Q(pk__in=[])
        for path in self.paths:
            condition |= Q(**{f"{path}__translation_key__in": keys})
        return pages.filter(condition)


class TodayFilter(FactChoiceFilter):
    """Records with a child row that holds today, with the chosen value."""

    def __init__(self, *, row: Callable[[Any, date], QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.row = row

    def facts(self, pages: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return pages.filter(pk__in=self.row(value, ministry_today()).order_by().values("page"))


class StatusOfTodayFilter(FactChoiceFilter):
    """Missions by the status that holds today."""

    def facts(self, pages: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return pages.alias(status_today=status_of_day(ministry_today())).filter(status_today=value)


def countries() -> list[tuple[int, str]]:
    """Every country in the language of the interface."""
    return place_choices(model=CountryPage, locale=Locale.get_active()).choices


def organisations() -> list[tuple[int, str]]:
    """Every organisation in the language of the interface."""
    return organisation_choices(locale=Locale.get_active())


def publication_filter() -> StatusFilter:
    """Live, draft …: the state of the page, beside that of what it is about."""
    return StatusFilter(
        label=_("Publication"), choices=StatusFilter.CHOICES, empty_label=_("All"), widget=forms.RadioSelect
    )


class MissionFilterSet(WagtailFilterSet):
    """What editors look for missions by."""

    direction = FactChoiceFilter(label=_("Direction"), choices=MissionDirection.choices, widget=forms.RadioSelect)
    kind = FactChoiceFilter(label=_("Kind"), choices=MissionKind.choices)
    country = KeyFilter(
        model=CountryPage,
        paths=("host_country", "sending_country", "accreditations__country"),
        label=_("Country"),
        choices=countries,
    )
    service = FactChoiceFilter(field_name="services__kind", label=_("Service"), choices=ServiceKind.choices)
    status = StatusOfTodayFilter(label=_("Status"), choices=MissionStatus.choices, widget=forms.RadioSelect)
    publication = publication_filter()

    class Meta:
        model = MissionPage
        fields: list[str] = []


class OrganisationFilterSet(WagtailFilterSet):
    """What editors look for organisations by."""

    kind = FactChoiceFilter(label=_("Kind"), choices=OrganisationKind.choices)
    standing = FactChoiceFilter(label=_("Our standing"), choices=Standing.choices)
    member = KeyFilter(model=CountryPage, paths=("members__country",), label=_("Member"), choices=countries)
    publication = publication_filter()

    class Meta:
        model = OrganisationPage
        fields: list[str] = []


def _offices(kind: Any, day: date) -> QuerySet[Any]:
    from missions.models import PersonOffice

    return PersonOffice.objects.filter(lasting(day), kind=kind)


class PersonFilterSet(WagtailFilterSet):
    """What editors look for people by."""

    office = TodayFilter(row=_offices, label=_("Office held today"), choices=OfficeKind.choices)
    country = KeyFilter(model=CountryPage, paths=("nationality",), label=_("Country"), choices=countries)
    publication = publication_filter()

    class Meta:
        model = PersonPage
        fields: list[str] = []
