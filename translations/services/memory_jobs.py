"""The background job that takes a memory in."""

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


def memory_import_enqueue(
    *, name: str, data: bytes, owner: Any, source_locale: Locale, target_locale: Locale
) -> DeskJob:
    """Have a TMX file read in. Raise ExchangeError when it is too large to be kept."""
    size_check(len(data))
    return job_enqueue(
        kind=DeskJob.Kind.MEMORY_IMPORT,
        owner=owner,
        locale=target_locale,
        parameters={"name": name[-200:], "source": source_locale.language_code},
        upload=data,
    )


@job_kind(DeskJob.Kind.MEMORY_IMPORT)
def memory_import_run(job: DeskJob) -> Iterator[JobItem]:
    """One item: how many texts are new. What was asked is asked again of the rights that the owner has now."""
    job.total = 1
    name, target = job.parameters["name"], job.locale
    try:
        source = Locale.objects.get(language_code=job.parameters["source"])
    except ObjectDoesNotExist:
        source = None
    if source is None or target is None or job.owner is None or not locale_is_permitted(job.owner, target):
        raise JobError(_("You may not change the memory of this language."))
    try:
        stored = memory_import(
            name=name,
            data=bytes(job.upload or b""),
            source_locale=source,
            target_locale=target,
            user_id=job.owner.pk,
        )
    except ExchangeError as error:
        where = f"“{shown(error.segment)}”: " if error.segment else ""
        raise JobError(f"{name}: {where}{error} " + _("Nothing was imported.")) from error
    message = ngettext(
        "%(count)d text is new in the memory.", "%(count)d texts are new in the memory.", stored.created
    ) % {"count": stored.created}
    yield JobItem("success", name, message)
