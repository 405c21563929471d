"""Reports on records: which missions lack something, which appointments and offices should have an end.

Each shows what its reader may edit: a post sees its own mission there.
"""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.admin.exports import ReadableExportMixin
from home.models.dates import ministry_today
from home.selectors.locales import locale_source
from home.selectors.record_names import comma_of
from missions.models import MissionAppointment, MissionPage, PersonOffice
from missions.models.choices import MissionKind, PostKind
from missions.selectors.reports import (
    HEAD,
    HOURS,
    PLACE,
    appointments_without_end,
    lacking,
    missions_incomplete,
    offices_without_end,
)

_EDITING = {"change", "publish"}


class RecordReportView(ReadableExportMixin, ReportView):
    """A report whose rows are records, or belong to records, that the reader may edit."""

    permission_policy = PagePermissionPolicy()
    any_permission_required = _EDITING
    page_of_row = "page"

    def rows(self) -> QuerySet[Any]:
        """All rows, whoever asks."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        pages = self.permission_policy.instances_user_has_any_permission_for(self.request.user, _EDITING)
        return self.rows().filter(**{f"{self.page_of_row}__in": pages.order_by().values("pk")})


def edit_url(page_id: int) -> str:
    """Where a record is put right."""
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def report_paths(slug: str, view: type[RecordReportView]) -> list[Any]:
    """The addresses of a report, below those of the admin; its ``index_url_name`` is in the namespace of its app."""
    name = slug.replace("-", "_")
    return [
        path(f"{slug}/", view.as_view(), name=name),
        path(f"{slug}/results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]


class ReportMenuItem(MenuItem):
    """Shown to whoever may edit some page."""

    def is_shown(self, request: Any) -> bool:
        return bool(PagePermissionPolicy().user_has_any_permission(request.user, _EDITING))


def report_menu_item(view: type[RecordReportView], order: int) -> MenuItem:
    """The item of the menu "Reports" that leads to a report."""
    return ReportMenuItem(
        view.page_title,
        reverse(view.index_url_name),
        name=view.index_url_name.rpartition(":")[2].replace("_", "-"),
        icon_name=view.header_icon,
        order=order,
    )


class IncompleteFilterSet(WagtailFilterSet):
    """What is looked for, and in which sort of mission."""

    lacks = django_filters.ChoiceFilter(
        label=_("Missing"),
        choices=[(HOURS, _("Opening hours")), (PLACE, _("Coordinates")), (HEAD, _("Head of mission"))],
        method="filter_lacks",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=MissionKind.choices, empty_label=_("All"))

    class Meta:
        model = MissionPage
        fields: list[str] = []

    def filter_lacks(self, queryset: QuerySet[MissionPage], name: str, value: str) -> QuerySet[MissionPage]:
        return lacking(queryset, value)


class IncompleteMissionsView(RecordReportView):
    """Missions at work that lack opening hours, coordinates or a head."""

    page_title = _("Incomplete missions")
    header_icon = "warning"
    index_url_name = "missions_reports:incomplete_missions"
    index_results_url_name = "missions_reports:incomplete_missions_results"
    filterset_class = IncompleteFilterSet
    model = MissionPage
    page_of_row = "pk"
    list_export = ["title", "get_kind_display", "report_missing"]
    export_headings = {"title": _("Title"), "get_kind_display": _("Kind"), "report_missing": _("Missing")}

    def rows(self) -> QuerySet[MissionPage]:
        return missions_incomplete(day=ministry_today()).order_by("title", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        pages = list(object_list)
        for page in pages:
            page.report_missing = self._missing(page)
        return pages

    @staticmethod
    def _missing(page: Any) -> str:
        texts = [
            (page.has_hours, gettext("Opening hours")),
            (page.has_place, gettext("Coordinates")),
            (page.has_head, gettext("Head of mission")),
        ]
        return comma_of(get_language() or locale_source()).join(text for has, text in texts if not has)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=lambda page: edit_url(page.pk)),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("missing", label=_("Missing"), accessor=self._missing),
        ]


class SucceededFilterSet(WagtailFilterSet):
    """Whether somebody else came after."""

    is_succeeded = django_filters.BooleanFilter(
        label=_("Succeeded"), widget=forms.NullBooleanSelect, field_name="is_succeeded"
    )

    class Meta:
        model = MissionAppointment
        fields: list[str] = []


class AppointmentFilterSet(SucceededFilterSet):
    """By post too."""

    post = django_filters.ChoiceFilter(label=_("Post"), choices=PostKind.choices, empty_label=_("All"))


class OfficeFilterSet(SucceededFilterSet):
    """Whether somebody else came after."""

    class Meta:
        model = PersonOffice
        fields: list[str] = []


def _succeeded(row: Any) -> str:
    return gettext("Yes") if row.is_succeeded else gettext("No")


class AppointmentsView(RecordReportView):
    """Appointments at missions that have no end, first those whose holder was succeeded."""

    page_title = _("Appointments without an end")
    header_icon = "user"
    index_url_name = "missions_reports:appointments_without_end"
    index_results_url_name = "missions_reports:appointments_without_end_results"
    filterset_class = AppointmentFilterSet
    model = MissionAppointment
    list_export = ["person.title", "get_post_display", "page.title", "starts_on", "is_succeeded"]
    export_headings = {
        "person.title": _("Name"),
        "get_post_display": _("Post"),
        "page.title": _("Mission"),
        "starts_on": _("Since"),
        "is_succeeded": _("Succeeded"),
    }

    def rows(self) -> QuerySet[MissionAppointment]:
        return appointments_without_end(day=ministry_today())

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("person", label=_("Name"), accessor="person.title", get_url=lambda row: edit_url(row.page_id)),
            Column("post", label=_("Post"), accessor="get_post_display"),
            Column("mission", label=_("Mission"), accessor="page.title"),
            Column("starts_on", label=_("Since")),
            Column("is_succeeded", label=_("Succeeded"), accessor=_succeeded),
        ]


class OfficesView(RecordReportView):
    """Offices that have no end, first those that somebody else holds since."""

    page_title = _("Offices without an end")
    header_icon = "user"
    index_url_name = "missions_reports:offices_without_end"
    index_results_url_name = "missions_reports:offices_without_end_results"
    filterset_class = OfficeFilterSet
    model = PersonOffice
    list_export = ["page.title", "get_kind_display", "title", "starts_on", "is_succeeded"]
    export_headings = {
        "page.title": _("Name"),
        "get_kind_display": _("Office"),
        "title": _("Title"),
        "starts_on": _("Since"),
        "is_succeeded": _("Succeeded"),
    }

    def rows(self) -> QuerySet[PersonOffice]:
        return offices_without_end(day=ministry_today())

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("person", label=_("Name"), accessor="page.title", get_url=lambda row: edit_url(row.page_id)),
            Column("office", label=_("Office"), accessor=lambda row: row.title or row.get_kind_display()),
            Column("starts_on", label=_("Since")),
            Column("is_succeeded", label=_("Succeeded"), accessor=_succeeded),
        ]
