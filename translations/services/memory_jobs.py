"""The background job that takes a memory in, or only tries it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from home.selectors.permissions import locale_is_permitted
from translations.exchange.errors import ExchangeError, shown
from translations.models import DeskJob
from translations.services.exchange import size_check
from translations.services.jobs import JobError, JobItem, job_enqueue, job_kind
from translations.services.memory_files import memory_import

KIND = DeskJob.Kind.MEMORY_IMPORT


def memory_import_enqueue(
    *, name: str, data: bytes, owner: Any, source: str, target_locale: Locale, dry_run: bool
) -> DeskJob:
    """Have a TMX file read in, or only tried; ``source`` is the language of the texts that are translated.

    Raise ExchangeError when it is too large to be kept.
    """
    size_check(len(data))
    return job_enqueue(
        kind=KIND,
        owner=owner,
        locale=target_locale,
        parameters={"name": name[-200:], "source": source, "dry_run": dry_run},
        upload=data,
    )


def memory_import_confirm(*, job: DeskJob) -> DeskJob:
    """Import the file that a dry run tried. The dry run gives its file away."""
    if job.kind != KIND or job.state != DeskJob.State.DONE or not job.result_name or job.locale is None:
        raise JobError(_("There is nothing to import."))
    done = memory_import_enqueue(
        name=job.parameters["name"],
        data=bytes(job.result or b""),
        owner=job.owner,
        source=job.parameters["source"],
        target_locale=job.locale,
        dry_run=False,
    )
    job.result, job.result_name = None, ""
    job.save(update_fields=["result", "result_name"])
    return done


@job_kind(KIND)
def memory_import_run(job: DeskJob) -> Iterator[JobItem]:
    """One item: how many texts are new. What was asked is asked again of the rights that the owner has now."""
    job.total = 1
    name, target = job.parameters["name"], job.locale
    # Jobs that were asked for before files were tried have no such parameter.
    dry_run = job.parameters.get("dry_run", False)
    data = bytes(job.upload or b"")
    try:
        source = Locale.objects.get(language_code=job.parameters["source"])
    except ObjectDoesNotExist:
        source = None
    if source is None or target is None or job.owner is None or not locale_is_permitted(job.owner, target):
        raise JobError(_("You may not change the memory of this language."))
    try:
        stored = memory_import(
            name=name,
            data=data,
            source_locale=source,
            target_locale=target,
            user_id=job.owner.pk,
            dry_run=dry_run,
        )
    except ExchangeError as error:
        where = f"“{shown(error.segment)}”: " if error.segment else ""
        raise JobError(f"{name}: {where}{error} " + _("Nothing was imported.")) from error
    if dry_run:
        if stored.created + stored.changed:
            job.result, job.result_name = data, name.replace('"', "'")
        message = ngettext(
            "Dry run: %(count)d text would be new in the memory.",
            "Dry run: %(count)d texts would be new in the memory.",
            stored.created,
        )
    else:
        message = ngettext(
            "%(count)d text is new in the memory.", "%(count)d texts are new in the memory.", stored.created
        )
    yield JobItem("success", name, message % {"count": stored.created})
