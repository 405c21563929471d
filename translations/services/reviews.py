"""Translate, review, publish: the steps that a translated page takes before readers see it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from home.admin.publication import publication_problems
from home.localize.machine import machine_confirm
from home.localize.places import records_into
from home.localize.progress import remaining_get
from home.localize.rights import target_can_edit
from translations.models import TranslationReviewTask

# A hook for whoever knows more of a translation: ``function(record, user)`` returns lines that say why it must not be
# submitted for review yet; an empty list lets it pass.
PROBLEMS_HOOK = "translation_review_problems"


class ReviewRefusedError(Exception):
    """The step cannot be taken now. ``problems`` says why, one line each, in the active language."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def record_get(*, page: Page) -> Translation | None:
    """The translation under way that ``page`` is the target of."""
    return records_into(target=page).filter(enabled=True).select_related("source", "target_locale").first()


def state_is_review(*, state: WorkflowState) -> bool:
    """Was the last task of ``state`` the review of a translation?"""
    task_state = state.current_task_state
    return bool(task_state and isinstance(task_state.task.specific, TranslationReviewTask))


def _page_locked(*, record: Translation) -> Any:
    """The page of ``record``, which nobody else submits, approves or publishes meanwhile."""
    if not record.enabled:
        raise ReviewRefusedError(_("This translation was stopped: start it again first."))
    target = record.get_target_instance()
    if not isinstance(target, Page):
        raise ReviewRefusedError(_("Only pages are reviewed."))
    Page.objects.select_for_update().get(pk=target.pk)
    return record.get_target_instance()


@transaction.atomic
def review_submit(*, record: Translation, user: Any) -> WorkflowState:
    """Hand a complete translation over for review: its texts are written to a draft, and the page is held.

    After changes were requested, the same review goes on. Raise PermissionDenied, or ReviewRefusedError for a
    translation that is incomplete, under review already, stopped, or has a problem that blocks it.
    """
    page = _page_locked(record=record)
    if page.workflow_in_progress:
        raise ReviewRefusedError(_("It is under review already."))
    if not target_can_edit(user=user, target=page):
        raise PermissionDenied
    workflow = page.get_workflow()
    if workflow is None:
        raise ReviewRefusedError(_("No workflow is set for this part of the site: ask an administrator."))
    remaining = remaining_get(source=record.source, locale=record.target_locale, is_reviewed=True)
    problems: list[str] = [str(remaining)] if remaining else []
    found: Callable[[Translation, Any], list[str]]
    for found in hooks.get_hooks(PROBLEMS_HOOK):
        problems += found(record, user)
    if problems:
        raise ReviewRefusedError(*problems)
    record.save_target(user=user, publish=False)
    page = record.get_target_instance()
    problems = publication_problems(page, is_reviewed=True)
    if problems:
        raise ReviewRefusedError(*problems)
    state = page.current_workflow_state
    if state is None:
        started: WorkflowState = workflow.start(page, user)
        return started
    # Whoever hands it over now is the one who must not approve it.
    state.requested_by = user
    state.resume(user=user)
    return state


def _task_state_get(page: Any, user: Any, action: str) -> Any:
    task_state = page.current_workflow_task_state
    if task_state is None:
        raise ReviewRefusedError(_("It is not under review."))
    if action not in {name for name, _label, _modal in task_state.task.specific.get_actions(page, user)}:
        raise PermissionDenied
    return task_state


@transaction.atomic
def review_approve(*, record: Translation, user: Any, comment: str = "") -> bool:
    """Approve a translation; the last approval publishes it. Return whether it was published.

    Raise PermissionDenied, or ReviewRefusedError when it is not under review or cannot be published.
    """
    page = _page_locked(record=record)
    task_state = _task_state_get(page, user, "approve")
    try:
        # What was approved is taken back when it cannot be published.
        with transaction.atomic():
            task_state.task.specific.on_action(task_state, user, "approve", comment=comment)
    except ValidationError as error:
        raise ReviewRefusedError(*error.messages) from error
    except PermissionDenied as error:
        if not error.args:
            raise
        raise ReviewRefusedError(str(error)) from error
    return not WorkflowState.objects.filter(
        pk=task_state.workflow_state_id, status=WorkflowState.STATUS_IN_PROGRESS
    ).exists()


@transaction.atomic
def review_reject(*, record: Translation, user: Any, comment: str) -> None:
    """Give a translation back to its translator with what is to be changed.

    Raise PermissionDenied, or ReviewRefusedError when it is not under review or nothing is said.
    """
    page = _page_locked(record=record)
    task_state = _task_state_get(page, user, "reject")
    if not comment.strip():
        raise ReviewRefusedError(_("Say what is to be changed."))
    task_state.task.specific.on_action(task_state, user, "reject", comment=comment.strip())


@transaction.atomic
def review_withdraw(*, record: Translation, user: Any) -> None:
    """Take a translation back from review. Raise PermissionDenied, or ReviewRefusedError when there is none."""
    page = _page_locked(record=record)
    state = page.current_workflow_state
    if state is None:
        raise ReviewRefusedError(_("It is not under review."))
    # Whoever asked for it may have left the language since.
    if not (page.permissions_for_user(user).can_edit() and (user.is_superuser or state.user_can_cancel(user))):
        raise PermissionDenied
    state.cancel(user=user)


def review_finish(*, state: WorkflowState, user: Any) -> None:
    """Publish the page of an approved review as it is translated now; what a machine translated is confirmed by it.

    Raise ValidationError or PermissionDenied, with the reason, when it cannot be published.
    """
    page = state.content_object.specific
    record = record_get(page=page)
    if record:
        machine_confirm(record=record)
        record.save_target(user=user, publish=False)
        page = record.get_target_instance()
        latest = page.get_latest_revision_as_object()
        latest.full_clean()
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)
