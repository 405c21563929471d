"""Where the review of a translation stands, and who may do it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import Page, TaskState, WorkflowState

from home.localize.rights import target_can_edit
from translations.models.assignment import TranslationAssignment

User = AbstractBaseUser | AnonymousUser


def assignment_of(*, page: Page) -> TranslationAssignment | None:
    """The assignment of the translation that ``page`` is the target of."""
    return (
        TranslationAssignment.objects.filter(
            translation__source__object_id=page.translation_key, translation__target_locale_id=page.locale_id
        )
        .select_related("assignee", "reviewer")
        .first()
    )


def _excludes(*, assignment: TranslationAssignment | None, requested_by: int | None, page: Page, user: Any) -> bool:
    if user.is_superuser:
        return False
    if user.pk == requested_by:
        return True
    if assignment is None:
        return False
    if assignment.assignee_id == user.pk:
        return True
    named = assignment.reviewer
    if named is None or named.pk == user.pk or not named.is_active:
        return False
    return not page.permissions_for_user(user).can_publish()


def reviewer_is_excluded(*, page: Any, user: Any) -> bool:
    """May ``user`` not approve ``page``, whichever groups she is in?

    Two people see each translation: neither its translator nor whoever submitted it approves it. A named reviewer
    leaves out the others, those excepted who may publish there. Superusers are never left out.
    """
    if user.is_superuser:
        return False
    state = page.current_workflow_state
    return _excludes(
        assignment=assignment_of(page=page), requested_by=state.requested_by_id if state else None, page=page, user=user
    )


def task_state_list_excluded(*, states: Iterable[TaskState], user: Any) -> list[int]:
    """The ids of those among ``states`` that ``user`` may not approve; three statements for any number of pages."""
    if user.is_superuser:
        return []
    by_page: dict[str, TaskState] = {state.workflow_state.object_id: state for state in states}
    pages = list(Page.objects.filter(pk__in=by_page)) if by_page else []
    assignments = {
        (assignment.translation.source.object_id, assignment.translation.target_locale_id): assignment
        for assignment in TranslationAssignment.objects.filter(
            translation__source__object_id__in=[page.translation_key for page in pages]
        ).select_related("reviewer", "translation__source")
    }
    return [
        by_page[str(page.pk)].pk
        for page in pages
        if _excludes(
            assignment=assignments.get((page.translation_key, page.locale_id)),
            requested_by=by_page[str(page.pk)].workflow_state.requested_by_id,
            page=page,
            user=user,
        )
    ]


def _can_withdraw(state: WorkflowState, page: Any, user: Any, actions: set[str]) -> bool:
    """What Wagtail's ``user_can_cancel`` says, from what is known already."""
    if user.is_superuser:
        return True
    if page.locked and page.locked_by_id != user.pk:
        return False
    return user.pk in (state.requested_by_id, page.owner_id) or "approve" in actions


@dataclass(frozen=True)
class ReviewStanding:
    """Where one page stands between translation and publication, and what one user may do about it.

    ``comment`` is what the reviewer asked for, while changes are requested.
    """

    in_review: bool
    changes_requested: bool
    submitted_by: Any
    submitted_at: datetime.datetime | None
    comment: str
    assignment: TranslationAssignment | None
    can_submit: bool
    can_approve: bool
    can_reject: bool
    can_withdraw: bool


def review_standing(*, page: Any, user: Any) -> ReviewStanding:
    """Read the standing of ``page`` for ``user``."""
    state = page.current_workflow_state
    in_review = state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS
    task_state = state.current_task_state if state else None
    actions: set[str] = set()
    if in_review and task_state:
        actions = {name for name, _label, _modal in task_state.task.specific.get_actions(page, user)}
    can_submit = not in_review and page.get_workflow() is not None and target_can_edit(user=user, target=page)
    return ReviewStanding(
        in_review=in_review,
        changes_requested=state is not None and not in_review,
        submitted_by=state.requested_by if state else None,
        submitted_at=task_state.started_at if task_state else None,
        comment=task_state.comment if state and not in_review and task_state else "",
        assignment=assignment_of(page=page),
        can_submit=can_submit,
        can_approve="approve" in actions,
        can_reject="reject" in actions,
        can_withdraw=in_review and _can_withdraw(state, page, user, actions),
    )
