"""The background job that takes a glossary in, or only tries it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale

from translations.models import DeskJob
from translations.selectors.glossary import term_is_changeable
from translations.services.exchange import size_check
from translations.services.glossary import glossary_import
from translations.services.jobs import JobError, JobItem, job_enqueue, job_kind

KIND = DeskJob.Kind.GLOSSARY_IMPORT


def glossary_import_enqueue(*, name: str, data: bytes, owner: Any, source: str, dry_run: bool) -> DeskJob:
    """Have a file read in, or only tried; ``source`` is the language of the terms of a TBX file.

    Raise ExchangeError when it is too large to be kept.
    """
    size_check(len(data))
    parameters = {"name": name[-200:], "source": source, "dry_run": dry_run}
    return job_enqueue(kind=KIND, owner=owner, parameters=parameters, upload=data)


def glossary_import_confirm(*, job: DeskJob) -> DeskJob:
    """Import the file that a dry run tried. The dry run gives its file away."""
    if job.kind != KIND or job.state != DeskJob.State.DONE or not job.result_name:
        raise JobError(_("There is nothing to import."))
    done = glossary_import_enqueue(
        name=job.parameters["name"],
        data=bytes(job.result or b""),
        owner=job.owner,
        source=job.parameters["source"],
        dry_run=False,
    )
    job.result, job.result_name = None, ""
    job.save(update_fields=["result", "result_name"])
    return done


@job_kind(KIND)
def glossary_import_run(job: DeskJob) -> Iterator[JobItem]:
    """The conclusion first, then each problem with its line."""
    parameters, data = job.parameters, bytes(job.upload or b"")
    if job.owner is None or not term_is_changeable(job.owner, "add", "change"):
        raise JobError(_("You may not change the glossary."))
    source = Locale.objects.filter(language_code=parameters["source"]).first()
    if source is None:
        raise JobError(_("There is no language “%(code)s” here.") % {"code": parameters["source"]})
    report = glossary_import(data=data, source_locale=source, user=job.owner, dry_run=parameters["dry_run"])
    job.total = 1 + len(report.problems)
    name = parameters["name"]
    if report.is_refused:
        yield JobItem("error", name, _("Nothing was imported: the file does not fit in every place."))
        for place, message in report.problems:
            yield JobItem("error", f"{name}, {place}" if place else name, message)
        return
    if parameters["dry_run"] and report.created + report.updated:
        job.result, job.result_name = data, name.replace('"', "'")
    what = _("Dry run: %(summary)s.") if parameters["dry_run"] else _("Imported: %(summary)s.")
    yield JobItem("success", name, what % {"summary": report.summary()})
