"""What others see of a job while it runs: how far it is, and that its worker lives.

A job may do all its work in one transaction, and nobody else sees what stands in that before it ends. So a thread
beside the job writes its row by a connection of its own, about once a second. SQLite has one writer: while a job
writes, the thread waits, and the row says what the job was at when it began to.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, connections
from django.utils import timezone

from translations.models import DeskJob

logger = logging.getLogger("translations")

_SECONDS = 1.0
# A worker that has nothing new to tell says so much more seldom.
_SIGN = timedelta(seconds=20)
# Longer than an import of the largest table keeps the only writer of SQLite waiting.
SILENCE = timedelta(minutes=5)


@contextmanager
def job_shown(job: DeskJob) -> Iterator[None]:
    """Show ``done``, ``total``, ``phase`` and ``report`` of this object until the end of the block."""
    if not _is_seen_by_others():
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_show, args=(job, over), name=f"job-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def job_is_silent(job: DeskJob) -> bool:
    """Whether a job is said to run, and its worker has given no sign for minutes."""
    sign = job.seen_at or job.started_at
    return job.state == DeskJob.State.RUNNING and sign is not None and sign < timezone.now() - SILENCE


def _is_seen_by_others() -> bool:
    """Not where the caller has a transaction open, in which the job itself may stand, nor in SQLite's memory."""
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    return not connection.in_atomic_block and not in_memory


def _show(job: DeskJob, over: threading.Event) -> None:
    shown: tuple[object, ...] = ()
    seen_at: datetime = timezone.now()
    try:
        while not over.wait(_SECONDS):
            now, report = timezone.now(), list(job.report)
            told = (job.done, job.total, job.phase, len(report))
            if told == shown and now - seen_at < _SIGN:
                continue
            values = {"done": told[0], "total": told[1], "phase": told[2], "report": report}
            # Whoever was taken for dead, because its machine slept, runs again; unless it was started anew since.
            alive = {"state": DeskJob.State.RUNNING, "finished_at": None, "seen_at": now}
            running = DeskJob.objects.filter(pk=job.pk, started_at=job.started_at)
            try:
                running.filter(state__in=(DeskJob.State.RUNNING, DeskJob.State.INTERRUPTED)).update(**values, **alive)
            except DatabaseError:
                logger.info("Job %s could not be shown: the database is busy", job.pk)
                connection.close()
            else:
                shown, seen_at = told, now
    finally:
        connections.close_all()
