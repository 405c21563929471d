"""Import and export in the admin: choose, map the columns, see what would happen, import."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from bulk.columns.mapping import IGNORED, header_map, targets
from bulk.columns.types import NAMES, RECORD_TYPES
from bulk.services import jobs
from bulk.sheets import Sheet, SheetError, SheetLimits, sheet_read
from bulk.sheets.reading import ENCODINGS, size_check
from translations.models import DeskJob
from translations.services.jobs import JobError

_FORMATS = [("xlsx", "XLSX (Excel, LibreOffice)"), ("csv", "CSV")]
_SAMPLES = 3


class ImportForm(forms.Form):
    """A file, and what is in it."""

    type = forms.ChoiceField(choices=NAMES, label=gettext_lazy("What"))
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("XLSX or CSV. The first line names the columns.")
    )
    encoding = forms.ChoiceField(
        choices=[("", gettext_lazy("Found out")), *((name, name) for name in ENCODINGS)],
        required=False,
        label=gettext_lazy("Encoding"),
        help_text=gettext_lazy("Of CSV alone."),
    )
    over_drafts = forms.BooleanField(
        required=False,
        label=gettext_lazy("Publish over drafts"),
        help_text=gettext_lazy("Otherwise entries that an editor has changed and not published are refused."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            size_check(file.size, SheetLimits.in_force())
        except SheetError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class ExportForm(forms.Form):
    """What to take out, and as what."""

    type = forms.ChoiceField(choices=NAMES, label=gettext_lazy("What"))
    format = forms.ChoiceField(choices=_FORMATS, label=gettext_lazy("Format"))


def _permitted(request: Any) -> None:
    if not request.user.has_perm(jobs.RIGHT):
        raise PermissionDenied


def _shown(request: Any, import_form: ImportForm, export_form: ExportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "page_title": _("Import and export"),
        "header_icon": "table",
        "import_form": import_form,
        "export_form": export_form,
        "columns": [(record_type.label, targets(record_type)) for record_type in RECORD_TYPES.values()],
    }
    return render(request, "bulk/index.html", context, status=status)


@require_safe
def index(request: Any) -> HttpResponse:
    """The two forms, and what the columns are called."""
    _permitted(request)
    return _shown(request, ImportForm(), ExportForm())


@require_POST
def export(request: Any) -> HttpResponse:
    """Have the worker write the table, and show how far it is."""
    _permitted(request)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _shown(request, ImportForm(), form)
    job = jobs.export_start(type_name=form.cleaned_data["type"], form=form.cleaned_data["format"], owner=request.user)
    return redirect("translation_desk:job", job.pk)


@require_POST
def upload(request: Any) -> HttpResponse:
    """Keep the file, and go on to its columns."""
    _permitted(request)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, form, ExportForm())
    file, encoding = form.cleaned_data["file"], form.cleaned_data["encoding"]
    data = file.read()
    try:
        _sheet_begin(data, encoding)
    except SheetError as error:
        form.add_error("file", str(error))
        return _shown(request, form, ExportForm())
    job = jobs.upload_keep(
        name=file.name,
        data=data,
        owner=request.user,
        type_name=form.cleaned_data["type"],
        encoding=encoding,
        over_drafts=form.cleaned_data["over_drafts"],
    )
    return redirect("bulk:mapping", job.pk)


def _sheet_begin(data: bytes, encoding: str) -> Sheet:
    return sheet_read(data=data, limits=SheetLimits.in_force(), encoding=encoding, header_only=True)


class MappingForm(forms.Form):
    """For each column of the table, which of ours it is."""

    def __init__(self, *args: Any, sheet: Sheet, type_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record_type = RECORD_TYPES[type_name]
        found, _unknown = header_map(record_type, header=sheet.header, chosen={})
        choices = [(IGNORED, _("Leave out")), *((each.name, _target_label(each)) for each in targets(record_type))]
        self.header = sheet.header
        for place, name in enumerate(sheet.header):
            guessed = found[place].name if place in found else IGNORED
            samples = [row.cells[place] for row in sheet.rows if row.cells[place]][:_SAMPLES]
            self.fields[f"column-{place}"] = forms.ChoiceField(
                choices=choices,
                initial=guessed,
                required=False,
                label=name or _("(column without a name)"),
                help_text=" · ".join(sample[:60] for sample in samples),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for name, value in list(cleaned.items()):
            if value and value in taken:
                self.add_error(name, _("Another column is read as this already."))
            taken[value] = name
        if "key" not in cleaned.values():
            raise forms.ValidationError(_("Say which column holds the stable key: without it nothing is found again."))
        return cleaned

    def mapping(self) -> list[str]:
        """The choice for each column, by its place: several may have no name."""
        return [self.cleaned_data[f"column-{place}"] for place in range(len(self.header))]


def _target_label(target: Any) -> str:
    label = str(target.column.label)
    text = f"{label[:1].upper()}{label[1:]}"
    return f"{text} – {target.name}" if target.name != text else text


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: Any, job_id: int) -> HttpResponse:
    """The columns of a file that was sent, with what they are taken for."""
    _permitted(request)
    job = get_object_or_404(DeskJob, pk=job_id, owner_id=request.user.pk, kind=jobs.IMPORT)
    if not jobs.is_unmapped(job=job):
        return redirect("translation_desk:job", job.pk)
    try:
        sheet = _sheet_begin(bytes(job.upload or b""), job.parameters["encoding"])
        form = MappingForm(
            request.POST if request.method == "POST" else None, sheet=sheet, type_name=job.parameters["type"]
        )
        if request.method == "POST" and form.is_valid():
            jobs.trial_start(job=job, mapping=form.mapping())
            return redirect("translation_desk:job", job.pk)
    except (SheetError, JobError) as error:
        messages.error(request, str(error))
        return redirect("bulk:index")
    context = {
        "page_title": _("Columns of the table"),
        "page_subtitle": job.parameters["name"],
        "header_icon": "table",
        "form": form,
        "job": job,
    }
    return render(request, "bulk/mapping.html", context)


@require_POST
def confirm(request: Any, job_id: int) -> HttpResponse:
    """Import the file of a trial."""
    _permitted(request)
    job = get_object_or_404(DeskJob, pk=job_id, owner_id=request.user.pk)
    try:
        done = jobs.import_confirm(job=job)
    except JobError as error:
        messages.error(request, str(error))
        return redirect("translation_desk:job", job.pk)
    return redirect("translation_desk:job", done.pk)
