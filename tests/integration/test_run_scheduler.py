"""run_scheduler: what editors have scheduled goes live, and an error does not stop the next look."""

import datetime
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from home.models import HomePage, StandardPage
from tests.integration.servers import ROOT, environment
from tests.integration.translating import client_for, desk_open, translator_make
from translations.models import TranslationAssignment


def scheduled(home: HomePage, *, slug: str, hours: int) -> StandardPage:
    """A draft that goes live ``hours`` from now."""
    page = StandardPage(title=slug, slug=slug, locale=home.locale, live=False)
    home.add_child(instance=page)
    page.go_live_at = timezone.now() + datetime.timedelta(hours=hours)
    page.save_revision(approved_go_live_at=page.go_live_at)
    return page


def test_once_publishes_what_is_due_and_nothing_else(site_tree) -> None:
    due, later = (scheduled(site_tree.home["fr"], slug=slug, hours=h) for slug, h in (("due", -1), ("later", 1)))
    call_command("run_scheduler", once=True)
    assert StandardPage.objects.get(pk=due.pk).live
    assert not StandardPage.objects.get(pk=later.pk).live


def test_once_reminds_of_what_is_due(site_tree, admin, django_capture_on_commit_callbacks, mailoutbox) -> None:
    record = desk_open(client_for(admin), site_tree.news("Accord"), "ar").record
    translator = translator_make("ar")
    TranslationAssignment.objects.create(translation=record, assignee=translator, due_on=timezone.localdate())
    for _look in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("run_scheduler", once=True)
    assert [message.to for message in mailoutbox] == [[translator.email]]


@pytest.mark.sqlite
def test_an_error_is_logged_the_next_look_made_and_sigterm_obeyed(tmp_path: Path) -> None:
    # A database without tables: every look fails.
    env = environment(DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3", PYTHONUNBUFFERED="1")
    log = tmp_path / "scheduler.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_scheduler", "--seconds", "0.1"],
            env=env,
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 60
        while log.read_text().count("Scheduled publication failed") < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
    assert log.read_text().count("Scheduled publication failed") >= 2
