"""The report of what waits for a translation: a translator's way in."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import get_content_type_label
from wagtail.models import Locale, Page, get_page_content_types

from home.admin.exports import ReadableExportMixin
from home.localize.pending import page_list_untranslated
from home.localize.urls import submit_url
from home.selectors.permissions import locale_list_permitted


def _languages(request: Any) -> QuerySet[Locale]:
    return Locale.objects.filter(pk__in=[locale.pk for locale in locale_list_permitted(request.user)])


class UntranslatedFilterSet(WagtailFilterSet):
    """Narrows the list to one language and to one type of page."""

    language = django_filters.ModelChoiceFilter(
        queryset=_languages, method="filter_language", label=_("Into"), empty_label=_("Any of my languages")
    )
    content_type = ContentTypeFilter(
        label=_("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields = ["language", "content_type"]

    def filter_language(self, queryset: QuerySet[Page], name: str, value: Locale) -> QuerySet[Page]:
        return queryset.filter(pk__in=page_list_untranslated(locales=[value]).values("pk"))


class UntranslatedReportView(ReadableExportMixin, ReportView):
    """Public pages of the source language that the user may translate; each leads to the form that starts it."""

    page_title = _("To translate")
    header_icon = "wagtail-localize-language"
    index_url_name = "diwan_localize:untranslated"
    index_results_url_name = "diwan_localize:untranslated_results"
    filterset_class = UntranslatedFilterSet
    model = Page
    list_export = ["title", "last_published_at"]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Page]:
        return page_list_untranslated(locales=locale_list_permitted(self.request.user))

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=lambda page: submit_url(instance=page)),
            Column("type", label=_("Type"), accessor=lambda page: get_content_type_label(page.content_type)),
            DateColumn("last_published_at", label=_("Last published"), width="15%"),
        ]
