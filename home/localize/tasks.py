"""Work that takes longer than a request should."""

from django.contrib.auth import get_user_model
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
