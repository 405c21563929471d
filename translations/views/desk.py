"""The desk of one locale: what is to be done, and bulk actions on it."""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.db.models.functions import Collate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import ContentTypeFilter, DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import get_content_type_label
from wagtail.models import Locale, Page, get_page_content_types

from home.admin.exports import ReadableExportMixin
from home.language.collation import collation_name
from home.localize.urls import submit_url
from home.selectors.locales import locale_name
from home.selectors.permissions import locale_is_permitted, locale_list_permitted
from regions.models.codes import ContinentCode
from regions.selectors.places import pages_of_continent
from translations.models import TranslationAssignment, TranslationState
from translations.selectors.desk import (
    STATUSES,
    desk_counts,
    desk_pages,
    desk_pages_annotated,
    desk_pages_with,
    desk_search,
    desk_words_left,
    records_by_id,
    targets_by_key,
)
from translations.views.desk_actions import action_of, actions_offered

ME, NOBODY = "me", "nobody"
Status = TranslationState.Status
_WORDS = "desk_words_left"


def desk_locale_or_403(request: HttpRequest, code: str) -> Locale:
    """The locale of a desk. Raise Http404 for an unknown one and PermissionDenied for one of others."""
    locale = get_object_or_404(Locale, language_code=code)
    if code == settings.DIWAN_SOURCE_LOCALE or not locale_is_permitted(request.user, locale):
        raise PermissionDenied
    return locale


def desk_locales(user: Any) -> list[Locale]:
    """The locales whose desks a user may see."""
    return [locale for locale in locale_list_permitted(user) if locale.language_code != settings.DIWAN_SOURCE_LOCALE]


def _people(locale: Locale) -> list[tuple[str, str]]:
    users = get_user_model()._default_manager
    people = users.filter(translation_assignments__translation__target_locale=locale).distinct()
    names = sorted((person.get_full_name() or person.get_username(), str(person.pk)) for person in people)
    return [(ME, _("Me")), (NOBODY, _("Nobody")), *((pk, name) for name, pk in names)]


class _PeopleFilter(django_filters.ChoiceFilter):
    """Whose work: mine, nobody's, a person's."""

    @property
    def field(self) -> forms.Field:
        self.extra["choices"] = _people(self.parent.locale)
        return super().field


class DeskFilterSet(WagtailFilterSet):
    """What translators look for work by."""

    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Status"),
        choices=STATUSES,
        method="filter_status",
        widget=forms.CheckboxSelectMultiple,
    )
    content_type = ContentTypeFilter(
        label=gettext_lazy("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )
    continent = django_filters.ChoiceFilter(
        label=gettext_lazy("Continent"),
        choices=ContinentCode.choices,
        method="filter_continent",
        empty_label=gettext_lazy("All"),
    )
    published = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Published"), field_name="last_published_at", widget=DateRangePickerWidget
    )
    assignee = _PeopleFilter(
        label=gettext_lazy("Translator"), method="filter_assignee", empty_label=gettext_lazy("All")
    )
    priority = django_filters.ChoiceFilter(
        label=gettext_lazy("Priority"),
        choices=TranslationAssignment.Priority.choices,
        method="filter_priority",
        empty_label=gettext_lazy("All"),
    )
    overdue = django_filters.ChoiceFilter(
        label=gettext_lazy("Overdue"),
        choices=[("yes", gettext_lazy("Yes"))],
        method="filter_overdue",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, locale: Locale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locale = locale

    def _with(self, queryset: QuerySet[Page], **conditions: Any) -> QuerySet[Page]:
        return desk_pages_with(pages=queryset, locale=self.locale, **conditions)

    def filter_status(self, queryset: QuerySet[Page], name: str, value: list[str]) -> QuerySet[Page]:
        return self._with(queryset, statuses=value) if value else queryset

    def filter_continent(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        source = Locale.objects.get(language_code=settings.DIWAN_SOURCE_LOCALE)
        return queryset.filter(pages_of_continent(code=value, locale=source))

    def filter_assignee(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        if value == ME:
            return self._with(queryset, assignee=self.request.user)
        if value == NOBODY:
            taken = self._with(Page.objects.all(), assignee__isnull=False)
            return queryset.exclude(translation_key__in=taken.values("translation_key"))
        return self._with(queryset, assignee=value)

    def filter_priority(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        return self._with(queryset, priority=value)

    def filter_overdue(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        unfinished = [status for status in Status.values if status != Status.UP_TO_DATE]
        return self._with(queryset, statuses=unfinished, due_on__lt=timezone.localdate())


class _SelectColumn(Column):
    """A box to choose the row for a bulk action."""

    header_template_name = "translations/desk/select_header.html"
    cell_template_name = "translations/desk/select_cell.html"


class _TitleColumn(Column):
    """The source's title; it leads to the translation, or to the form that starts it."""

    cell_template_name = "translations/desk/title_cell.html"


class _StatusColumn(Column):
    """The status, with the progress in words."""

    cell_template_name = "translations/desk/status_cell.html"


class _AssignmentColumn(Column):
    """Who, until when, how urgent."""

    cell_template_name = "translations/desk/assignment_cell.html"


class DeskView(ReadableExportMixin, ReportView):
    """Every source page with its translation into one locale."""

    template_name = "translations/desk/desk.html"
    results_template_name = "translations/desk/desk_results.html"
    header_icon = "wagtail-localize-language"
    filterset_class = DeskFilterSet
    model = Page
    is_searchable = True
    # Most of what a page costs is its rows, cell by cell: with fifty it would take half as long again.
    paginate_by = 30
    search_fields = ["title"]
    list_export = ["title", "desk_label", "desk_words_left", "last_published_at"]
    export_headings = {
        "title": gettext_lazy("Title"),
        "desk_label": gettext_lazy("Status"),
        "desk_words_left": gettext_lazy("Words left"),
        "last_published_at": gettext_lazy("Published"),
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.desk_locale = desk_locale_or_403(request, kwargs["code"])

    @property
    def page_title(self) -> str:
        return _("Translations into %(language)s") % {"language": locale_name(self.desk_locale.language_code)}

    def get_index_url(self) -> str:
        return reverse("translation_desk:desk", args=[self.desk_locale.language_code])

    def get_index_results_url(self) -> str:
        return reverse("translation_desk:desk_results", args=[self.desk_locale.language_code])

    def get_base_queryset(self) -> QuerySet[Page]:
        pages = desk_pages(locale=self.desk_locale).select_related("content_type")
        if self.is_export:
            return desk_pages_annotated(pages=pages, locale=self.desk_locale)
        return pages

    def get_queryset(self) -> QuerySet[Page]:
        return self.order_queryset(self.get_base_queryset())

    def order_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """By a column, what it lacks at the end; titles as the source language sorts them."""
        if not self.ordering:
            return queryset
        name = self.ordering.removeprefix("-")
        column: Any = Collate(name, collation_name(settings.DIWAN_SOURCE_LOCALE)) if name == "title" else F(name)
        if name == _WORDS:
            queryset = queryset.annotate(**{_WORDS: desk_words_left(locale=self.desk_locale)})
        is_descending = name != self.ordering
        return queryset.order_by(column.desc(nulls_last=True) if is_descending else column.asc(nulls_last=True), "-pk")

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "locale": self.desk_locale}

    def search_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """As the search of the admin finds them, by the source or by the translation."""
        return desk_search(pages=queryset, text=self.search_query or "", locale=self.desk_locale)

    def get_filtered_queryset(self) -> QuerySet[Page]:
        return self.search_queryset(self.filter_queryset(self.get_queryset()))

    @cached_property
    def columns(self) -> list[Column]:
        return [
            _SelectColumn("select", label=""),
            _TitleColumn("title", label=_("Title"), sort_key="title"),
            Column("type", label=_("Type"), accessor=lambda page: get_content_type_label(page.content_type)),
            _StatusColumn("status", label=_("Status")),
            Column(
                "words",
                label=_("Words left"),
                accessor=lambda page: _number(page.desk_words_left),
                sort_key=_WORDS,
            ),
            _AssignmentColumn("assignment", label=_("Translator")),
            DateColumn("last_published_at", label=_("Published"), sort_key="last_published_at", width="12%"),
        ]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        pages, labels = list(object_list), dict(STATUSES)
        if self.is_export:
            for page in pages:
                page.desk_label = labels[page.desk_status]
            return pages
        shown = Page.objects.filter(pk__in=[page.pk for page in pages])
        found = {page.pk: page for page in desk_pages_annotated(pages=shown, locale=self.desk_locale)}
        for page in pages:
            for name in ("desk_translation", "desk_status", _WORDS):
                setattr(page, name, getattr(found[page.pk], name))
            page.desk_label = labels[page.desk_status]
        records = records_by_id(ids=[page.desk_translation for page in pages])
        targets = targets_by_key(keys=[page.translation_key for page in pages], locale=self.desk_locale)
        today = timezone.localdate()
        for page in pages:
            page.desk_record = record = records.get(page.desk_translation)
            page.desk_target = targets.get(page.translation_key)
            page.desk_start_url = submit_url(instance=page, select_locale=self.desk_locale)
            page.desk_state = getattr(record, "state", None)
            page.desk_assignment = assignment = getattr(record, "assignment", None)
            page.desk_is_late = bool(
                assignment and assignment.due_on and assignment.due_on < today and page.desk_status != Status.UP_TO_DATE
            )
        return pages

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        counts = desk_counts(locale=self.desk_locale)
        labels = dict(STATUSES)
        context.update(
            desk_locale=self.desk_locale,
            desk_counts=[
                {"status": count.status, "label": labels[count.status], "pages": count.pages, "words": count.words_left}
                for count in counts
            ],
            desk_words_left=sum(count.words_left or 0 for count in counts),
            desk_locales=desk_locales(self.request.user),
            desk_actions=actions_offered(self.request.user),
            desk_action_url=reverse("translation_desk:action", args=[self.desk_locale.language_code]),
            desk_query=self.request.GET.urlencode(),
        )
        return context


def _number(value: int | None) -> str:
    return "—" if value is None else str(value)


def chosen_pages(request: HttpRequest, locale: Locale) -> list[int]:
    """The source pages that a bulk action was asked for: those chosen, or all that the filters of the desk show."""
    pages = desk_pages(locale=locale)
    if request.POST.get("everything"):
        from django.http import QueryDict

        query = QueryDict(request.POST.get("query", ""))
        filters = DeskFilterSet(query, queryset=pages, request=request, locale=locale)
        pages = filters.qs if filters.is_valid() else pages.none()
        pages = desk_search(pages=pages, text=query.get("q", ""), locale=locale)
    else:
        chosen = [int(pk) for pk in request.POST.getlist("pages") if pk.isdecimal() and len(pk) < 19]
        pages = pages.filter(pk__in=chosen)
    return list(pages.order_by("path").values_list("pk", flat=True))


@require_POST
def desk_action(request: Any, code: str) -> HttpResponse:
    """Ask what the action needs, then have the worker do it; the answer leads to the page of the job."""
    locale = desk_locale_or_403(request, code)
    action = action_of(request.POST.get("action", ""))
    pages = chosen_pages(request, locale)
    desk = f"{reverse('translation_desk:desk', args=[code])}?{request.POST.get('query', '')}".rstrip("?")
    if not pages:
        messages.warning(request, _("Choose the pages first."))
        return redirect(desk)
    return action.answer(request=request, locale=locale, pages=pages, desk=desk)
