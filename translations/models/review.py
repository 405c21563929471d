"""The review of a translation before it is published."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from translations.selectors.reviews import reviewer_is_excluded, task_state_list_excluded


class TranslationReviewTask(AbstractGroupApprovalTask):
    """One approval by a second person: members of the chosen groups, never whoever translated or submitted the page.

    Where the assignment of a translation names a reviewer, only that person approves it, and those who may publish in
    the language, so that nothing waits for somebody who is away.
    """

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if reviewer_is_excluded(page=obj, user=user):
            return []
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        return actions

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While a page is under review, only those who may approve it change its text."""
        return bool(super().locked_for_user(obj, user)) or reviewer_is_excluded(page=obj, user=user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        excluded = task_state_list_excluded(states=states.select_related("workflow_state"), user=user)
        return states.exclude(pk__in=excluded) if excluded else states

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups approve a translation that somebody else made"))

    class Meta:
        verbose_name = _("review of a translation")
        verbose_name_plural = _("reviews of translations")
