"""Submitting many pages is a job of the desk, so that its progress can be seen and its report read."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from home.localize.submission import pages_submit_each
from translations.models import DeskJob
from translations.services.jobs import JobError, JobItem, job_enqueue, job_kind


@job_kind(DeskJob.Kind.SUBMIT)
def submit(job: DeskJob) -> Iterator[JobItem]:
    """Start the translation of each page, parents first, each in a transaction of its own.

    One that is under way, that the owner may not translate, or that cannot be written, is reported.
    """
    if job.locale is None or job.owner is None:
        raise JobError(_("The language or the person that asked for this does not exist any more."))
    ids = job.parameters["pages"]
    job.total = len(ids)
    for each in pages_submit_each(page_ids=ids, locales=[job.locale], user=job.owner):
        title, url = each.page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[each.page.pk])
        if each.is_started:
            target = each.page.get_translation_or_none(job.locale)
            target_url = reverse("wagtailadmin_pages:edit", args=[target.pk]) if target else url
            yield JobItem("success", title, _("Submitted."), target_url)
        elif isinstance(each.problem, ValidationError):
            yield JobItem("error", title, " ".join(each.problem.messages), url)
        elif isinstance(each.problem, PermissionDenied):
            yield JobItem("warning", title, _("Its translation is under way, or you may not start it."), url)


def subtree_job_start(page: Page, locales: Sequence[Locale], user: Any) -> str:
    """Enqueue one job for each of ``locales`` with all pages below ``page`` that are no aliases.

    Return the address of the job, or of the list of jobs where there are several.
    """
    below = page.get_descendants().filter(alias_of__isnull=True).order_by("path")
    pages = list(below.values_list("pk", flat=True))
    if not pages:
        return ""
    jobs = [
        job_enqueue(kind=DeskJob.Kind.SUBMIT, owner=user, locale=locale, parameters={"pages": pages})
        for locale in locales
    ]
    try:
        return (
            reverse("translation_desk:job", args=[jobs[0].pk]) if len(jobs) == 1 else reverse("translation_desk:jobs")
        )
    except NoReverseMatch:  # the desk has no screens yet
        return ""
