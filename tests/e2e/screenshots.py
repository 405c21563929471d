"""``make screenshots``: the pictures of README.md and docs/, taken from a demo site by a headless Chromium.

Usage: python -m tests.e2e.screenshots [FOLDER]    (default docs/images)
"""

import signal
import sqlite3
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from regions.services.demo.users import PASSWORD
from tests.e2e.browser import chromium, log_in, program
from tests.e2e.demo_site import DemoSite, said
from tests.integration.servers import ROOT

WIDTH, HEIGHT = 1280, 860
# A news item that the demo has in French and not in Arabic.
UNTRANSLATED = "visite-etat-france-2024"


def page_id(site: DemoSite, language: str, slug: str) -> int:
    with sqlite3.connect(site.database) as connection:
        query = (
            "SELECT page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale ON locale.id = page.locale_id "
            "WHERE locale.language_code = ? AND page.slug = ?"
        )
        [[found]] = connection.execute(query, (language, slug))
    return int(found)


def take(page: Page, address: str, target: Path, *, click: str = "", then: str = "") -> None:
    """Open ``address``, ``click`` an element, wait for the text ``then``, and write what is seen."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if click:
        page.click(click)
        page.get_by_text(then).first.wait_for()
    page.screenshot(path=target)
    sys.stdout.write(f"wrote {target}\n")


def start_translation(page: Page, address: str) -> None:
    """Submit a page for translation into the translator's one language, as the first click of a translation does."""
    page.goto(address)
    page.locator("input[name=locales]").first.check()
    page.locator("main form button[type=submit], main form input[type=submit]").last.click()
    page.locator(".js-translation-editor li p").first.wait_for()


def take_all(browser: Browser, site: DemoSite, folder: Path) -> None:
    """Admin in French and Arabic, the translation editor, GraphiQL, and a plain page in Arabic."""
    admin = f"{site.base}/admin"
    for language, user in (("fr", "editor"), ("ar", "translator-ar")):
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale=language)
        page = context.new_page()
        log_in(page, site.base, user, PASSWORD)
        take(page, f"{admin}/", folder / f"dashboard-{language}.png")
        if language == "fr":
            take(page, f"{admin}/news/?locale=fr", folder / "admin-fr.png")
        else:
            start_translation(page, f"{admin}/localize/submit/page/{page_id(site, 'fr', UNTRANSLATED)}/")
            take(page, page.url, folder / "admin-ar.png")
        edit = f"{admin}/pages/{page_id(site, language, 'amerique')}/edit/"
        take(page, edit, folder / f"editor-{language}.png")
        context.close()
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="fr")
    page = context.new_page()
    take(page, f"{site.base}/ar/amerique/", folder / "continent-ar.png")
    run_button = "button.graphiql-execute-button"
    take(page, f"{site.base}/graphql/", folder / "graphiql.png", click=run_button, then='"data"')
    context.close()


def main(folder: Path) -> int:
    if program() is None:
        sys.stderr.write("No Chromium on this machine (Debian: apt install chromium)\n")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        site = DemoSite(Path(scratch))
        log = site.start("screenshots")
        try:
            if not said(log, "Ask it something", seconds=600):
                sys.stderr.write(log.read_text(encoding="utf-8"))
                return 1
            with chromium() as browser:
                take_all(browser, site, folder)
        finally:
            site.stop(signal.SIGTERM)
    return 0


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"))
