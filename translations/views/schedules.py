"""The form that says when one translation goes live and when it ends."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail_localize.models import get_edit_url

from home.localize.schedule import source_schedule_get
from home.models import TranslationSchedule
from translations.services.schedules import can_schedule, translation_schedule_set
from translations.views.reviews import record_and_target_or_404


class ScheduleForm(forms.ModelForm):
    """Two dates; the service compares them with those of the source."""

    class Meta:
        model = TranslationSchedule
        fields = ["go_live_at", "expire_at"]
        widgets = {"go_live_at": AdminDateTimeInput, "expire_at": AdminDateTimeInput}


def schedule_edit(request: Any, translation_id: int) -> HttpResponse:
    """GET the form, POST what it says; then back to where the user came from, the translation editor at first."""
    record, target = record_and_target_or_404(translation_id)
    if not can_schedule(user=request.user, target=target):
        raise PermissionDenied
    next_url = get_valid_next_url_from_request(request) or get_edit_url(target)
    schedule = TranslationSchedule.objects.filter(translation=record).first()
    form = ScheduleForm(request.POST or None, instance=schedule)
    if request.method == "POST" and form.is_valid():
        try:
            translation_schedule_set(record=record, user=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The schedule is saved."))
            return redirect(next_url)
    context = {
        "form": form,
        "source": source_schedule_get(record=record),
        "title": target.get_admin_display_title(),
        "next_url": next_url,
        "media": form.media,
    }
    return render(request, "translations/admin/schedule.html", context)
