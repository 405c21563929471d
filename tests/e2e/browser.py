"""A headless Chromium of this machine, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

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
def chromium() -> Iterator[Browser]:
    """A running browser; program() must have found one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


# A machine that does much else at once is slow, not wrong.
expect.set_options(timeout=20_000)
# One worker runs them all: they share the served site of conftest.py.
BROWSER_MARKS = [
    pytest.mark.browser,
    pytest.mark.sqlite,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(program() is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]


@contextmanager
def reader(browser: Browser, language: str) -> Iterator[Page]:
    """A page of somebody who reads ``language``.

    Its test fails when a script fails, or when the browser refuses something by the policy.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale=language)
    page = context.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{message.text} ({message.location['url']})")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == [], complaints


def log_in(page: Page, base: str, username: str, password: str) -> None:
    """Log in to the admin and wait for the dashboard."""
    page.goto(f"{base}/admin/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(f"{base}/admin/")
