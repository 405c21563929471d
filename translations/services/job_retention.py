"""Forget old jobs of the desk: their files first, then what they reported."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from translations.models import DeskJob

_OVER = (DeskJob.State.DONE, DeskJob.State.FAILED)


@dataclass(frozen=True, slots=True)
class JobsPruned:
    """How many files were removed, jobs given up that no worker has ended, and jobs deleted."""

    files: int
    given_up: int
    jobs: int


def job_files_until(*, job: DeskJob) -> datetime | None:
    """When the file of a job that has ended is removed; None where that is never."""
    days = settings.DIWAN_KEEP_JOB_FILES_DAYS
    return job.finished_at + timedelta(days=days) if days > 0 and job.finished_at else None


def jobs_prune(*, dry_run: bool = False) -> JobsPruned:
    """Remove the files of jobs that ended ``DIWAN_KEEP_JOB_FILES_DAYS`` ago, and jobs of ``DIWAN_KEEP_JOBS_DAYS`` ago.

    A job that has waited or run for as long as files are kept is given up, with the file that was sent for it: its
    worker is gone, and what it would do then nobody expects any more. 0 days: nothing is removed.
    """
    now = timezone.now()
    files, given_up, jobs = DeskJob.objects.none(), DeskJob.objects.none(), DeskJob.objects.none()
    if (days := settings.DIWAN_KEEP_JOB_FILES_DAYS) > 0:
        before = now - timedelta(days=days)
        has_file = Q(result__isnull=False) | Q(upload__isnull=False) | ~Q(result_name="")
        files = DeskJob.objects.filter(has_file, state__in=_OVER, finished_at__lt=before)
        given_up = DeskJob.objects.exclude(state__in=_OVER).filter(created_at__lt=before)
        given_up = given_up.filter(Q(started_at=None) | Q(started_at__lt=before))
        # Nor one that was started again since, and waits.
        given_up = given_up.exclude(state=DeskJob.State.WAITING, seen_at__gte=before)
    if (days := settings.DIWAN_KEEP_JOBS_DAYS) > 0:
        jobs = DeskJob.objects.filter(state__in=_OVER, created_at__lt=now - timedelta(days=days))
    if dry_run:
        return JobsPruned(files.count(), given_up.count(), jobs.count())
    lost = list(given_up.defer("upload", "result"))
    for job in lost:
        _give_up(job, now)
    removed = files.update(result=None, upload=None, result_name="")
    # Files that are kept for ever go with their jobs: they are not read for it.
    deleted, _of_models = jobs.defer("upload", "result", "report").delete()
    return JobsPruned(removed, len(lost), deleted)


def _give_up(job: DeskJob, now: datetime) -> None:
    message = _("The job was given up: no worker has ended it.")
    job.report = [*job.report, {"level": "error", "title": message, "message": "", "url": ""}]
    job.state, job.finished_at, job.upload = DeskJob.State.FAILED, now, None
    job.save(update_fields=["state", "finished_at", "upload", "report"])
