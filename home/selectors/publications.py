"""What was published lately, from Wagtail's audit log."""

from typing import Any

from wagtail.models import Page, PageLogEntry
from wagtail.permissions import page_permission_policy

_ACTIONS = ("wagtail.publish", "wagtail.publish.scheduled")
# How many entries of the log are read for each publication shown: a page published again and again fills several.
_DEPTH = 5


def publication_list_recent(*, user: Any, limit: int) -> list[dict[str, Any]]:
    """``{"page", "at", "by"}`` for the live pages published last that ``user`` may explore, each page once.

    ``by`` is a user, or None for a scheduled publication or a deleted account. Pages made in bulk by commands leave no
    entry in the log and are not news to anyone. Statements do not depend on the number of publications.
    """
    explorable = page_permission_policy.explorable_instances(user).values("pk")
    entries = (
        PageLogEntry.objects.filter(action__in=_ACTIONS, page__live=True, page__in=explorable)
        .order_by("-timestamp", "-pk")
        .values_list("page_id", "timestamp", "pk")[: limit * _DEPTH]
    )
    latest: dict[int, tuple[Any, int]] = {}
    for page_id, timestamp, entry_id in entries:
        latest.setdefault(page_id, (timestamp, entry_id))
    shown = dict(list(latest.items())[:limit])
    pages = Page.objects.select_related("locale", "content_type").in_bulk(shown)
    authors = {
        entry.pk: entry.user
        for entry in PageLogEntry.objects.filter(pk__in=[entry_id for _at, entry_id in shown.values()]).select_related(
            "user__wagtail_userprofile"
        )
    }
    return [
        {"page": pages[page_id], "at": timestamp, "by": authors[entry_id]}
        for page_id, (timestamp, entry_id) in shown.items()
        if page_id in pages
    ]
