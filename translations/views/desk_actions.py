"""The bulk actions of the desk: what each asks before it starts."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale

from translations.exchange.units import Format
from translations.models import DeskJob, TranslationAssignment
from translations.selectors.people import ASSIGN_PERMISSION, reviewer_list_of, translator_list
from translations.services.jobs import job_enqueue

_LEAVE = [("", gettext_lazy("Leave as it is"))]


class _NothingForm(forms.Form):
    """An action that needs no more than the pages."""

    def parameters(self) -> dict[str, Any]:
        return {}


class AssignForm(forms.Form):
    """What is left empty stays as it is."""

    assignee = forms.ChoiceField(label=gettext_lazy("Translator"), required=False)
    reviewer = forms.ChoiceField(label=gettext_lazy("Reviewer"), required=False)
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=AdminDateInput)
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"),
        required=False,
        choices=[*_LEAVE, *TranslationAssignment.Priority.choices],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, locale: Locale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Those who work in the language; the service checks each for every page.
        for name, people in (
            ("assignee", translator_list(locale=locale)),
            ("reviewer", reviewer_list_of(locale=locale)),
        ):
            named = [(str(person.pk), person.get_full_name() or person.get_username()) for person in people]
            self.fields[name].choices = [*_LEAVE, *named]  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.values()):
            raise forms.ValidationError(_("Say what to change."))
        return cleaned

    def parameters(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        for name in ("assignee", "reviewer", "priority"):
            if name in given:
                given[name] = int(given[name])
        if "due_on" in given:
            given["due_on"] = given["due_on"].isoformat()
        return {"changes": given}


class ExportForm(forms.Form):
    """The kind of file to make of each page."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(form.value, form.label) for form in Format],
        initial=Format.XLIFF21.value,
    )

    def __init__(self, *args: Any, locale: Locale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def parameters(self) -> dict[str, Any]:
        return {"format": self.cleaned_data["format"]}


@dataclass(frozen=True)
class DeskAction:
    """A bulk action: the job that does it, the form that it needs, and the right that it takes."""

    kind: DeskJob.Kind
    label: Any
    form: Any = None
    permission: str = "wagtail_localize.submit_translation"

    def answer(self, *, request: Any, locale: Locale, pages: list[int], desk: str) -> HttpResponse:
        """The form, or the page of the job that was started."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        form: Any = _NothingForm(request.POST)
        if self.form is not None:
            form = self.form(request.POST if "confirmed" in request.POST else None, locale=locale)
            if not form.is_bound or not form.is_valid():
                return render(
                    request,
                    "translations/desk/action.html",
                    {
                        "form": form,
                        "action": self,
                        "name": request.POST["action"],
                        "pages": pages,
                        # Thousands of fields would be refused: what the filters show is asked for again.
                        "everything": bool(request.POST.get("everything")),
                        "desk": desk,
                        "query": request.POST.get("query", ""),
                        "action_url": request.path,
                        "page_title": self.label,
                        "header_icon": "wagtail-localize-language",
                    },
                )
        form.is_valid()
        job = job_enqueue(
            kind=self.kind, owner=request.user, locale=locale, parameters={"pages": pages, **form.parameters()}
        )
        return redirect("translation_desk:job", job.pk)


ACTIONS: dict[str, DeskAction] = {
    "submit": DeskAction(DeskJob.Kind.SUBMIT, gettext_lazy("Submit for translation")),
    "assign": DeskAction(DeskJob.Kind.ASSIGN, gettext_lazy("Assign"), AssignForm, ASSIGN_PERMISSION),
    "export": DeskAction(DeskJob.Kind.EXPORT, gettext_lazy("Export"), ExportForm),
    "machine-translate": DeskAction(DeskJob.Kind.MACHINE, gettext_lazy("Machine-translate")),
}


def actions_offered(user: Any) -> list[tuple[str, Any]]:
    """Name and label of each action that the user has the right to."""
    return [(name, action.label) for name, action in ACTIONS.items() if user.has_perm(action.permission)]


def action_of(name: str) -> DeskAction:
    """The action of this name. Raise Http404 when there is none."""
    if name not in ACTIONS:
        raise Http404
    return ACTIONS[name]
