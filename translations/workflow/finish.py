"""What happens when the last approval is given; the setting WAGTAIL_FINISH_WORKFLOW_ACTION names it.

Wagtail imports it while its models are loaded, so this module imports none.
"""

from typing import Any


def workflow_publish(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved, in the transaction of the approval: what cannot be published is not approved.

    The texts of a translation are written to the page anew, as reviewers may have changed some, and its approval is
    enough to publish it, whatever other rights the approver has. Everything else is published as Wagtail does.
    """
    from wagtail.workflows import publish_workflow_state

    from translations.services.reviews import review_finish, state_is_review

    if state_is_review(state=workflow_state):
        review_finish(state=workflow_state, user=user)
    else:
        publish_workflow_state(workflow_state, user=user)
