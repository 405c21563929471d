"""Publications at a set hour: one that has become impossible is given up, and the next ones go on."""

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from home.services.mails import mails_send

logger = logging.getLogger(__name__)

# What Wagtail's command says that it does.
SCHEDULED = "wagtail.publish.scheduled"
GIVEN_UP = "home.schedule.give_up"
_TEMPLATES = {
    part: f"home/mails/schedule{ending}"
    for part, ending in (("subject", "_subject.txt"), ("text", ".txt"), ("html", ".html"))
}


def schedule_give_up(*, page: Page, revision: Revision, error: ValidationError) -> None:
    """Withdraw the schedule of a version that is due and cannot be published any more; it stays as a draft.

    What readers have stays as it is. The page's history says why, and whoever owns the page or wrote the version gets
    an e-mail.
    """
    reasons = _reasons(page, error)
    logger.warning("Scheduled publication of page %s was given up: %s", page.pk, "; ".join(reasons))
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
    log(instance=page, action=GIVEN_UP, revision=revision, data={"reasons": reasons})
    mails_send(
        templates=_TEMPLATES,
        recipients=[page.owner, revision.user],
        context={
            "title": page.get_admin_display_title(),
            "reasons": reasons,
            "url": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
        },
    )


def _reasons(page: Page, error: ValidationError) -> list[str]:
    """Each fault with the name of its field, where it has one."""
    if not hasattr(error, "error_dict"):
        return [str(message) for message in error.messages]
    return [
        str(message) if name == NON_FIELD_ERRORS else f"{_label(page, name)}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _label(page: Page, name: str) -> Any:
    fields = {field.name: field for field in page._meta.get_fields()}
    found = fields.get(name)
    if found is None:
        return name
    return getattr(found, "verbose_name", None) or found.related_model._meta.verbose_name_plural


def live_revision_make(*, page: Any, revision: Revision) -> None:
    """Give a live page that was made in bulk the version that its row shows; ``revision`` is scheduled to follow it.

    Without one, Wagtail takes a page off the site when a later version of it is scheduled. It reads which one is live
    from the later version, too.
    """
    if not page.live or page.live_revision_id is not None or page.pk is None:
        return
    row = type(page)._default_manager.get(pk=page.pk)
    live = Revision.objects.create(
        content_type=row.get_content_type(),
        base_content_type=row.get_base_content_type(),
        object_id=str(row.pk),
        created_at=row.last_published_at or row.first_published_at or timezone.now(),
        object_str=str(row),
        content=row.serializable_data(),
    )
    page.live_revision = live
    Page.objects.filter(pk=page.pk).update(live_revision=live)
    revision.content["live_revision"] = live.pk
    revision.save(update_fields=["content"])
