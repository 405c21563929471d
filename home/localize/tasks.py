"""Work that takes longer than a request should."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django_tasks import task
from wagtail.models import Locale, Page


@task()
def subtree_submit_task(page_id: int, locale_ids: list[int], user_id: int) -> dict[str, list[list[object]]]:
    """Submit everything below a page. The result holds ``submitted`` and ``skipped``: pairs of page id and locale."""
    from home.localize.submission import subtree_submit

    report = subtree_submit(
        page=Page.objects.get(pk=page_id),
        locales=Locale.objects.filter(pk__in=locale_ids),
        user=get_user_model()._default_manager.get(pk=user_id),
    )
    return {
        "submitted": [list(pair) for pair in report.submitted],
        "skipped": [list(pair) for pair in report.skipped],
    }


# Takes the page, the locales and the user; starts the work after the transaction; returns where it can be followed.
SubtreeStarter = Callable[[Page, Sequence[Locale], Any], str]


def _task_start(page: Page, locales: Sequence[Locale], user: Any) -> str:
    locale_ids = [locale.pk for locale in locales]
    transaction.on_commit(partial(subtree_submit_task.enqueue, page.pk, locale_ids, user.pk))
    return ""


_starters: list[SubtreeStarter] = [_task_start]


def subtree_starter_register(starter: SubtreeStarter) -> None:
    """Have ``starter`` start the submission of subtrees: for an app above that shows how far it is."""
    if starter not in _starters:
        _starters.append(starter)


def subtree_start(*, page: Page, locales: Sequence[Locale], user: Any) -> str:
    """Submit everything below ``page`` in the background. Return the address of a page that tells about it, or ""."""
    return _starters[-1](page, locales, user)
