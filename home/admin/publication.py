"""What stands between an incomplete draft and the public, where Wagtail publishes without a form.

A draft may lack what publishing requires, a news item's date for example. The page's own form asks for it when its
editor publishes. Publishing several pages from a listing, and approving a page's review, use no form: Wagtail would
answer with an internal error there.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from home.localize.publication import publication_refusal, translation_is_under_way
from home.localize.views.cascade import CascadingDeleteView, CascadingMoveView, CascadingUnpublishView
from home.localize.views.edit import TranslatedPageEditView
from home.models import BasePage

PUBLISHING_ACTIONS = frozenset({"approve"})


def publication_problems(page: Page, *, is_reviewed: bool = False) -> list[str]:
    """What keeps the latest version of ``page`` from being published, one line for each field; empty when nothing.

    ``is_reviewed``: a second person reads it first, and confirms what a machine translated.
    """
    latest = page.get_latest_revision_as_object()
    untranslated = publication_refusal(page=page, revision=page.get_latest_revision(), is_reviewed=is_reviewed)
    if untranslated:
        return [str(untranslated)]
    try:
        latest.full_clean()
        if isinstance(latest, BasePage):
            latest.publication_check()
    except ValidationError as error:
        lines = []
        for name, texts in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else str(latest._meta.get_field(name).verbose_name)
            lines += [f"{label}: {text}" if label else text for text in texts]
        return lines
    return []


def _message(problems: Iterable[tuple[Page, list[str]]]) -> SafeString:
    items = format_html_join("", "<li><bdi>{}</bdi> — {}</li>", ((page, " ".join(lines)) for page, lines in problems))
    return format_html("{}<ul>{}</ul>", _("Nothing was published: these pages are not complete yet."), items)


def _hold(page: Page, user: Any) -> list[str]:
    """Why nobody publishes ``page`` past those who hold it: its translation is under review, or it is locked."""
    if page.specific_deferred.workflow_in_progress and translation_is_under_way(page=page):
        return [_("it is under review, and is published when the review approves it.")]
    if page.permissions_for_user(user).page_locked():
        return [_("it is locked.")]
    return []


def bulk_publish_refuse(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: Any
) -> HttpResponse | None:
    """Refuse to publish a selection of pages, all of it, when one of them is incomplete or held; else None."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "publish" or not pages:
        return None
    if action.cleaned_form.cleaned_data["include_descendants"]:
        drafts = [draft for page in pages for draft in page.get_descendants().not_live()]
        pages += [draft for draft in drafts if draft.permissions_for_user(request.user).can_publish()]
    problems = [(page, lines) for page in pages if (lines := _hold(page, request.user) or publication_problems(page))]
    if not problems:
        return None
    messages.error(request, _message(problems))
    return redirect(action.next_url or "wagtailadmin_home")


class GuardedWorkflowActionView(WorkflowActionView):
    """Approves a review only when the page could be published; the reviewer is told what is missing."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.action_name in PUBLISHING_ACTIONS:
            lines = publication_problems(self.object)
            if lines:
                messages.error(request, _message([(self.object, lines)]))
                target = get_valid_next_url_from_request(request) or self.redirect_url
                if request.headers.get("x-requested-with") == "XMLHttpRequest":
                    return JsonResponse({"step": "success", "redirect": target})
                return redirect(target)
        return super().post(request, *args, **kwargs)


class GuardedPageViewSet(PageViewSet):
    """Wagtail's own views for pages of every type, with the guards."""

    edit_view_class = TranslatedPageEditView
    unpublish_view_class = CascadingUnpublishView
    delete_view_class = CascadingDeleteView
    move_confirm_view_class = CascadingMoveView
    workflow_action_view_class = GuardedWorkflowActionView
