"""The report "Unreviewed advice"."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.admin.exports import ReadableExportMixin
from home.models.dates import ministry_today
from travel.models import TravelAdvicePage
from travel.selectors.listings import sheets_unreviewed

PERMISSIONS = ["add", "change", "publish"]


class UnreviewedAdviceView(ReadableExportMixin, ReportView):
    """Public sheets that nobody has reviewed, or not in time, as far as the user may edit them."""

    page_title = _("Unreviewed advice")
    header_icon = "warning"
    index_url_name = "travel_reports:unreviewed"
    index_results_url_name = "travel_reports:unreviewed_results"
    any_permission_required = PERMISSIONS
    model = TravelAdvicePage
    list_export = ["title", "get_level_display", "reviewed_on", "review_due_on", "owner"]
    export_headings = {
        "title": _("Title"),
        "get_level_display": _("Alert level"),
        "reviewed_on": _("Reviewed"),
        "review_due_on": _("Next review"),
        "owner": _("Owner"),
    }

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_queryset(self) -> QuerySet[TravelAdvicePage]:
        mine = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        sheets = sheets_unreviewed(today=ministry_today()).filter(pk__in=mine.order_by().values("pk"))
        return sheets.select_related("owner")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title", label=_("Title"), get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk])
            ),
            Column("level", label=_("Alert level"), accessor="get_level_display", width="25%"),
            Column("reviewed_on", label=_("Reviewed"), accessor=lambda page: page.reviewed_on or _("Never")),
            Column("review_due_on", label=_("Next review"), accessor=lambda page: page.review_due_on or ""),
            Column("owner", label=_("Owner"), accessor=lambda page: page.owner or ""),
        ]


class UnreviewedAdviceMenuItem(MenuItem):
    """Shown to whoever edits pages."""

    def is_shown(self, request: Any) -> bool:
        return bool(policy_registry.get_by_type(Page).user_has_any_permission(request.user, PERMISSIONS))
