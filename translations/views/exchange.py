"""Download and upload files of translations: one page, or a selection in the background."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from home.localize.places import records_into
from home.selectors.permissions import locale_list_permitted
from translations.exchange.errors import ExchangeError
from translations.exchange.units import Format
from translations.models import DeskJob, TranslationState
from translations.selectors.exchange import record_is_readable, record_list
from translations.services.exchange import ImportOptions, size_check
from translations.services.exchange_export import exchange_export
from translations.services.exchange_jobs import (
    export_enqueue,
    import_confirm,
    import_enqueue,
)
from translations.services.jobs import JobError
from translations.views.heading import TitledPageMixin

_KINDS = {
    Format.XLIFF12: "application/x-xliff+xml",
    Format.XLIFF21: "application/xliff+xml",
    Format.PO: "text/x-gettext-translation; charset=utf-8",
}
_FORMATS = [(form.value, form.label) for form in Format]


class ExportForm(forms.Form):
    """What to take out: a language, and how far its translations are."""

    locale = forms.ModelChoiceField(queryset=Locale.objects.none(), label=gettext_lazy("Language"))
    form = forms.ChoiceField(choices=_FORMATS, initial=Format.XLIFF21.value, label=gettext_lazy("Format"))
    status = forms.MultipleChoiceField(
        choices=TranslationState.Status.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Only those that are"),
        help_text=gettext_lazy("None ticked: all translations that are under way."),
    )

    def __init__(self, *args: Any, locales: list[Locale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Locale.objects.filter(pk__in=[locale.pk for locale in locales])
        self.fields["locale"] = forms.ModelChoiceField(queryset=choices, label=self.fields["locale"].label)


class ImportForm(forms.Form):
    """A file, and what to do with what does not fit."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("XLIFF 1.2, XLIFF 2, PO, or a zip of them.")
    )
    partial = forms.BooleanField(
        required=False,
        label=gettext_lazy("Leave out what does not fit"),
        help_text=gettext_lazy("Otherwise nothing is imported while one text does not fit."),
    )
    overwrite = forms.BooleanField(
        required=False,
        label=gettext_lazy("Replace newer translations"),
        help_text=gettext_lazy("Those that somebody changed here after the file was made."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            size_check(file.size)
        except ExchangeError as error:
            raise forms.ValidationError(str(error)) from error
        return file


def _locales_or_403(request: Any) -> list[Locale]:
    locales = locale_list_permitted(request.user)
    if not locales:
        raise PermissionDenied
    return locales


class ExchangeView(TitledPageMixin, TemplateView):
    """The forms to take a selection out and to bring a file in; for one page also its downloads."""

    template_name = "translations/exchange/index.html"
    page_title = gettext_lazy("Translation files")
    header_icon = "download"
    import_form: ImportForm | None = None
    export_form: ExportForm | None = None

    def get_record(self) -> Translation | None:
        page_id = self.kwargs.get("page_id")
        if page_id is None:
            return None
        page = get_object_or_404(Page, pk=page_id)
        records = records_into(target=page).filter(enabled=True)
        record = records.select_related("source__object", "target_locale").first()
        if record is None:
            raise Http404
        if not record_is_readable(user=self.request.user, record=record):
            raise PermissionDenied
        return record

    def get_page_subtitle(self) -> str:
        return self.record.source.object_repr if self.record else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        locales = _locales_or_403(self.request)
        self.record = self.get_record()
        return {
            **super().get_context_data(**kwargs),
            "record": self.record,
            "formats": list(Format),
            "import_form": self.import_form or ImportForm(),
            "export_form": self.export_form or ExportForm(locales=locales),
        }


@require_safe
def record_download(request: Any, translation_id: int, form: str) -> HttpResponse:
    """The file of one page."""
    record = get_object_or_404(
        Translation.objects.select_related("source__object", "source__locale", "target_locale"), pk=translation_id
    )
    if form not in list(Format):
        raise Http404
    if not record_is_readable(user=request.user, record=record):
        raise PermissionDenied
    try:
        export = exchange_export(records=[record], form=Format(form))
    except ExchangeError as error:
        raise Http404 from error
    return _attachment(export.data, export.name, _KINDS[Format(form)])


def _attachment(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def selection_export(request: Any) -> HttpResponseBase:
    """Have the worker make a zip, and show how far it is."""
    form = ExportForm(request.POST, locales=_locales_or_403(request))
    if not form.is_valid():
        return ExchangeView.as_view(export_form=form)(_as_get(request))
    locale = form.cleaned_data["locale"]
    records = record_list(locale=locale, statuses=form.cleaned_data["status"] or None)
    ids = list(records.values_list("pk", flat=True))
    if not ids:
        messages.warning(request, _("There is nothing to export."))
        return redirect("translations_exchange:index")
    job = export_enqueue(records=ids, form=Format(form.cleaned_data["form"]), owner=request.user, locale=locale)
    return redirect("translation_desk:job", job.pk)


@require_POST
def file_import(request: Any) -> HttpResponseBase:
    """Have the worker try the file, and show what it would do."""
    _locales_or_403(request)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return ExchangeView.as_view(import_form=form)(_as_get(request))
    file = form.cleaned_data["file"]
    options = ImportOptions(
        dry_run=True, partial=form.cleaned_data["partial"], overwrite=form.cleaned_data["overwrite"]
    )
    job = import_enqueue(name=file.name, data=file.read(), owner=request.user, options=options)
    return redirect("translation_desk:job", job.pk)


def _as_get(request: Any) -> Any:
    request.method = "GET"
    return request


@require_POST
def job_confirm(request: Any, job_id: int) -> HttpResponse:
    """Import the file of a dry run."""
    job = get_object_or_404(DeskJob, pk=job_id, owner_id=request.user.pk)
    try:
        done = import_confirm(job=job)
    except JobError as error:
        messages.error(request, str(error))
        return redirect("translation_desk:job", job.pk)
    return redirect("translation_desk:job", done.pk)
