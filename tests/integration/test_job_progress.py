"""What is seen of a job while it runs: its phases, from outside its transaction too, and that its worker has ended."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bulk.services import importing
from home.services import bulk
from missions.models import MissionPage
from tests.integration.translating import client_for, translator_make
from tests.tables import MISSION, csv_table, world_make
from translations.models import DeskJob
from translations.services import job_pulse, jobs
from translations.services.jobs import JobItem, job_run

FRENCH = {name: value for name, value in MISSION.items() if not name.endswith("_ar")}
INTERRUPTED = "The work was interrupted: its worker ended before it did."


def progress(client: Client, job: DeskJob) -> dict[str, Any]:
    """What the script of the job's page is told."""
    told: dict[str, Any] = client.get(reverse("translation_desk:job_progress", args=[job.pk])).json()
    return told


def works_as(monkeypatch: pytest.MonkeyPatch, worker: Callable[[DeskJob], Iterator[JobItem]]) -> None:
    """Have jobs that submit pages do this."""
    monkeypatch.setitem(jobs._workers, "submit", worker)


@pytest.fixture
def import_job(site: Any, admin: Any) -> DeskJob:
    """An import of two missions that waits for the worker."""
    world_make(site, MissionPage)
    client = client_for(admin)
    file = SimpleUploadedFile("missions.csv", csv_table(FRENCH, {**FRENCH, "key": "emb-2"}))
    client.post(reverse("bulk:upload"), {"type": "missions", "file": file})
    job = DeskJob.objects.get()
    job.parameters |= {"mapping": list(FRENCH), "dry_run": False}
    job.save()
    return job


@pytest.mark.once
@pytest.mark.django_db
def test_an_import_counts_what_it_compares_and_then_what_it_writes(
    import_job: DeskJob, admin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_INDEX_BATCH", 1)
    client, seen, counted = client_for(admin), [], []
    compared, plan_write = importing.Planner.row, importing.plan_write

    def comparing(self: Any, *args: Any, **kwargs: Any) -> None:
        seen.append(progress(client, import_job)["count"])
        compared(self, *args, **kwargs)

    def writing(*args: Any, follow: Callable[[int, int], None], **kwargs: Any) -> None:
        told = progress(client, import_job)
        seen.append((told["count"], told["done"], told["total"], told["is_over"]))
        page = client.get(reverse("translation_desk:job", args=[import_job.pk])).content.decode()
        # A bar without a value: how far it is, is not known.
        assert 'max="1" data-desk-bar' in page
        assert ">Writing …<" in page

        def counting(done: int, total: int) -> None:
            counted.append((done, total))
            follow(done, total)

        plan_write(*args, follow=counting, **kwargs)

    monkeypatch.setattr(importing.Planner, "row", comparing)
    monkeypatch.setattr(importing, "plan_write", writing)
    job_run(job_id=import_job.pk)
    assert seen == ["Comparing …", "Comparing …", ("Writing …", 0, None, False)]
    assert counted == [(1, 2), (2, 2)]
    assert progress(client, import_job) == {
        "state": "done", "label": "Done", "done": 2, "total": 2, "count": "2 of 2", "is_over": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["Comparing: 3 of 9", "Writing …", "Writing: 40"]),
        ("fr", ["Comparaison\u00a0: 3 sur 9", "Écriture…", "Écriture\u00a0: 40"]),
        ("ar", ["المقارنة: 3 من 9", "الكتابة…", "الكتابة: 40"]),
        ("es", ["Comparación: 3 de 9", "Escritura…", "Escritura: 40"]),
    ],
)
def test_phases_in_the_language_of_the_reader(language: str, labels: list[str]) -> None:
    from django.utils import translation

    with translation.override(language):
        assert [
            DeskJob(phase="comparing", done=3, total=9).progress_label,
            DeskJob(phase="writing").progress_label,
            DeskJob(phase="writing", done=40).progress_label,
        ] == labels


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_outside_the_transaction(admin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if not job_pulse._is_seen_by_others():
        pytest.skip("nobody else sees what SQLite has in memory")
    monkeypatch.setattr(job_pulse, "_SECONDS", 0.01)
    seen = []

    def shown(job: DeskJob, done: int) -> None:
        """Wait until it stands in the database that so many are done, for others as for this connection."""
        until = time.monotonic() + 10
        while (row := DeskJob.objects.values_list("done", "total", "phase").get(pk=job.pk))[0] != done:
            assert time.monotonic() < until
            time.sleep(0.01)
        seen.append(row)

    def worker(job: DeskJob) -> Iterator[JobItem]:
        job.total = 2
        yield JobItem("success", "one")
        shown(job, 1)
        jobs.job_phase_begin(job, DeskJob.Phase.WRITING)
        with transaction.atomic():
            shown(job, 0)
            job.done, job.total = 7, 9
            if connection.vendor == "postgresql":
                shown(job, 7)
        yield JobItem("success", "two")

    works_as(monkeypatch, worker)
    job = DeskJob.objects.create(kind="submit", owner=admin)
    before = timezone.now()
    job_run(job_id=job.pk)
    within = [(7, 9, "writing")] if connection.vendor == "postgresql" else []
    assert seen == [(1, 2, ""), (0, 0, "writing"), *within]
    job.refresh_from_db()
    assert (job.state, job.phase, job.done, len(job.report)) == ("done", "", 7, 2)
    assert job.seen_at is not None
    assert job.seen_at > before


def left_running(job: DeskJob, minutes: int) -> None:
    """As a worker leaves it that was killed so many minutes ago."""
    then = timezone.now() - timedelta(minutes=minutes)
    DeskJob.objects.filter(pk=job.pk).update(state="running", started_at=then, seen_at=then, phase="writing")


@pytest.mark.once
@pytest.mark.django_db
def test_an_import_whose_worker_was_killed_is_started_again(
    import_job: DeskJob, admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, page = client_for(admin), reverse("translation_desk:job", args=[import_job.pk])
    restart = reverse("translation_desk:job_restart", args=[import_job.pk])
    left_running(import_job, 4)
    assert progress(client, import_job)["state"] == "running"
    assert restart not in client.get(page).content.decode()
    left_running(import_job, 6)
    assert progress(client, import_job) == {
        "state": "interrupted", "label": "Interrupted", "done": 0, "total": 0, "count": "0 of 0", "is_over": True,
    }  # fmt: skip
    import_job.refresh_from_db()
    assert (import_job.state, import_job.upload is None, import_job.finished_at is None) == (
        "interrupted",
        False,
        False,
    )
    assert import_job.report == [
        {
            "level": "error",
            "title": INTERRUPTED,
            "message": "Start it again: what was done is not done twice.",
            "url": "",
        }
    ]
    html = client.get(page).content.decode()
    assert INTERRUPTED in html
    assert f'action="{restart}"' in html
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(restart)["Location"] == page
    import_job.refresh_from_db()
    assert (import_job.state, import_job.upload, len(import_job.report)) == ("done", None, 1)
    assert MissionPage.objects.count() == 2
    # Neither twice, nor what was not interrupted.
    with django_capture_on_commit_callbacks(execute=True) as later:
        client.post(restart)
    assert later == []
    assert "has been started again already" in client.get(page).content.decode()


@pytest.mark.once
@pytest.mark.django_db
def test_a_job_that_gives_a_sign_meanwhile_runs(import_job: DeskJob) -> None:
    left_running(import_job, 6)
    read = DeskJob.objects.get(pk=import_job.pk)
    left_running(import_job, 0)
    jobs.job_follow_up(job=read)
    assert (read.state, read.finished_at, read.report) == ("running", None, [])
    assert DeskJob.objects.get(pk=import_job.pk).state == "running"


@pytest.mark.once
@pytest.mark.django_db
def test_an_old_job_that_was_started_again_is_still_expected(import_job: DeskJob, settings: Any) -> None:
    settings.DIWAN_KEEP_JOB_FILES_DAYS = 30
    left_running(import_job, 6)
    DeskJob.objects.update(created_at=timezone.now() - timedelta(days=31))
    job = DeskJob.objects.get(pk=import_job.pk)
    jobs.job_follow_up(job=job)
    jobs.job_restart(job=job)
    call_command("prune_records", verbosity=0)
    job.refresh_from_db()
    assert (job.state, job.upload is None) == ("waiting", False)


@pytest.mark.once
@pytest.mark.django_db
def test_the_list_tells_too_and_only_the_owner_starts_again(site_tree: Any, admin: Any) -> None:
    job = DeskJob.objects.create(kind="submit", owner=translator_make("ar"))
    left_running(job, 6)
    # As an earlier release has left it.
    DeskJob.objects.update(seen_at=None)
    client = client_for(admin)
    assert "Interrupted" in client.get(reverse("translation_desk:jobs")).content.decode()
    assert DeskJob.objects.get().state == "interrupted"
    restart = reverse("translation_desk:job_restart", args=[job.pk])
    assert restart not in client.get(reverse("translation_desk:job", args=[job.pk])).content.decode()
    assert client.post(restart, follow=True).status_code == 404
    assert client.get(restart).status_code == 405
    assert DeskJob.objects.get().state == "interrupted"


@pytest.mark.once
@pytest.mark.django_db
def test_the_next_job_stores_what_was_left_and_starts_nothing(admin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    works_as(monkeypatch, lambda job: iter([JobItem("success", "one")]))
    left, alive, job = (DeskJob.objects.create(kind="submit", owner=admin) for _ in range(3))
    left_running(left, 6)
    left_running(alive, 4)
    job_run(job_id=job.pk)
    assert dict(DeskJob.objects.values_list("pk", "state")) == {
        left.pk: "interrupted",
        alive.pk: "running",
        job.pk: "done",
    }


@pytest.mark.once
@pytest.mark.django_db
def test_a_worker_that_is_told_to_end_at_once_says_so(admin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def worker(job: DeskJob) -> Iterator[JobItem]:
        yield JobItem("success", "one")
        raise SystemExit(1)

    works_as(monkeypatch, worker)
    job = DeskJob.objects.create(kind="submit", owner=admin, upload=b"file")
    with pytest.raises(SystemExit):
        job_run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, bytes(job.upload or b""), [item["title"] for item in job.report]) == (
        "interrupted",
        b"file",
        ["one", INTERRUPTED],
    )


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("started_again", [True, False])
def test_a_worker_that_was_taken_for_dead(admin: Any, monkeypatch: pytest.MonkeyPatch, started_again: bool) -> None:
    """It has the last word, unless somebody has started the job again."""

    def worker(job: DeskJob) -> Iterator[JobItem]:
        yield JobItem("success", "late")
        DeskJob.objects.filter(pk=job.pk).update(seen_at=timezone.now() - timedelta(minutes=6))
        assert progress(client_for(admin), job)["state"] == "interrupted"
        if started_again:
            jobs.job_restart(job=job)

    works_as(monkeypatch, worker)
    job = DeskJob.objects.create(kind="submit", owner=admin)
    job_run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, len(job.report)) == (("waiting", 0) if started_again else ("done", 1))
