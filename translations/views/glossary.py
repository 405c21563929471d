"""Files of the glossary: CSV and TBX, in and out."""

from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Locale

from translations.exchange.errors import ExchangeError
from translations.exchange.glossary_csv import csv_write
from translations.exchange.tbx import tbx_write
from translations.models import DeskJob
from translations.selectors.glossary import exchange_terms, glossary_list, term_is_changeable
from translations.services.exchange import size_check
from translations.services.glossary_jobs import glossary_import_confirm, glossary_import_enqueue
from translations.services.jobs import JobError
from translations.views.heading import TitledPageMixin


class GlossaryImportForm(forms.Form):
    """A file, and the language of the terms where the file has several."""

    file = forms.FileField(label=_("File"), help_text=_("CSV in UTF-8 or TBX."))
    source_locale = forms.ModelChoiceField(
        queryset=Locale.objects.all(),
        to_field_name="language_code",
        label=_("Language of the terms"),
        empty_label=None,
        help_text=_("Of a TBX file: the other languages are their translations. A CSV file names both on each line."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            size_check(file.size)
        except ExchangeError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class GlossaryExportForm(forms.Form):
    """Which terms, and in which format."""

    form = forms.ChoiceField(choices=[("csv", "CSV"), ("tbx", "TBX")], label=_("Format"))
    source_locale = forms.ModelChoiceField(
        queryset=Locale.objects.all(),
        to_field_name="language_code",
        label=_("From"),
        required=False,
        empty_label=_("All"),
    )
    target_locale = forms.ModelChoiceField(
        queryset=Locale.objects.all(),
        to_field_name="language_code",
        label=_("Into"),
        required=False,
        empty_label=_("All"),
    )


def _read_or_403(request: Any) -> None:
    if not (term_is_changeable(request.user, "view") or term_is_changeable(request.user, "change")):
        raise PermissionDenied


def _write_or_403(request: Any) -> None:
    if not term_is_changeable(request.user, "add", "change"):
        raise PermissionDenied


class GlossaryFilesView(TitledPageMixin, TemplateView):
    """The forms to bring terms in and to take them out."""

    template_name = "translations/glossary/files.html"
    page_title = _("Files of the glossary")
    header_icon = "openquote"
    import_form: GlossaryImportForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _read_or_403(self.request)
        form = self.import_form or GlossaryImportForm(initial={"source_locale": settings.DIWAN_SOURCE_LOCALE})
        return {
            **super().get_context_data(**kwargs),
            "import_form": form if term_is_changeable(self.request.user, "add", "change") else None,
            "export_form": GlossaryExportForm(),
        }


@require_POST
def glossary_upload(request: Any) -> HttpResponseBase:
    """Have the worker try the file, and show what it would do."""
    _write_or_403(request)
    form = GlossaryImportForm(request.POST, request.FILES)
    if not form.is_valid():
        request.method = "GET"
        return GlossaryFilesView.as_view(import_form=form)(request)
    file = form.cleaned_data["file"]
    job = glossary_import_enqueue(
        name=file.name,
        data=file.read(),
        owner=request.user,
        source=form.cleaned_data["source_locale"].language_code,
        dry_run=True,
    )
    return redirect("translation_desk:job", job.pk)


@require_POST
def glossary_confirm(request: Any, job_id: int) -> HttpResponse:
    """Import the file of a dry run."""
    _write_or_403(request)
    job = get_object_or_404(DeskJob, pk=job_id, owner_id=request.user.pk)
    try:
        done = glossary_import_confirm(job=job)
    except JobError as error:
        messages.error(request, str(error))
        return redirect("translation_desk:job", job.pk)
    return redirect("translation_desk:job", done.pk)


@require_safe
def glossary_download(request: Any) -> HttpResponse:
    """The terms of a pair of languages, or of all, as a file."""
    _read_or_403(request)
    form = GlossaryExportForm(request.GET)
    if not form.is_valid():
        return redirect("translation_glossary:files")
    chosen = form.cleaned_data
    terms = exchange_terms(glossary_list(source_locale=chosen["source_locale"], target_locale=chosen["target_locale"]))
    if chosen["form"] == "csv":
        data, kind = csv_write(terms=terms), "text/csv; charset=utf-8"
    else:
        stream = BytesIO()
        tbx_write(stream=stream, terms=terms, title="Diwan")
        data, kind = stream.getvalue(), "application/x-tbx+xml"
    codes = [locale.language_code for locale in (chosen["source_locale"], chosen["target_locale"]) if locale]
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{"-".join(["glossary", *codes])}.{chosen["form"]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
