"""The report on agreements that were signed and wait for their ratification."""

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from home.models.dates import ministry_today
from home.selectors.locales import locale_source
from missions.admin.filters import KeyFilter, countries
from missions.admin.reports import RecordReportView, edit_url
from regions.models import CountryPage
from relations.models import AgreementPage
from relations.models.choices import AgreementField
from relations.selectors.listings import parties_by_agreement
from relations.selectors.reports import agreements_not_ratified


class NotRatifiedFilterSet(WagtailFilterSet):
    """By field and party."""

    field = django_filters.ChoiceFilter(label=_("Field"), choices=AgreementField.choices, empty_label=_("All"))
    country = KeyFilter(model=CountryPage, paths=("parties__country",), label=_("Country"), choices=countries)

    class Meta:
        model = AgreementPage
        fields: list[str] = []


class NotRatifiedView(RecordReportView):
    """Agreements that were signed and not ratified, the oldest first, with their age."""

    page_title = _("Agreements not ratified")
    header_icon = "doc-full-inverse"
    index_url_name = "relations_reports:agreements_not_ratified"
    index_results_url_name = "relations_reports:agreements_not_ratified_results"
    filterset_class = NotRatifiedFilterSet
    model = AgreementPage
    page_of_row = "pk"
    list_export = ["title", "report_parties", "get_field_display", "signed_on", "report_days"]
    export_headings = {
        "title": _("Title"),
        "report_parties": _("Parties besides us"),
        "get_field_display": _("Field"),
        "signed_on": _("Signed on"),
        "report_days": _("Days since"),
    }

    def rows(self) -> QuerySet[AgreementPage]:
        return agreements_not_ratified(day=ministry_today())

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        pages = list(object_list)
        parties = parties_by_agreement(keys=[page.translation_key for page in pages])
        today, code = ministry_today(), get_language() or locale_source()
        for page in pages:
            page.report_parties = parties.of(page.translation_key, code)
            page.report_days = (today - page.signed_on).days
        return pages

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=lambda page: edit_url(page.pk)),
            Column("parties", label=_("Parties besides us"), accessor=lambda page: getattr(page, "report_parties", "")),
            Column("field", label=_("Field"), accessor="get_field_display"),
            Column("signed_on", label=_("Signed on")),
            Column("days", label=_("Days since"), accessor=lambda page: str(getattr(page, "report_days", ""))),
        ]
