"""Sends purges to every cache that is configured, in the background, until each has taken them."""

import logging
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task
from wagtail.contrib.frontend_cache.utils import get_backends

from api.cache.tags import EVERYTHING
from api.cdn.backends import PurgeError, TagBackend
from api.cdn.changes import change_tags
from home.services.content_changes import ContentChanges

logger = logging.getLogger("api")

# Seconds before each new attempt; the last one again and again, for about a day in all.
DELAYS = (5, 15, 60, 300, 900, *[3600] * 23)
# A purge is sent once more after so many seconds: an answer that was being made when the change was committed, from
# what stood before, may reach the cache after the first one.
AGAIN_SECONDS = 15
# Of purges that failed before: a CDN that hangs takes its time each time, and all other work of the worker comes first.
_RETRY_PRIORITY = -10


def tag_backends() -> dict[str, TagBackend]:
    """The caches of WAGTAILFRONTENDCACHE that know tags, by name."""
    return {name: backend for name, backend in get_backends().items() if isinstance(backend, TagBackend)}


def tags_purge(tags: list[str], *, only: Collection[str] | None = None) -> dict[str, PurgeError]:
    """Have the caches forget what has one of ``tags``; the errors of those that could not be told, by name."""
    failed = {}
    for name, backend in tag_backends().items():
        if only is not None and name not in only:
            continue
        try:
            backend.purge_tags(tags)
        except PurgeError as error:
            failed[name] = error
        else:
            logger.info("Purged at %s: %s", name, " ".join(tags))
    return failed


@task()
def changes_purge_task(changes: dict[str, Any]) -> list[str]:
    """Purge what a transaction made old. The reference index is brought up to date earlier in the same queue."""
    try:
        tags = change_tags(ContentChanges.from_json(changes))
    except Exception:
        # A task of another release, for example: whatever it is, what the caches keep would stay old.
        logger.exception("What a change made old could not be told: everything is purged")
        tags = [EVERYTHING]
    if tags:
        _purge(tags, only=None, attempt=0, again=True)
    return tags


@task()
def tags_purge_task(tags: list[str], only: list[str] | None, attempt: int, again: bool) -> None:
    """Purge tags at some of the caches; ``again`` for what is to be sent once more later."""
    _purge(tags, only=only, attempt=attempt, again=again)


def everything_purge_later(seconds: int) -> bool:
    """Have every cache forget everything after ``seconds``; whether that will be done."""
    return bool(tag_backends()) and _later(seconds, [EVERYTHING], list(tag_backends()), 0, again=False)


def _purge(tags: list[str], *, only: list[str] | None, attempt: int, again: bool) -> None:
    failed = tags_purge(tags, only=only)
    reached = [name for name in tag_backends() if name not in failed and (only is None or name in only)]
    if again and reached:
        _later(AGAIN_SECONDS, tags, reached, 0, again=False)
    for name, error in failed.items():
        if attempt < len(DELAYS) and _later(DELAYS[attempt], tags, [name], attempt + 1, again=again):
            logger.warning("%s could not be purged (%s); it is tried again in %d s", name, error, DELAYS[attempt])
        else:
            logger.error(
                "%s could not be purged (%s), and is not tried again: what it keeps may be old. "
                "When it answers, run: manage.py purge_cdn %s", name, error, " ".join(tags),
            )  # fmt: skip


def _later(seconds: int, tags: list[str], only: list[str], attempt: int, *, again: bool) -> bool:
    """Enqueue a purge for later; whether this back end of tasks can wait."""
    if not tags_purge_task.get_backend().supports_defer:
        return False
    due = timezone.now() + timedelta(seconds=seconds)
    task = tags_purge_task.using(run_after=due, priority=_RETRY_PRIORITY if attempt else None)
    task.enqueue(tags, only, attempt, again)
    return True
