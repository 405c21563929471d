"""One served site and one browser for all browser tests."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import chromium
from tests.integration.servers import environment, free_port, run, serving

PASSWORD = "only-for-this-test"
# One process: each takes seconds to start.
PREPARE = f"""
from django.contrib.auth import get_user_model
from django.core.management import call_command

call_command("setup_site", verbosity=0)
get_user_model().objects.create_superuser("admin", "admin@example.org", {PASSWORD!r})
"""


class Served:
    """A site that setup_site made, with a superuser."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.database = database
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.env = environment(
            DATABASE_URL=f"sqlite:///{database}",
            MEDIA_ROOT=str(folder / "media"),
            DJANGO_SETTINGS_MODULE="tests.e2e.settings",
        )
        self.command = (sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{port}", "--threads=4")

    def manage(self, *arguments: str) -> None:
        result = run(sys.executable, "manage.py", *arguments, env=self.env)
        assert result.returncode == 0, result.stderr

    def prepare(self) -> None:
        self.manage("shell", "-c", PREPARE)

    def page_id(self, language: str, slug: str) -> int:
        with sqlite3.connect(self.database) as connection:
            [[found]] = connection.execute(
                "SELECT page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale "
                "ON locale.id = page.locale_id WHERE locale.language_code = ? AND page.slug = ?",
                (language, slug),
            )
        return int(found)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, _kept_file: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("browser")
    served = Served(folder, Path(shutil.copy(_kept_file, folder / "db.sqlite3")))
    served.prepare()
    with serving(*served.command, env=served.env, url=f"{served.base}/healthz/"):
        yield served


# Playwright keeps an event loop in this thread while it runs, and Django refuses its database there: no longer than a
# module, for the worker runs other tests afterwards.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
