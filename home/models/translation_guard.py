"""What keeps an unfinished translation from readers, whichever way it is published."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied

logger = logging.getLogger(__name__)


class TranslationGuardMixin:
    """Refuses to publish a page whose translation is not complete.

    The translation editor says so in its own words. This stands behind everything else that publishes a revision:
    bulk actions, workflows, schedules, services.
    """

    def get_own_title(self) -> str:
        """The name that this page has in its language without any translator, such as a country's; empty for none."""
        return ""

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Publish as Wagtail does. Raise PermissionDenied for an incomplete translation; without a user only log it.

        A schedule has no user, and an error would stop it for every page that comes after this one. A translation gets
        the dates of its source first; while that was not public yet, it is not published but held until then.
        """
        from home.localize.publication import publication_refusal
        from home.localize.schedule import revision_hold, schedule_get, schedule_write_revision

        refusal = publication_refusal(page=self, revision=revision)
        if refusal:
            if user is not None:
                raise PermissionDenied(refusal)
            logger.warning("Revision %s of page %s is not published: %s", revision.pk, self.pk, refusal)  # type: ignore[attr-defined]  # a page
            return None
        schedule = schedule_get(page=self)
        if schedule:
            schedule_write_revision(revision=revision, schedule=schedule)
            if schedule.waits:
                revision_hold(revision=revision)
                return None
        return super().publish(revision, user, *args, **kwargs)  # type: ignore[misc]  # Page.publish
