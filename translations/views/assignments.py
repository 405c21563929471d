"""The form that gives one translation its translator, reviewer, date and urgency."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page
from wagtail_localize.models import get_edit_url

from translations.models import TranslationAssignment
from translations.selectors.people import can_assign, reviewer_list, translator_list
from translations.services.assignments import AssignmentChanges, translation_assign
from translations.views.reviews import record_and_target_or_404


class PersonField(forms.ModelChoiceField):
    """Shows people by their full names."""

    def label_from_instance(self, obj: Any) -> str:
        name = obj.get_full_name()
        return f"{name} ({obj.get_username()})" if name else str(obj.get_username())


class AssignmentForm(forms.ModelForm):
    """Offers the people who work in the language; the service checks each for this very page."""

    class Meta:
        model = TranslationAssignment
        fields = ["assignee", "reviewer", "due_on", "priority", "note"]
        field_classes = {"assignee": PersonField, "reviewer": PersonField}
        widgets = {"due_on": AdminDateInput, "note": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}

    def __init__(self, *args: Any, target: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assignee: Any = self.fields["assignee"]
        assignee.queryset = translator_list(locale=target.locale)
        assignee.empty_label = gettext_lazy("Nobody yet")
        if isinstance(target, Page):
            reviewer: Any = self.fields["reviewer"]
            reviewer.queryset = reviewer_list(page=target)
            reviewer.empty_label = gettext_lazy("Any reviewer of the language")
        else:
            del self.fields["reviewer"]


def assignment_edit(request: Any, translation_id: int) -> HttpResponse:
    """GET the form, POST what it says; then back to where the user came from, the translation editor at first."""
    record, target = record_and_target_or_404(translation_id)
    if not can_assign(user=request.user, target=target):
        raise PermissionDenied
    next_url = get_valid_next_url_from_request(request) or get_edit_url(target)
    assignment = TranslationAssignment.objects.filter(translation=record).first()
    if request.method == "POST":
        # The form must not write into the assignment that the service compares with.
        form = AssignmentForm(request.POST, target=target)
        if form.is_valid():
            changes = cast(AssignmentChanges, form.cleaned_data)
            report = translation_assign(records=[record], user=request.user, changes=changes)
            if not report.refused:
                messages.success(request, _("The assignment is saved."))
                return redirect(next_url)
            form.add_error(None, report.refused[0][1])
    else:
        form = AssignmentForm(instance=assignment, target=target)
    title = target.get_admin_display_title() if isinstance(target, Page) else str(target)
    context = {"form": form, "record": record, "title": title, "next_url": next_url, "media": form.media}
    return render(request, "translations/admin/assignment.html", context)
