"""The steps from a translation to its publication: buttons of the translation editor, and Wagtail's own addresses."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_localize.models import Translation, get_edit_url

from home.admin.publication import GuardedPageViewSet, GuardedWorkflowActionView
from home.localize.schedule import schedule_of_record
from translations.models import TranslationReviewTask
from translations.selectors.people import record_target
from translations.selectors.review_checks import review_advice
from translations.services.reviews import (
    ReviewRefusedError,
    record_get,
    review_approve,
    review_reject,
    review_submit,
    review_withdraw,
)
from translations.services.schedules import date_said


def record_and_target_or_404(translation_id: int) -> tuple[Translation, Any]:
    """The translation and the page or snippet that it is written to."""
    record = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
    target = record_target(record=record)
    if target is None:
        raise Http404
    return record, target


def _lines(what: str, lines: Iterable[str]) -> SafeString:
    return format_html(
        "{}<ul>{}</ul>", what, format_html_join("", "<li><bdi>{}</bdi></li>", ((each,) for each in lines))
    )


def _refuse(request: Any, what: str, problems: tuple[str, ...]) -> None:
    messages.error(request, _lines(what, problems))


def _approve(request: Any, record: Translation, comment: str) -> None:
    try:
        published = review_approve(record=record, user=request.user, comment=comment)
    except ReviewRefusedError as error:
        _refuse(request, _("It was not approved, and nothing was published:"), error.problems)
    else:
        messages.success(request, _outcome(record) if published else _("Approved."))


def _outcome(record: Translation) -> str:
    """What the last approval led to."""
    page = record.get_target_instance()
    if not page.approved_schedule:
        return _("Approved and published.")
    schedule = schedule_of_record(record=record)
    if schedule.waits or not schedule.go_live_at:
        return _("Approved. It goes live when its source does.")
    return _("Approved. It goes live on %(date)s.") % {"date": date_said(schedule.go_live_at)}


def _reject(request: Any, record: Translation, comment: str) -> None:
    try:
        review_reject(record=record, user=request.user, comment=comment)
    except ReviewRefusedError as error:
        _refuse(request, _("It was not given back:"), error.problems)
    else:
        messages.success(request, _("The translator was asked for changes."))


def _submit(request: Any, record: Translation, comment: str) -> None:
    try:
        review_submit(record=record, user=request.user)
    except ReviewRefusedError as error:
        _refuse(request, _("It was not submitted for review:"), error.problems)
    else:
        messages.success(request, _("Submitted for review. The reviewers have been told."))
        advice = review_advice(record)
        if advice:
            messages.warning(request, _lines(_("Worth a look:"), advice))


def _withdraw(request: Any, record: Translation, comment: str) -> None:
    try:
        review_withdraw(record=record, user=request.user)
    except ReviewRefusedError as error:
        _refuse(request, _("It was not withdrawn:"), error.problems)
    else:
        messages.success(request, _("Withdrawn from review."))


_STEPS: dict[str, Callable[[Any, Translation, str], None]] = {
    "submit": _submit,
    "approve": _approve,
    "reject": _reject,
    "withdraw": _withdraw,
}


@require_POST
def review_step(request: Any, translation_id: int, step: str) -> HttpResponse:
    """Take one step and go back to the translation editor, which tells what became of it."""
    record, target = record_and_target_or_404(translation_id)
    _STEPS[step](request, record, request.POST.get("comment", ""))
    return redirect(get_edit_url(target))


class ReviewActionView(GuardedWorkflowActionView):
    """Approves and gives back translations as the translation editor does; everything else as before.

    Wagtail 8.0 takes the state of any page's task from the address: whoever must not approve one page could name
    another in its place.
    """

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        state = self.task_state.workflow_state
        if state.object_id != str(self.object.pk) or state.base_content_type != self.object.get_base_content_type():
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        record = record_get(page=self.object) if isinstance(self.task, TranslationReviewTask) else None
        if record is None or self.action_name not in ("approve", "reject"):
            return super().post(request, *args, **kwargs)
        _STEPS[self.action_name](request, record, request.POST.get("comment", ""))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class ReviewedPageViewSet(GuardedPageViewSet):
    """Wagtail's own views for pages of every type, with the review of translations."""

    workflow_action_view_class = ReviewActionView
