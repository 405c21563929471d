"""Forget what the worker has done: its tasks hold e-mails with their addresses, for example."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult


def task_results_prune(*, dry_run: bool = False) -> int:
    """Delete tasks that ended ``DIWAN_KEEP_TASKS_DAYS`` ago, failed ones too; return their number. 0 days: none."""
    if (days := settings.DIWAN_KEEP_TASKS_DAYS) <= 0:
        return 0
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - timedelta(days=days))
    if dry_run:
        return ended.count()
    deleted, _of_models = ended.delete()
    return deleted
