"""Follow a job while it runs, and read what came of it afterwards."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from home.selectors.permissions import locale_list_permitted
from translations.models import DeskJob
from translations.services import jobs as services
from translations.services.job_retention import job_files_until
from translations.services.jobs import job_follow_up

_PER_PAGE = 50


def _job_or_403(request: Any, job_id: int, *unread: str) -> DeskJob:
    """A job of the user's own, or any to a superuser. Files and reports may tell of pages that others do not see.

    ``unread``: more fields that are left in the database; with thousands of pages they are large.
    """
    jobs = DeskJob.objects.select_related("owner", "locale").defer("upload", "result", *unread)
    job = get_object_or_404(jobs, pk=job_id)
    if job.owner_id != request.user.pk and not request.user.is_superuser:
        raise PermissionDenied
    job_follow_up(job=job)
    return job


@require_safe
def job_list(request: Any) -> HttpResponse:
    """The user's jobs, the latest first; everybody's to a superuser."""
    if not locale_list_permitted(request.user):
        raise PermissionDenied
    jobs = DeskJob.objects.select_related("owner", "locale").defer("upload", "result", "report", "parameters")
    if not request.user.is_superuser:
        jobs = jobs.filter(owner=request.user)
    page = Paginator(jobs, _PER_PAGE).get_page(request.GET.get("p"))
    for job in page.object_list:
        job_follow_up(job=job)
    context = {"page_title": _("Jobs"), "header_icon": "history", "page_obj": page, "jobs": page.object_list}
    return render(request, "translations/desk/jobs.html", context)


@require_safe
def job_detail(request: Any, job_id: int) -> HttpResponse:
    """The progress, then the report and the file."""
    job = _job_or_403(request, job_id)
    levels = [item["level"] for item in job.report]
    context = {
        "job": job,
        "page_title": job.get_kind_display(),
        "page_subtitle": job.locale.get_display_name() if job.locale else "",
        "header_icon": "history",
        "counts": {level: levels.count(level) for level in ("success", "warning", "error")},
        "progress_url": reverse("translation_desk:job_progress", args=[job.pk]),
        "is_restartable": job.state == DeskJob.State.INTERRUPTED and job.owner_id == request.user.pk,
        "files_until": job_files_until(job=job) if job.result_name else None,
    }
    return render(request, "translations/desk/job.html", context)


@require_safe
def job_progress(request: Any, job_id: int) -> JsonResponse:
    """``{"state", "label", "done", "total", "count", "is_over"}`` for the script that moves the bar.

    ``total`` is null where it is not known how much there is to do.
    """
    job = _job_or_403(request, job_id, "report", "parameters")
    return JsonResponse(
        {
            "state": job.state,
            "label": job.get_state_display(),
            "done": job.done,
            "total": job.total if job.is_counted else None,
            "count": job.progress_label,
            "is_over": job.is_over,
        }
    )


@require_POST
def job_restart(request: Any, job_id: int) -> HttpResponse:
    """Have an interrupted job of the user's own done again."""
    job = get_object_or_404(DeskJob.objects.only("pk"), pk=job_id, owner_id=request.user.pk)
    try:
        services.job_restart(job=job)
    except services.JobError as error:
        messages.error(request, str(error))
    return redirect("translation_desk:job", job.pk)


@require_safe
def job_result(request: Any, job_id: int) -> HttpResponse:
    """The file that the job made."""
    job = _job_or_403(request, job_id)
    if not job.result_name:
        raise Http404
    content = DeskJob.objects.values_list("result", flat=True).get(pk=job.pk)
    response = HttpResponse(bytes(content or b""), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{job.result_name}"'
    return response
