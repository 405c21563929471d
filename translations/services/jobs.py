"""Background jobs of the desk: asked in a request, done by the worker, followed and read in the admin.

A kind of job is a generator that yields one :class:`JobItem` for each thing done. What it did before it fails stays
done and stays in the report, so a generator that must be all or nothing opens one transaction around its work.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from translations.models import DeskJob
from translations.services.job_pulse import job_is_silent, job_shown

logger = logging.getLogger("translations")


@dataclass(frozen=True, slots=True)
class JobItem:
    """What became of one item, in the language of whoever asked."""

    level: Literal["success", "warning", "error"]
    title: str
    message: str = ""
    url: str = ""


class JobError(Exception):
    """The job cannot be done; the message tells its owner why."""


_SHOWN = ["state", "finished_at", "phase", "report"]
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
    for left in DeskJob.objects.filter(state=DeskJob.State.RUNNING).defer("upload", "result").select_related("owner"):
        job_follow_up(job=left)
    now = timezone.now()
    taken = DeskJob.objects.filter(pk=job_id, state=DeskJob.State.WAITING).update(
        state=DeskJob.State.RUNNING, started_at=now, seen_at=now
    )
    if not taken:
        return
    job = DeskJob.objects.select_related("owner", "locale").get(pk=job_id)
    with translation.override(_language_of(job.owner)):
        try:
            with job_shown(job):
                for item in _workers[job.kind](job):
                    job.report.append(asdict(item))
                    job.done = max(job.done, len(job.report))
        except JobError as error:
            _end(job, DeskJob.State.FAILED, JobItem("error", str(error)))
        except Exception:
            logger.exception("Job %s failed", job.pk)
            _end(job, DeskJob.State.FAILED, JobItem("error", _("The job failed. The administrators' log says why.")))
        except BaseException:
            # The worker was told to end at once.
            _interrupt(job, DeskJob.objects.all())
            raise
        else:
            _end(job, DeskJob.State.DONE)


def job_phase_begin(job: DeskJob, phase: DeskJob.Phase) -> None:
    """Begin what is counted by itself, seen by others at once: before a transaction, as nobody sees into that."""
    job.phase, job.done, job.total = phase, 0, 0
    DeskJob.objects.filter(pk=job.pk, started_at=job.started_at).update(phase=phase, done=0, total=0)


def job_follow_up(*, job: DeskJob) -> None:
    """Store that a job was interrupted where its worker has given no sign for minutes."""
    if not job_is_silent(job):
        return
    try:
        with translation.override(_language_of(job.owner)):
            _interrupt(job, DeskJob.objects.filter(seen_at=job.seen_at))
    except OperationalError:
        # SQLite has one writer, and that may be this very job.
        job.refresh_from_db(fields=_SHOWN)


def _interrupt(job: DeskJob, jobs: QuerySet[DeskJob]) -> None:
    """Note that the worker ended before the job, which keeps the file that was sent for it. Among ``jobs`` alone."""
    item = JobItem(
        "error",
        _("The work was interrupted: its worker ended before it did."),
        _("Start it again: what was done is not done twice."),
    )
    job.report.append(asdict(item))
    job.state, job.finished_at, job.phase = DeskJob.State.INTERRUPTED, timezone.now(), ""
    running = jobs.filter(pk=job.pk, state=DeskJob.State.RUNNING, started_at=job.started_at)
    if not running.update(state=job.state, finished_at=job.finished_at, phase=job.phase, report=job.report):
        job.refresh_from_db(fields=_SHOWN)  # it has given a sign since, or ended


@transaction.atomic
def job_restart(*, job: DeskJob) -> None:
    """Have an interrupted job done from the beginning. Raise JobError for any other."""
    from translations.tasks import desk_job_task

    locked = DeskJob.objects.select_for_update().defer("upload", "result").get(pk=job.pk)
    if locked.state != DeskJob.State.INTERRUPTED:
        raise JobError(_("The job was not interrupted, or has been started again already."))
    locked.state, locked.started_at, locked.finished_at = DeskJob.State.WAITING, None, None
    locked.seen_at = timezone.now()  # it may be old, and is expected still: see jobs_prune
    locked.done, locked.total, locked.report = 0, 0, []
    locked.save(update_fields=["state", "started_at", "seen_at", "finished_at", "done", "total", "report"])
    transaction.on_commit(partial(desk_job_task.enqueue, locked.pk))


def _language_of(owner: Any) -> str:
    profile = UserProfile.objects.filter(user=owner).first() if owner else None
    language: str = (profile or UserProfile()).get_preferred_language()
    return language


class JobProgress:
    """For a kind that tells of its items when all are done: called after each, it counts them."""

    def __init__(self, job: DeskJob) -> None:
        self.job = job

    def __call__(self, *_args: Any) -> None:
        self.job.done += 1


def _end(job: DeskJob, state: DeskJob.State, item: JobItem | None = None) -> None:
    if item:
        job.report.append(asdict(item))
    job.state, job.phase, job.finished_at, job.upload = state, "", timezone.now(), None
    names = ("state", "phase", "finished_at", "upload", "done", "total", "report", "result", "result_name")
    # Not where it was taken for interrupted and somebody has started it anew.
    running = DeskJob.objects.filter(pk=job.pk, started_at=job.started_at)
    if not running.update(**{name: getattr(job, name) for name in names}):
        logger.warning("Job %s was started anew or deleted before its worker had ended it", job.pk)
