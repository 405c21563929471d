"""Filters of the listings of events and agreements; what they ask for stands on the source page."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from home.models.dates import ministry_today
from missions.admin.filters import (
    FactChoiceFilter,
    FactDateRangeFilter,
    KeyFilter,
    countries,
    organisations,
    publication_filter,
)
from missions.models import OrganisationPage
from regions.models import CountryPage
from relations.models import AgreementPage, EventPage
from relations.models.choices import AgreementField, AgreementStageKind, EventKind, VisitDirection
from relations.selectors.stages import status_subquery


class StageFilter(FactChoiceFilter):
    """Where an agreement stands today."""

    def facts(self, pages: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return pages.alias(stage=status_subquery(today=ministry_today())).filter(stage=value)


class EventFilterSet(WagtailFilterSet):
    """What editors look for events by."""

    kind = FactChoiceFilter(label=_("Kind"), choices=EventKind.choices)
    country = KeyFilter(model=CountryPage, paths=("country_links__country",), label=_("Country"), choices=countries)
    organisation = KeyFilter(
        model=OrganisationPage,
        paths=("organisation_links__organisation",),
        label=_("Organisation"),
        choices=organisations,
    )
    starts_on = FactDateRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    direction = FactChoiceFilter(label=_("Direction"), choices=VisitDirection.choices)
    publication = publication_filter()

    class Meta:
        model = EventPage
        fields: list[str] = []


class AgreementFilterSet(WagtailFilterSet):
    """What editors look for agreements by."""

    field = FactChoiceFilter(label=_("Field"), choices=AgreementField.choices)
    stage = StageFilter(label=_("Stage"), choices=AgreementStageKind.choices)
    country = KeyFilter(model=CountryPage, paths=("parties__country",), label=_("Country"), choices=countries)
    organisation = KeyFilter(
        model=OrganisationPage, paths=("parties__organisation",), label=_("Organisation"), choices=organisations
    )
    publication = publication_filter()

    class Meta:
        model = AgreementPage
        fields: list[str] = []
