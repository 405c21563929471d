"""A headless Chromium of this machine, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: CI runs as root in a container, and the pages are our own. The rest keeps it from asking foreign hosts.
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run"),
]


def program() -> str | None:
    """Path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def chromium(language: str = "en") -> Iterator[Browser]:
    """A running browser whose own words, such as those of file fields, are in ``language``; program() must find one."""
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, f"--lang={language}"]
        environment: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": language}
        browser = playwright.chromium.launch(executable_path=program(), args=arguments, env=environment)
        try:
            yield browser
        finally:
            browser.close()


def log_in(page: Page, base: str, username: str, password: str) -> None:
    """Log in to the admin and wait for the dashboard."""
    page.goto(f"{base}/admin/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(f"{base}/admin/")
