"""The translation memory: look texts up, forget one, exchange all of it as TMX."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Locale

from home.selectors.locales import locale_direction
from home.selectors.permissions import locale_is_permitted, locale_list_permitted
from translations.checks.pair import plain_text
from translations.exchange.errors import ExchangeError
from translations.models import DeskJob, MemoryUnit
from translations.selectors.memory import unit_list
from translations.services.exchange import size_check
from translations.services.jobs import JobError
from translations.services.memory import unit_delete
from translations.services.memory_files import memory_export
from translations.services.memory_jobs import memory_import_confirm, memory_import_enqueue
from translations.views.heading import TitledPageMixin

_PER_PAGE = 50


class PairForm(forms.Form):
    """Two languages, the second one that the user works in; and words to look for."""

    source = forms.ModelChoiceField(
        queryset=Locale.objects.all(), to_field_name="language_code", label=gettext_lazy("From"), empty_label=None
    )
    target = forms.ModelChoiceField(
        queryset=Locale.objects.none(), to_field_name="language_code", label=gettext_lazy("Into"), empty_label=None
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        permitted = Locale.objects.filter(pk__in=[locale.pk for locale in locale_list_permitted(user)])
        self.fields["target"].queryset = permitted  # type: ignore[attr-defined] # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            raise forms.ValidationError(_("Choose two languages."))
        return cleaned


class LookUpForm(PairForm):
    """What to show."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200)


class MemoryImportForm(PairForm):
    """A file, and which two of its languages."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("TMX."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            size_check(file.size)
        except ExchangeError as error:
            raise forms.ValidationError(str(error)) from error
        return file


def _pair(user: Any) -> dict[str, str]:
    """From the source language into the first other one that the user works in."""
    source = settings.DIWAN_SOURCE_LOCALE
    others = [each.language_code for each in locale_list_permitted(user) if each.language_code != source]
    return {"source": source, "target": others[0] if others else source}


def _locales_or_403(request: Any) -> None:
    if not locale_list_permitted(request.user):
        raise PermissionDenied


class MemoryView(TitledPageMixin, TemplateView):
    """The texts between two languages, the last used first."""

    template_name = "translations/memory/index.html"
    page_title = gettext_lazy("Translation memory")
    header_icon = "history"
    import_form: MemoryImportForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.request
        _locales_or_403(request)
        pair = _pair(request.user)
        asked = {
            "q": "",
            **pair,
            **{name: request.GET[name] for name in ("source", "target", "q") if name in request.GET},
        }
        form = LookUpForm(asked, user=request.user)
        units = MemoryUnit.objects.none()
        codes = dict(pair)
        if form.is_valid():
            source, target = form.cleaned_data["source"], form.cleaned_data["target"]
            codes = {"source": source.language_code, "target": target.language_code}
            units = unit_list(source_locale=source, target_locale=target, query=form.cleaned_data["q"].strip())
        page = Paginator(units.select_related("translator"), _PER_PAGE).get_page(request.GET.get("p"))
        is_manager = request.user.has_perm("translations.add_memoryunit")
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page_obj": page,
            "units": [(unit, plain_text(unit.source_text), plain_text(unit.target_text)) for unit in page],
            "directions": {name: locale_direction(code) for name, code in codes.items()},
            "codes": codes,
            "can_delete": request.user.has_perm("translations.delete_memoryunit"),
            "import_form": (self.import_form or MemoryImportForm(initial=codes, user=request.user))
            if is_manager
            else None,
        }


@require_POST
def memory_upload(request: Any) -> HttpResponseBase:
    """Have the worker try the file, and show what it would do."""
    _locales_or_403(request)
    if not request.user.has_perm("translations.add_memoryunit"):
        raise PermissionDenied
    form = MemoryImportForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        request.method = "GET"
        return MemoryView.as_view(import_form=form)(request)
    file = form.cleaned_data["file"]
    job = memory_import_enqueue(
        name=file.name,
        data=file.read(),
        owner=request.user,
        source=form.cleaned_data["source"].language_code,
        target_locale=form.cleaned_data["target"],
        dry_run=True,
    )
    return redirect("translation_desk:job", job.pk)


@require_POST
def memory_confirm(request: Any, job_id: int) -> HttpResponse:
    """Import the file of a dry run."""
    if not request.user.has_perm("translations.add_memoryunit"):
        raise PermissionDenied
    job = get_object_or_404(DeskJob, pk=job_id, owner_id=request.user.pk)
    try:
        done = memory_import_confirm(job=job)
    except JobError as error:
        messages.error(request, str(error))
        return redirect("translation_desk:job", job.pk)
    return redirect("translation_desk:job", done.pk)


@require_safe
def memory_download(request: Any) -> HttpResponseBase:
    """The texts between two languages as TMX."""
    _locales_or_403(request)
    form = PairForm(request.GET, user=request.user)
    if not form.is_valid():
        raise PermissionDenied
    source, target = form.cleaned_data["source"], form.cleaned_data["target"]
    return FileResponse(
        memory_export(source_locale=source, target_locale=target),
        as_attachment=True,
        filename=f"memory-{source.language_code}-{target.language_code}.tmx",
        content_type="application/x-tmx+xml",
    )


@require_POST
def memory_delete(request: Any, unit_id: int) -> HttpResponse:
    """Forget one text."""
    unit = get_object_or_404(MemoryUnit.objects.select_related("source_locale", "target_locale"), pk=unit_id)
    if not request.user.has_perm("translations.delete_memoryunit") or not locale_is_permitted(
        request.user, unit.target_locale
    ):
        raise PermissionDenied
    unit_delete(unit=unit)
    messages.success(request, _("The memory has forgotten this text."))
    query = {"source": unit.source_locale.language_code, "target": unit.target_locale.language_code}
    return redirect(reverse("translation_memory:index", query={**query, "q": request.POST.get("q", "")}))
