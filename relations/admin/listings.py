"""The listings "Events" and "Agreements": every page of the type, whatever its language."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.pages import PageListingViewSet

from home.language.dates import date_label
from home.models.dates import ministry_today
from home.selectors.locales import locale_source
from missions.admin.listings import Notes, RecordIndexView, display, record_columns
from regions.admin.listings import NoteColumn
from relations.admin.filters import AgreementFilterSet, EventFilterSet
from relations.models import AgreementPage, EventPage
from relations.models.choices import (
    AgreementField,
    AgreementKind,
    AgreementStageKind,
    EventKind,
    VisitDirection,
)
from relations.selectors.listings import countries_by_event, parties_by_agreement, stages_by_agreement
from relations.selectors.stages import first_date_subquery


def date_shown(day: date | None, precision: str) -> str:
    """A date as far as it is known, in the language of the interface."""
    return date_label(day, precision, language_code=get_language() or locale_source()) if day else ""


class EventIndexView(RecordIndexView):
    """Every event, the latest first."""

    default_ordering = "-starts_on"
    fact_columns = ("kind", "starts_on")
    list_export = [
        "title",
        "listing_kind",
        "listing_date",
        "listing_countries",
        "place",
        "listing_direction",
        "locale",
        "status_string",
    ]
    export_headings = {
        "title": _("Title"),
        "listing_kind": _("Kind"),
        "listing_date": _("Date"),
        "listing_countries": _("Countries"),
        "place": _("Place"),
        "listing_direction": _("Direction"),
        "locale": _("Language"),
        "status_string": _("Publication"),
    }

    def notes(self, pages: list[EventPage]) -> Notes:
        facts = self.facts(pages, "kind", "direction", "starts_on", "starts_precision")
        countries = countries_by_event(keys=list(facts))

        def fact(page: EventPage, name: str) -> Any:
            return facts.get(page.translation_key, {}).get(name)

        return {
            "kind": lambda page: display(EventKind, fact(page, "kind")),
            "date": lambda page: date_shown(fact(page, "starts_on"), fact(page, "starts_precision") or ""),
            "countries": lambda page: countries.of(page.translation_key, page.locale_code),
            "direction": lambda page: display(VisitDirection, fact(page, "direction")),
        }


class AgreementIndexView(RecordIndexView):
    """Every agreement, the last signed first."""

    default_ordering = "-signed_on"
    fact_columns = ("kind", "field")
    list_export = [
        "title",
        "listing_kind",
        "listing_parties",
        "listing_field",
        "listing_stage",
        "listing_signed",
        "locale",
        "status_string",
    ]
    export_headings = {
        "title": _("Title"),
        "listing_kind": _("Kind"),
        "listing_parties": _("Parties besides us"),
        "listing_field": _("Field"),
        "listing_stage": _("Stage"),
        "listing_signed": _("Signed on"),
        "locale": _("Language"),
        "status_string": _("Publication"),
    }

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By the day of signature too; what is not signed yet comes first where the latest do."""
        if self.ordering not in ("signed_on", "-signed_on"):
            return super().order_queryset(queryset)
        if self.is_searching:
            return queryset
        sources = AgreementPage.objects.filter(translation_key=OuterRef("translation_key"), locale_code=locale_source())
        day = Subquery(
            sources.order_by()
            .annotate(signed_on=first_date_subquery(AgreementStageKind.SIGNED))
            .values("signed_on")[:1]
        )
        first = day.asc(nulls_last=True) if self.ordering == "signed_on" else day.desc(nulls_first=True)
        return queryset.order_by(first, "translation_key", "locale", "pk")

    def notes(self, pages: list[AgreementPage]) -> Notes:
        facts = self.facts(pages, "kind", "field")
        parties = parties_by_agreement(keys=list(facts))
        stages = stages_by_agreement(keys=list(facts), day=ministry_today())

        def fact(page: AgreementPage, name: str) -> Any:
            return facts.get(page.translation_key, {}).get(name)

        def signed(page: AgreementPage) -> str:
            found = stages.get(page.translation_key)
            return date_shown(found.signed_on, found.signed_precision) if found else ""

        def stage(page: AgreementPage) -> str:
            found = stages.get(page.translation_key)
            return display(AgreementStageKind, found.current if found else "")

        return {
            "kind": lambda page: display(AgreementKind, fact(page, "kind")),
            "parties": lambda page: parties.of(page.translation_key, page.locale_code),
            "field": lambda page: display(AgreementField, fact(page, "field")),
            "stage": stage,
            "signed": signed,
        }


class EventListingViewSet(PageListingViewSet):
    """The menu item "Events"."""

    name = "events"
    model = EventPage
    index_view_class = EventIndexView
    icon = "calendar-alt"
    menu_label = _("Events")
    menu_order = 400
    filterset_class = EventFilterSet
    columns = record_columns(
        NoteColumn("kind", label=_("Kind"), sort_key="kind", width="14%"),
        NoteColumn("date", label=_("Date"), sort_key="starts_on", width="12%"),
        NoteColumn("countries", label=_("Countries"), width="18%"),
    )


class AgreementListingViewSet(PageListingViewSet):
    """The menu item "Agreements"."""

    name = "agreements"
    model = AgreementPage
    index_view_class = AgreementIndexView
    icon = "doc-full-inverse"
    menu_label = _("Agreements")
    menu_order = 500
    filterset_class = AgreementFilterSet
    columns = record_columns(
        NoteColumn("parties", label=_("Parties besides us"), width="16%"),
        NoteColumn("field", label=_("Field"), sort_key="field", width="12%"),
        NoteColumn("stage", label=_("Stage"), width="10%"),
        NoteColumn("signed", label=_("Signed on"), sort_key="signed_on", width="12%"),
    )
