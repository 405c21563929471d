"""Wagtail's notifications about workflows, made fit for translations and for readers of three languages.

Wagtail 8.0 sends them within the transaction of the action, where a mail server that cannot be resolved undoes it, and
renders their HTML in the language of whoever acted. Both are cured for every workflow; reviews of translations have
words and recipients of their own.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from translations.models import TranslationReviewTask
from translations.selectors.people import may_hear
from translations.selectors.reviews import assignment_of, reviewer_is_excluded
from translations.services.mails import event_templates, mails_send
from translations.services.reviews import state_is_review


class AfterwardsMixin:
    """Has the e-mails written after the action is committed, each wholly in its reader's language."""

    def state_of(self, instance: Any) -> WorkflowState:
        return instance

    def is_review(self, instance: Any) -> bool:
        return state_is_review(state=instance)

    def send_emails(
        self, template_set: dict[str, str], context: dict[str, Any], recipients: Any, **kwargs: Any
    ) -> bool:
        html = context["is_review"] or getattr(settings, "WAGTAILADMIN_NOTIFICATION_USE_HTML", False)
        mails_send(templates=template_set, recipients=recipients, context=context, html=html)
        return True

    def get_context(self, instance: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(instance, **kwargs)  # type: ignore[misc]  # a notifier
        context["is_review"] = self.is_review(instance)
        if context["is_review"]:
            state = self.state_of(instance)
            task_state = state.current_task_state
            context |= {
                "actor": kwargs.get("user"),
                "assignment": assignment_of(page=context["page"]),
                "requested_by": state.requested_by,
                "comment": task_state.comment if task_state else "",
            }
        return context

    def get_template_set(self, instance: Any, **kwargs: Any) -> dict[str, str]:
        if self.is_review(instance):
            return event_templates(self.notification)  # type: ignore[attr-defined]  # a notifier's
        templates: dict[str, str] = super().get_template_set(instance, **kwargs)  # type: ignore[misc]  # a notifier
        return templates

    def get_recipient_users(self, instance: Any, **kwargs: Any) -> Any:
        if self.is_review(instance):
            people = self.people_of(instance, self.state_of(instance).content_object.specific)
            return people - {kwargs.get("user")}
        return super().get_recipient_users(instance, **kwargs)  # type: ignore[misc]  # a notifier

    def people_of(self, instance: Any, page: Any) -> set[Any]:
        """Who hears of a review: whoever submitted the page and its translator, if they still work in the language."""
        assignment = assignment_of(page=page)
        people = {instance.requested_by, assignment.assignee if assignment else None}
        return {user for user in people if user and may_hear(user=user, target=page)}


class TaskSubmitted(AfterwardsMixin, GroupApprovalTaskStateSubmissionEmailNotifier):
    """To the reviewer who was named, else to all who may approve."""

    def state_of(self, instance: Any) -> WorkflowState:
        return instance.workflow_state

    def is_review(self, instance: Any) -> bool:
        return isinstance(instance.task.specific, TranslationReviewTask)

    def people_of(self, instance: Any, page: Any) -> set[Any]:
        groups = instance.task.specific.groups.all()
        members = get_user_model()._default_manager.filter(is_active=True, groups__in=groups).distinct()
        assignment = assignment_of(page=page)
        named = [user for user in members if assignment and user.pk == assignment.reviewer_id]
        return {user for user in named or members if not reviewer_is_excluded(page=page, user=user)}


class WorkflowSubmitted(AfterwardsMixin, WorkflowStateSubmissionEmailNotifier):
    """Of a translation nobody hears twice: its reviewers are told by :class:`TaskSubmitted`."""

    def people_of(self, instance: Any, page: Any) -> set[Any]:
        return set()


class WorkflowApproved(AfterwardsMixin, WorkflowStateApprovalEmailNotifier):
    """The translation was approved, and so published."""


class WorkflowRejected(AfterwardsMixin, WorkflowStateRejectionEmailNotifier):
    """Changes were requested."""


def register() -> None:
    """Take the places of Wagtail's notifiers; called once, whether Wagtail's are connected yet or not."""
    for signal, sender, name, notifier in (
        (task_submitted, TaskState, "group_approval_task_submitted", TaskSubmitted()),
        (workflow_submitted, WorkflowState, "workflow_state_submitted", WorkflowSubmitted()),
        (workflow_approved, WorkflowState, "workflow_state_approved", WorkflowApproved()),
        (workflow_rejected, WorkflowState, "workflow_state_rejected", WorkflowRejected()),
    ):
        uid = f"{name}_email_notification"
        signal.disconnect(sender=sender, dispatch_uid=uid)
        # Signals keep weak references.
        signal.connect(notifier, sender=sender, dispatch_uid=uid, weak=False)
