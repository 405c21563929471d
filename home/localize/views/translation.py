"""What is done to one translation as a whole, and the snippet listing that the editor's choosers read."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import Translation, get_edit_url
from wagtail_localize.views import edit_translation as plain
from wagtail_localize.views.snippets_api import SnippetViewSet

from home.localize.machine import MachineReport, machine_fill, machine_translator
from home.localize.places import source_exists
from home.localize.rights import target_can_edit


def _record_and_target_or_404(translation_id: int) -> tuple[Translation, Any]:
    record = get_object_or_404(Translation.objects.select_related("source__object", "target_locale"), pk=translation_id)
    try:
        return record, record.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error


def translation_readable_or_403(request: Any, translation_id: int) -> Translation:
    """The translation, if the user may edit its target, locked or not. Raise Http404 or PermissionDenied."""
    record, target = _record_and_target_or_404(translation_id)
    if isinstance(target, Page):
        if not target.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
    elif not target_can_edit(user=request.user, target=target):
        raise PermissionDenied
    return record


def translation_writable_or_403(request: Any, translation_id: int) -> Translation:
    """The translation, if it is under way and the user may change its target now, which a lock forbids."""
    record, target = _record_and_target_or_404(translation_id)
    if not record.enabled or not target_can_edit(user=request.user, target=target):
        raise PermissionDenied
    return record


@require_POST
def machine_translate(request: Any, translation_id: int) -> HttpResponse:
    """Fill the empty texts of one translation; a service that fails is a message, never an error page."""
    record = translation_writable_or_403(request, translation_id)
    translator = machine_translator(record)
    if translator is None:
        raise Http404
    report = machine_fill(record=record, user=request.user, translator=translator)
    machine_report_show(request, report, translator.display_name)
    return redirect(get_valid_next_url_from_request(request) or get_edit_url(record.get_target_instance()))


def machine_report_show(request: Any, report: MachineReport, name: str) -> None:
    """Tell what a machine translated, and what it did not."""
    if report.stored:
        messages.success(
            request,
            ngettext(
                "%(count)d text was translated by %(name)s. Read it, and save it to confirm it.",
                "%(count)d texts were translated by %(name)s. Read each, and save it to confirm it.",
                report.stored,
            )
            % {"count": report.stored, "name": name},
        )
    if report.failure:
        messages.error(request, _("%(name)s: %(reason)s") % {"name": name, "reason": report.failure})
    if report.left_out:
        messages.warning(
            request,
            ngettext(
                "%(count)d text was left out: %(reason)s",
                "%(count)d texts were left out, the first for this reason: %(reason)s",
                len(report.left_out),
            )
            % {"count": len(report.left_out), "reason": report.left_out[0][1]},
        )
    if not (report.stored or report.failure or report.left_out):
        messages.warning(request, _("There is nothing left to translate."))


@require_POST
def stop(request: Any, translation_id: int) -> HttpResponse:
    translation_writable_or_403(request, translation_id)
    return plain.stop_translation(request, translation_id)


def preview(request: Any, translation_id: int, mode: str | None = None) -> HttpResponse:
    record = translation_readable_or_403(request, translation_id)
    if not source_exists(source=record.source):
        raise Http404
    return plain.preview_translation(request, translation_id, mode)


def _snippets_or_403(request: Any, app_label: str, model_name: str) -> None:
    if not user_can_edit_snippet_type(request.user, get_snippet_model_from_url_params(app_label, model_name)):
        raise PermissionDenied


def snippet_list(request: Any, app_label: str, model_name: str) -> HttpResponse:
    _snippets_or_403(request, app_label, model_name)
    return SnippetViewSet.as_view({"get": "list"})(request, app_label=app_label, model_name=model_name)


def snippet_detail(request: Any, app_label: str, model_name: str, pk: str) -> HttpResponse:
    _snippets_or_403(request, app_label, model_name)
    return SnippetViewSet.as_view({"get": "retrieve"})(request, app_label=app_label, model_name=model_name, pk=pk)
