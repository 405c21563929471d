"""The background jobs that read and write tables: a trial first, then the import of the same file."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulk.columns.types import RECORD_TYPES
from bulk.services.exporting import records_export
from bulk.services.importing import ImportOptions, records_import
from bulk.sheets import SheetError, SheetLimits
from bulk.sheets.reading import size_check
from translations.models import DeskJob
from translations.services.jobs import JobError, JobItem, job_enqueue, job_kind, job_phase_begin

IMPORT, EXPORT = DeskJob.Kind.RECORDS_IMPORT, DeskJob.Kind.RECORDS_EXPORT
RIGHT = "bulk.import_records"


def upload_keep(*, name: str, data: bytes, owner: Any, type_name: str, encoding: str, over_drafts: bool) -> DeskJob:
    """Keep a file until its columns are mapped; nothing is done yet. Raise SheetError for one that is too large."""
    size_check(len(data), SheetLimits.in_force())
    parameters = {"name": name[-200:], "type": type_name, "encoding": encoding, "over_drafts": over_drafts}
    return DeskJob.objects.create(kind=IMPORT, owner=owner, parameters=parameters, upload=data)


def is_unmapped(*, job: DeskJob) -> bool:
    """Whether this is a file whose columns nobody has mapped yet."""
    return job.kind == IMPORT and job.state == DeskJob.State.WAITING and "mapping" not in job.parameters


@transaction.atomic
def trial_start(*, job: DeskJob, mapping: list[str]) -> None:
    """Have the worker try the file with this mapping, ours for each of its columns, and write nothing."""
    from translations.tasks import desk_job_task

    locked = DeskJob.objects.select_for_update().get(pk=job.pk)
    if not is_unmapped(job=locked):
        raise JobError(_("The file is being tried already."))
    locked.parameters = {**locked.parameters, "mapping": mapping, "dry_run": True}
    locked.save(update_fields=["parameters"])
    transaction.on_commit(partial(desk_job_task.enqueue, locked.pk))


def is_confirmable(*, job: DeskJob) -> bool:
    """Whether this is a trial that found nothing wrong, and whose file was not imported since."""
    return job.kind == IMPORT and job.state == DeskJob.State.DONE and bool(job.result_name)


@transaction.atomic
def import_confirm(*, job: DeskJob) -> DeskJob:
    """Import the file of a trial, with the same mapping. The trial gives its file away."""
    locked = DeskJob.objects.select_for_update().get(pk=job.pk)
    if not is_confirmable(job=locked):
        raise JobError(_("There is nothing to import."))
    done = job_enqueue(
        kind=IMPORT,
        owner=locked.owner,
        parameters={**locked.parameters, "dry_run": False},
        upload=bytes(locked.result or b""),
    )
    locked.result, locked.result_name = None, ""
    locked.save(update_fields=["result", "result_name"])
    return done


def export_start(*, type_name: str, form: str, owner: Any) -> DeskJob:
    """Have the worker write all records of a type."""
    return job_enqueue(kind=EXPORT, owner=owner, parameters={"type": type_name, "format": form})


def _owner_check(job: DeskJob) -> None:
    """Refuse a job whose owner was deleted, or has lost the right, before it ran."""
    if job.owner is None or not job.owner.is_active or not job.owner.has_perm(RIGHT):
        raise JobError(_("Whoever asked for this may not do it any more."))


class _Followed:
    """Counts what an import compares, and then what it writes."""

    def __init__(self, job: DeskJob) -> None:
        self.job = job
        job_phase_begin(job, DeskJob.Phase.COMPARING)

    def compared(self, done: int, total: int) -> None:
        self.job.done, self.job.total = done, total

    def writing(self) -> None:
        job_phase_begin(self.job, DeskJob.Phase.WRITING)

    def written(self, done: int, total: int) -> None:
        self.job.done, self.job.total = done, total


@job_kind(IMPORT)
def import_run(job: DeskJob) -> Iterator[JobItem]:
    """The conclusion first, then each problem by its line."""
    _owner_check(job)
    parameters, data = job.parameters, bytes(job.upload or b"")
    report = records_import(
        record_type=RECORD_TYPES[parameters["type"]],
        data=data,
        user=job.owner,
        options=ImportOptions(
            dry_run=parameters["dry_run"],
            mapping=parameters["mapping"],
            encoding=parameters["encoding"],
            over_drafts=parameters["over_drafts"],
        ),
        follower=_Followed(job),
    )
    job.phase, job.done, job.total = "", report.rows, max(report.rows, 1)
    if report.dry_run and not report.is_refused and report.created + report.changed:
        # A quotation mark would end the name in the header of a download.
        job.result, job.result_name = data, parameters["name"].replace('"', "'")
    yield JobItem("error" if report.is_refused else "success", parameters["name"], report.conclusion())
    for problem in report.problems:
        yield JobItem("error", problem.where(), problem.message)
    if report.more:
        more = ngettext("And %(count)d more problem.", "And %(count)d more problems.", report.more)
        yield JobItem("error", parameters["name"], more % {"count": report.more})
    job.total = job.done


@job_kind(EXPORT)
def export_run(job: DeskJob) -> Iterator[JobItem]:
    """One item: the file."""
    _owner_check(job)
    record_type, form = RECORD_TYPES[job.parameters["type"]], job.parameters["format"]

    def written(rows: int) -> None:
        job.done = rows

    job_phase_begin(job, DeskJob.Phase.WRITING)
    try:
        job.result = records_export(record_type=record_type, form=form, follow=written)
    except SheetError as error:
        raise JobError(str(error)) from error
    job.result_name = f"{record_type.name}-{timezone.localdate().isoformat()}.{form}"
    rows = job.done
    job.phase, job.total = "", max(rows, 1)
    yield JobItem("success", job.result_name, ngettext("%(count)d row", "%(count)d rows", rows) % {"count": rows})
    job.total = job.done
