"""The background jobs that write and read files of translations."""

from collections.abc import Iterator
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from translations.exchange.errors import ExchangeError
from translations.exchange.report import PageReport
from translations.exchange.units import Format
from translations.models import DeskJob
from translations.selectors.exchange import record_is_readable, record_list
from translations.services.exchange import ImportOptions, exchange_import, size_check
from translations.services.exchange_export import archive_fits, exchange_export
from translations.services.jobs import JobError, JobItem, JobProgress, job_enqueue, job_kind

# Lines of the report about texts.
_MOST_ITEMS = 2_000

EXPORT, IMPORT = DeskJob.Kind.EXPORT, DeskJob.Kind.IMPORT


def export_enqueue(*, records: list[int], form: Format, owner: Any, locale: Locale) -> DeskJob:
    """Have a zip made of the translations with these ids, those that ``owner`` may read.

    The desk asks for the same with ``pages``, the ids of source pages, in place of ``records``.
    """
    return job_enqueue(kind=EXPORT, owner=owner, locale=locale, parameters={"records": records, "format": form.value})


def import_enqueue(*, name: str, data: bytes, owner: Any, options: ImportOptions) -> DeskJob:
    """Have a file read in, or only tried. Raise ExchangeError when it is too large to be kept."""
    size_check(len(data))
    parameters = {
        "name": name[-200:],
        "dry_run": options.dry_run,
        "partial": options.partial,
        "overwrite": options.overwrite,
    }
    return job_enqueue(kind=IMPORT, owner=owner, parameters=parameters, upload=data)


def import_confirm(*, job: DeskJob) -> DeskJob:
    """Import the file that a dry run tried, with the same options. The dry run gives its file away."""
    if not import_is_confirmable(job=job):
        raise JobError(_("There is nothing to import."))
    done = import_enqueue(
        name=job.parameters["name"],
        data=bytes(job.result or b""),
        owner=job.owner,
        options=ImportOptions(partial=job.parameters["partial"], overwrite=job.parameters["overwrite"]),
    )
    job.result, job.result_name = None, ""
    job.save(update_fields=["result", "result_name"])
    return done


def import_is_confirmable(*, job: DeskJob) -> bool:
    """Is this a dry run that found something to import, and was it not imported since?"""
    return job.kind == IMPORT and job.state == DeskJob.State.DONE and bool(job.result_name)


def _owner_check(job: DeskJob) -> None:
    """Refuse a job whose owner was deleted before it ran: without a user, an import has all rights."""
    if job.owner is None:
        raise JobError(_("The language or the person that asked for this does not exist any more."))


@job_kind(EXPORT)
def export_run(job: DeskJob) -> Iterator[JobItem]:
    """One item for each translation."""
    _owner_check(job)
    records = record_list(locale=job.locale, pages=job.parameters.get("pages"))
    if "records" in job.parameters:
        records = records.filter(pk__in=job.parameters["records"])
    job.total = len(records)
    permitted = []
    for record in records:
        if record_is_readable(user=job.owner, record=record):
            permitted.append(record)
        else:
            yield JobItem("error", record.source.object_repr, _("You may not edit this translation."))
    form = Format(job.parameters["format"])
    try:
        export = exchange_export(records=permitted, form=form, as_archive=True, follow=JobProgress(job))
    except ExchangeError as error:
        raise JobError(str(error)) from error
    job.result, job.result_name = export.data, export.name
    if not archive_fits(size=len(export.data), files=len(permitted) - len(export.missing)):
        message = _("The file is larger than what can be brought in again: export a smaller selection for that.")
        yield JobItem("warning", export.name, message)
    for record in permitted:
        if record in export.missing:
            yield JobItem("error", record.source.object_repr, _("The page was deleted."))
        else:
            yield JobItem("success", record.source.object_repr, url=record.get_target_instance_edit_url() or "")


@job_kind(IMPORT)
def import_run(job: DeskJob) -> Iterator[JobItem]:
    """The conclusion first, then for each page its counts and each of its problems."""
    _owner_check(job)
    parameters, data = job.parameters, bytes(job.upload or b"")
    options = ImportOptions(
        dry_run=parameters["dry_run"], partial=parameters["partial"], overwrite=parameters["overwrite"]
    )
    report = exchange_import(name=parameters["name"], data=data, user=job.owner, options=options)
    job.total = 1 + len(report.pages)
    if options.dry_run and not report.is_refused and report.stored:
        job.result, job.result_name = data, parameters["name"].replace('"', "'")
    level: Literal["error", "warning", "success"] = "error" if report.is_refused else "success"
    if report.has_errors and not report.is_refused:
        level = "warning"
    yield JobItem(level, parameters["name"], report.conclusion())
    left = _MOST_ITEMS
    for page in report.pages:
        items = list(_page_items(page))
        # What became of each page is told in any case; a report of every text of a large file no browser would show.
        yield from items[: 1 + max(left, 0)]
        left -= len(items)
    job.total = job.done


def _page_items(page: PageReport) -> Iterator[JobItem]:
    yield JobItem("error" if page.errors else "success", page.name, page.summary(), page.url)
    for line in page.lines:
        message = line.message
        if line.segment:
            message = _("“%(text)s”: %(problem)s") % {"text": line.segment, "problem": message}
        yield JobItem(line.level, page.name, message, page.url)
    if page.more:
        more = ngettext("And %(count)d more text.", "And %(count)d more texts.", page.more) % {"count": page.more}
        yield JobItem("warning", page.name, more, page.url)
