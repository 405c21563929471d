"""Filters of the listings of news and countries.

Each narrows by primary key: the search index knows none of the joined columns, and listings can be searched too.
"""

from typing import Any

import django_filters
from django import forms
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.models import Locale, Revision, get_default_page_content_type

from regions.models import ContinentPage, CountryPage, NewsKind, NewsPage
from regions.models.codes import ContinentCode
from regions.selectors.choices import place_choices


class NarrowingMixin:
    """Turns a filter into a condition on primary keys alone."""

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value in (None, "", []):
            return queryset
        model = queryset.model
        found = super().filter(model._default_manager.order_by(), value)  # type: ignore[misc]  # a django-filter class
        return queryset.filter(pk__in=found.values("pk"))


class ChoiceFilter(NarrowingMixin, django_filters.ChoiceFilter):
    """One of a few values."""


class DateRangeFilter(NarrowingMixin, django_filters.DateFromToRangeFilter):
    """From a day, to a day, or both."""


class BooleanFilter(NarrowingMixin, django_filters.BooleanFilter):
    """Yes or no."""


class StatusFilter(ChoiceFilter):
    """Live, live with changes, draft, or due at a later time."""

    CHOICES = [
        ("live", _("Live")),
        ("changed", _("Live, with unpublished changes")),
        ("draft", _("Draft")),
        ("scheduled", _("Scheduled")),
    ]
    CONDITIONS = {
        "live": Q(live=True),
        "changed": Q(live=True, has_unpublished_changes=True),
        "draft": Q(live=False),
    }

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value == "scheduled":
            due = Revision.objects.filter(
                base_content_type=get_default_page_content_type(), approved_go_live_at__isnull=False
            )
            return queryset.filter(pk__in=due.values_list(Cast("object_id", IntegerField()), flat=True))
        if value not in self.CONDITIONS:
            return queryset
        found = queryset.model._default_manager.filter(self.CONDITIONS[value]).order_by()
        return queryset.filter(pk__in=found.values("pk"))


class CountryFilter(ChoiceFilter):
    """Pages that link a country, by its page in any language."""

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return queryset
        keys = CountryPage.objects.filter(pk=value).values("translation_key")
        found = NewsPage.objects.filter(country_links__place_key__in=keys).order_by()
        return queryset.filter(pk__in=found.values("pk"))


class ContinentFilter(ChoiceFilter):
    """Countries below a continent's page in any language, by UN M49 code."""

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return queryset
        below = Q(pk__in=[])
        for path in ContinentPage.objects.filter(code=value).values_list("path", flat=True):
            below |= Q(path__startswith=path)
        return queryset.filter(pk__in=CountryPage.objects.filter(below).values("pk"))


def _kinds() -> list[tuple[str, str]]:
    """Slug and name of each kind in the language of the interface, and in the source language where it lacks one."""
    names = {}
    for locale in dict.fromkeys([Locale.get_default(), Locale.get_active()]):
        names.update(dict(NewsKind.objects.filter(locale=locale).values_list("slug", "name")))
    return list(names.items())


def _countries() -> list[tuple[int, str]]:
    return place_choices(model=CountryPage, locale=Locale.get_active()).choices


class NewsFilterSet(WagtailFilterSet):
    """What editors look for news by."""

    kind = ChoiceFilter(field_name="kind__slug", label=_("Kind"), choices=_kinds, empty_label=_("All"))
    country = CountryFilter(label=_("Country"), choices=_countries, empty_label=_("All"))
    date = DateRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    featured = BooleanFilter(label=_("Featured"), widget=BooleanRadioSelect)
    status = StatusFilter(
        label=_("Status"), choices=StatusFilter.CHOICES, empty_label=_("All"), widget=forms.RadioSelect
    )

    class Meta:
        model = NewsPage
        fields: list[str] = []


class CountryFilterSet(WagtailFilterSet):
    """What editors look for countries by."""

    continent = ContinentFilter(label=_("Continent"), choices=ContinentCode.choices, empty_label=_("All"))
    kind = ChoiceFilter(
        field_name="status",
        label=_("State or territory"),
        choices=CountryPage.Status.choices,
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    status = StatusFilter(
        label=_("Status"), choices=StatusFilter.CHOICES, empty_label=_("All"), widget=forms.RadioSelect
    )

    class Meta:
        model = CountryPage
        fields: list[str] = []
