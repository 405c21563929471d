"""What is removed after some days: files of jobs, jobs, tasks of the worker; and nothing else."""

import datetime
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import SiteTree
from tests.integration.translating import client_for
from translations.models import DeskJob
from translations.services.jobs import job_run
from translations.tasks import mail_task

pytestmark = pytest.mark.django_db


def job_make(owner: Any, tree: SiteTree, days: int, *, state: str = "done", **fields: Any) -> DeskJob:
    """An export that was asked for so many days ago, and ended or stopped then."""
    then = timezone.now() - datetime.timedelta(days=days)
    ended = {"finished_at": then, "result": b"zip", "result_name": "ar.zip"} if state == "done" else {}
    job = DeskJob.objects.create(
        kind="export", state=state, owner=owner, locale=tree.locale["ar"], started_at=then, **{**ended, **fields}
    )
    DeskJob.objects.filter(pk=job.pk).update(created_at=then)
    return job


def task_make(days: int, status: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        task_path=mail_task.module_path,
        args_kwargs={"args": ["a@example.org", "Subject", "Text", ""], "kwargs": {}},
        status=status,
        backend_name="default",
        queue_name="default",
        exception_class_path="",
        traceback="",
        finished_at=None if status in ("READY", "RUNNING") else timezone.now() - datetime.timedelta(days=days),
    )


def prune(**options: Any) -> str:
    printed = io.StringIO()
    call_command("prune_records", stdout=printed, **options)
    return printed.getvalue()


def kept() -> set[tuple[int, str, bool]]:
    return {(job.pk, job.state, bool(job.result)) for job in DeskJob.objects.all()}


def test_files_then_jobs(site_tree: SiteTree, admin: Any, settings: Any) -> None:
    young, old, oldest = (job_make(admin, site_tree, days) for days in (29, 31, 366))
    failed = job_make(admin, site_tree, 31, state="failed", finished_at=timezone.now(), upload=b"x")
    waiting = job_make(admin, site_tree, 29, state="waiting", upload=b"file")
    stuck = job_make(admin, site_tree, 31, state="running", upload=b"file")
    cut_off = job_make(admin, site_tree, 31, state="interrupted", upload=b"file")
    before = kept()
    assert prune(dry_run=True) == "files: 2, jobs given up: 2, jobs: 1, tasks: 0\n"
    assert kept() == before
    client = client_for(admin)
    page = reverse("translation_desk:job", args=[old.pk])
    assert "The file is kept until" in client.get(page).content.decode()
    prune()
    assert not DeskJob.objects.filter(pk=oldest.pk).exists()
    assert kept() == {
        (young.pk, "done", True),
        (old.pk, "done", False),
        (failed.pk, "failed", False),
        (waiting.pk, "waiting", False),
        (stuck.pk, "failed", False),
        (cut_off.pk, "failed", False),
    }
    stuck.refresh_from_db()
    assert stuck.upload is DeskJob.objects.get(pk=cut_off.pk).upload is None
    assert [item["level"] for item in stuck.report] == ["error"]
    assert DeskJob.objects.get(pk=waiting.pk).upload is not None
    # Nobody does later what was given up.
    job_run(job_id=stuck.pk)
    assert DeskJob.objects.get(pk=stuck.pk).state == "failed"
    html = client.get(page).content.decode()
    assert "The file has been removed." in html
    assert "The file is kept until" not in html
    assert client.get(reverse("translation_desk:job_result", args=[old.pk]), follow=True).status_code == 404
    assert prune() == "files: 0, jobs given up: 0, jobs: 0, tasks: 0\n"


def test_the_workers_tasks(site_tree: SiteTree) -> None:
    task_make(15, "SUCCESSFUL")
    task_make(15, "FAILED")
    left = [task_make(13, "SUCCESSFUL"), task_make(99, "READY"), task_make(99, "RUNNING")]
    assert prune() == "files: 0, jobs given up: 0, jobs: 0, tasks: 2\n"
    assert set(DBTaskResult.objects.all()) == set(left)


@pytest.mark.parametrize("days", [0, -1])
def test_for_ever(site_tree: SiteTree, admin: Any, settings: Any, days: int) -> None:
    settings.DIWAN_KEEP_JOB_FILES_DAYS = settings.DIWAN_KEEP_JOBS_DAYS = settings.DIWAN_KEEP_TASKS_DAYS = days
    job = job_make(admin, site_tree, 4000)
    job_make(admin, site_tree, 4000, state="running")
    task_make(4000, "SUCCESSFUL")
    before = kept()
    assert prune() == "files: 0, jobs given up: 0, jobs: 0, tasks: 0\n"
    assert kept() == before
    assert "kept until" not in client_for(admin).get(reverse("translation_desk:job", args=[job.pk])).content.decode()


def test_the_scheduler_removes_too(site_tree: SiteTree, admin: Any) -> None:
    job_make(admin, site_tree, 400)
    call_command("run_scheduler", once=True)
    assert not DeskJob.objects.exists()
