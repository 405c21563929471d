"""The bulk action of the desk that assigns; ``submissions`` has the one that submits."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from translations.models import DeskJob
from translations.services.assignments import AssignmentChanges, translation_assign
from translations.services.jobs import JobError, JobItem, JobProgress, job_kind


def pages_and_records(job: DeskJob) -> Iterator[tuple[Page, Translation | None]]:
    """Each source page with its translation under way into the job's locale."""
    pages = {
        page.translation_key: page for page in Page.objects.filter(pk__in=job.parameters["pages"]).order_by("path")
    }
    records = {
        record.source.object_id: record
        for record in Translation.objects.filter(
            source__object_id__in=list(pages), target_locale=job.locale, enabled=True
        ).select_related("source", "target_locale")
    }
    for key, page in pages.items():
        yield page, records.get(key)


@job_kind(DeskJob.Kind.ASSIGN)
def assign(job: DeskJob) -> Iterator[JobItem]:
    """Give each translation under way its person, date, urgency and note."""
    if job.locale is None or job.owner is None:
        raise JobError(_("The language or the person that asked for this does not exist any more."))
    rows = list(pages_and_records(job))
    job.total = len(rows)
    changes = _changes(job.parameters["changes"])
    submitted = [record for _page, record in rows if record is not None]
    report = translation_assign(records=submitted, user=job.owner, changes=changes, follow=JobProgress(job))
    refused = {record.pk: reason for record, reason in report.refused}
    unchanged = {record.pk for record in report.unchanged}
    for page, record in rows:
        title, url = page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[page.pk])
        if record is None:
            yield JobItem("warning", title, _("It has not been submitted yet."), url)
        elif record.pk in refused:
            yield JobItem("error", title, refused[record.pk], url)
        elif record.pk in unchanged:
            yield JobItem("success", title, _("It was assigned so already."), url)
        else:
            yield JobItem("success", title, _("Assigned."), url)


def _changes(raw: dict[str, Any]) -> AssignmentChanges:
    """The changes as they were kept in JSON: people by id, the date in ISO 8601."""
    changes: dict[str, Any] = dict(raw)
    for name in ("assignee", "reviewer"):
        if changes.get(name) is not None:
            changes[name] = get_user_model()._default_manager.filter(pk=changes[name]).first()
            # Deleted since it was asked: None would take everybody's work away.
            if changes[name] is None:
                raise JobError(_("The person that was chosen does not exist any more."))
    if changes.get("due_on"):
        changes["due_on"] = datetime.date.fromisoformat(changes["due_on"])
    return changes  # type: ignore[return-value] # the form has made them
