"""Background jobs of the desk: asked in a request, done by the worker, followed and read in the admin.

A kind of job is a generator that yields one :class:`JobItem` for each thing done. What it did before it fails stays
done and stays in the report, so a generator that must be all or nothing opens one transaction around its work.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from translations.models import DeskJob

logger = logging.getLogger("translations")

_SAVE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class JobItem:
    """What became of one item, in the language of whoever asked."""

    level: Literal["success", "warning", "error"]
    title: str
    message: str = ""
    url: str = ""


class JobError(Exception):
    """The job cannot be done; the message tells its owner why."""


Worker = Callable[[DeskJob], Iterator[JobItem]]
_workers: dict[str, Worker] = {}


def job_kind(kind: DeskJob.Kind) -> Callable[[Worker], Worker]:
    """Register the function that does jobs of ``kind``. It sets ``job.total`` before its first item."""

    def register(worker: Worker) -> Worker:
        _workers[kind.value] = worker
        return worker

    return register


def job_enqueue(
    *,
    kind: DeskJob.Kind,
    owner: Any,
    parameters: dict[str, Any],
    locale: Locale | None = None,
    upload: bytes | None = None,
) -> DeskJob:
    """Keep what was asked, and have the worker do it after this transaction. ``parameters`` must fit in JSON."""
    from translations.tasks import desk_job_task

    job = DeskJob.objects.create(kind=kind, owner=owner, locale=locale, parameters=parameters, upload=upload)
    transaction.on_commit(partial(desk_job_task.enqueue, job.pk))
    return job


def job_run(*, job_id: int) -> None:
    """Do a job that waits. A job that another worker has taken, or that has ended, is left alone."""
    taken = DeskJob.objects.filter(pk=job_id, state=DeskJob.State.WAITING).update(
        state=DeskJob.State.RUNNING, started_at=timezone.now()
    )
    if not taken:
        return
    job = DeskJob.objects.select_related("owner", "locale").get(pk=job_id)
    with translation.override(_language_of(job.owner)):
        try:
            _follow(job, _workers[job.kind](job))
        except JobError as error:
            _end(job, DeskJob.State.FAILED, JobItem("error", str(error)))
        except Exception:
            logger.exception("Job %s failed", job.pk)
            _end(job, DeskJob.State.FAILED, JobItem("error", _("The job failed. The administrators' log says why.")))
        else:
            _end(job, DeskJob.State.DONE)


def _language_of(owner: Any) -> str:
    profile = UserProfile.objects.filter(user=owner).first() if owner else None
    language: str = (profile or UserProfile()).get_preferred_language()
    return language


def _follow(job: DeskJob, items: Iterator[JobItem]) -> None:
    saved = 0.0
    for item in items:
        job.report.append(asdict(item))
        job.done = max(job.done, len(job.report))
        # The page that shows the progress asks about once a second.
        if time.monotonic() - saved >= _SAVE_SECONDS:
            job.save(update_fields=["done", "total", "report"])
            saved = time.monotonic()


class JobProgress:
    """For a kind that tells of its items when all are done: called after each, it shows how many were."""

    def __init__(self, job: DeskJob) -> None:
        self.job, self._saved = job, 0.0

    def __call__(self, *_args: Any) -> None:
        self.job.done += 1
        if time.monotonic() - self._saved >= _SAVE_SECONDS:
            self.job.save(update_fields=["done", "total"])
            self._saved = time.monotonic()


def _end(job: DeskJob, state: DeskJob.State, item: JobItem | None = None) -> None:
    if item:
        job.report.append(asdict(item))
    job.state, job.finished_at, job.upload = state, timezone.now(), None
    job.save(update_fields=["state", "finished_at", "upload", "done", "total", "report", "result", "result_name"])
