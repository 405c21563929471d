"""The menu item "Travel advice": every sheet in every language, with its level and the dates of its review."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import DateColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from home.models.dates import ministry_today
from home.selectors.locales import locale_name
from regions.admin.filters import ChoiceFilter, StatusFilter
from regions.admin.listings import NoteColumn, NotedIndexView
from regions.models.codes import ContinentCode
from travel.models import AlertLevel, TravelAdvicePage
from travel.selectors import listings


class LevelFilter(django_filters.MultipleChoiceFilter):
    """Sheets by their level, which is that of the source's page, whatever the language of the row."""

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return queryset
        found = TravelAdvicePage.objects.filter(
            translation_key__in=listings.sheets_with_level(levels=[int(each) for each in value])
        )
        return queryset.filter(pk__in=found.order_by().values("pk"))


class ContinentFilter(ChoiceFilter):
    """Sheets of the countries of a continent."""

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return queryset
        found = TravelAdvicePage.objects.filter(translation_key__in=listings.sheets_of_continent(code=value))
        return queryset.filter(pk__in=found.order_by().values("pk"))


class OverdueFilter(ChoiceFilter):
    """Sheets whose review is overdue, in every language."""

    def filter(self, queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value != "yes":
            return queryset
        overdue = listings.sheets_overdue(today=ministry_today()).values("translation_key")
        return queryset.filter(
            pk__in=TravelAdvicePage.objects.filter(translation_key__in=overdue).order_by().values("pk")
        )


def _languages() -> list[tuple[str, str]]:
    return [(code, locale_name(code)) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


class TravelAdviceFilterSet(WagtailFilterSet):
    """What editors look for advice by."""

    level = LevelFilter(label=_("Alert level"), choices=AlertLevel.choices, widget=forms.CheckboxSelectMultiple)
    continent = ContinentFilter(label=_("Continent"), choices=ContinentCode.choices, empty_label=_("All"))
    language = ChoiceFilter(
        field_name="locale_code",
        label=_("Language"),
        choices=_languages,
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    review = OverdueFilter(
        label=_("Review"), choices=[("yes", _("Overdue"))], empty_label=_("All"), widget=forms.RadioSelect
    )
    status = StatusFilter(
        label=_("Status"), choices=StatusFilter.CHOICES, empty_label=_("All"), widget=forms.RadioSelect
    )

    class Meta:
        model = TravelAdvicePage
        fields: list[str] = []


class LevelColumn(NoteColumn):
    """The level in its colour and in words."""

    cell_template_name = "travel/admin/level_cell.html"


class ReviewColumn(NoteColumn):
    """The day of the next review; marked where it has passed."""

    cell_template_name = "travel/admin/review_cell.html"


class TravelAdviceIndexView(NotedIndexView):
    """Every sheet, by title."""

    default_ordering = "title"

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.ordering in ("level", "-level") and not self.is_searching:
            sign = "-" if self.ordering == "-level" else ""
            return queryset.annotate(level_of_source=listings.level_of_source()).order_by(
                f"{sign}level_of_source", "title", "pk"
            )
        return super().order_queryset(queryset)

    def notes(self, pages: list[TravelAdvicePage]) -> dict[str, Callable[[TravelAdvicePage], Any]]:
        facts = listings.sheet_facts(keys={page.translation_key for page in pages})
        today = ministry_today()

        def level(page: TravelAdvicePage) -> dict[str, Any]:
            found = facts.get(page.translation_key, {}).get("level", page.level)
            return {"level": found, "label": AlertLevel(found).label}

        def due(page: TravelAdvicePage) -> dict[str, Any]:
            day = facts.get(page.translation_key, {}).get("review_due_on")
            return {"day": day, "is_overdue": day is not None and day < today}

        return {
            "level": level,
            "reviewed_on": lambda page: facts.get(page.translation_key, {}).get("reviewed_on") or "",
            "review_due_on": due,
        }


class TravelAdviceListingViewSet(PageListingViewSet):
    """The menu item "Travel advice"."""

    name = "travel_advice"
    model = TravelAdvicePage
    index_view_class = TravelAdviceIndexView
    icon = "warning"
    menu_label = _("Travel advice")
    menu_order = 126
    add_to_admin_menu = True
    filterset_class = TravelAdviceFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        LevelColumn("level", label=_("Alert level"), sort_key="level", width="18%"),
        NoteColumn("reviewed_on", label=_("Reviewed"), width="10%"),
        ReviewColumn("review_due_on", label=_("Next review"), width="10%"),
        LocaleColumn(label=_("Language"), width="8%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
        DateColumn(
            "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at", width="10%"
        ),
    ]
