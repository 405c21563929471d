"""``make screenshots``: the pictures of README.md and docs/, taken from a demo site by a headless Chromium.

Usage: python -m tests.e2e.screenshots [FOLDER [PART …]]    (default docs/images and every part: desk, front, missions)

The pictures of the translators' desk are taken twice, in the French and in the Arabic interface, of the same contents
(``tests/e2e/desk_content.py``). docs/translation.md shows them side by side, the guides in French and Arabic each
theirs.
"""

import io
import json
import re
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.browser import chromium, log_in, program
from tests.e2e.demo_site import DemoSite, said
from tests.integration.servers import ROOT, run

WIDTH, HEIGHT = 1280, 860
LANGUAGES = ("fr", "ar")
TRANSLATOR, REVIEWER, EDITOR = "translator-ar", "reviewer-ar", "editor-ar"
# A news item that the demo has in French and not in Arabic, and that the desk leaves alone.
UNTRANSLATED = "trois-langues-un-site"
COLOURS = 192


@dataclass(frozen=True)
class Screen:
    """One picture: whose screen, where, how large a part of it, and what is done before it is taken.

    The menu is folded away but where the picture is of the menu alone.
    """

    name: str
    user: str
    address: str
    height: int = HEIGHT
    width: int = WIDTH
    act: Callable[[Page], None] | None = None


def page_id(site: DemoSite, language: str, slug: str) -> int:
    with sqlite3.connect(site.database) as connection:
        query = (
            "SELECT page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale ON locale.id = page.locale_id "
            "WHERE locale.language_code = ? AND page.slug = ?"
        )
        [[found]] = connection.execute(query, (language, slug))
    return int(found)


def asked(site: DemoSite, call: str, module: str = "desk_content") -> Any:
    """What a function of ``module``, which prepares contents, prints on its last line."""
    code = f"from tests.e2e import {module}; {module}.{call}"
    result = run(sys.executable, "manage.py", "shell", "--no-imports", "-c", code, env=site.env)
    if result.returncode:
        raise RuntimeError(f"{call}: {result.stderr}")
    last = result.stdout.rpartition("\n")[2]
    return json.loads(last) if last else None


# --- Taking one picture --------------------------------------------------------------------------------------------
def write(picture: bytes, target: Path) -> None:
    """As a PNG with a palette: a screen has few colours, and the repository keeps every version."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    image.save(target, optimize=True)
    sys.stdout.write(f"wrote {target.name}, {target.stat().st_size // 1024} kB\n")


def take(
    page: Page,
    address: str,
    target: Path,
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
    act: Callable[[Page], None] | None = None,
) -> None:
    """Open ``address``, ``act`` on it, and write what is seen when nothing is loading any more.

    Of a narrower picture the side where the interface begins is kept.
    """
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if act:
        act(page)
        page.wait_for_load_state("networkidle")
    is_rtl = page.locator("html").get_attribute("dir") == "rtl"
    part: Any = {"x": WIDTH - width if is_rtl else 0, "y": 0, "width": width, "height": height}
    write(page.screenshot(animations="disabled", caret="hide", clip=part), target)


def opened(browser: Browser, site: DemoSite, user: str, language: str) -> BrowserContext:
    """A browser in which ``user`` is logged in, with the password that the demo site printed."""
    [password] = re.findall(rf"^ +{user} +password (\S+)", site.log.read_text(encoding="utf-8"), re.MULTILINE)
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale=language, reduced_motion="reduce")
    page = context.new_page()
    log_in(page, site.base, user, password)
    page.close()
    return context


# --- The desk ------------------------------------------------------------------------------------------------------
def _open_menu(page: Page) -> None:
    page.locator("button:has(.icon-wagtail-localize-language)").first.click()
    page.locator(".sidebar-sub-menu-item--open a").first.wait_for()


def _at_the_machines(page: Page) -> None:
    """The text that a machine translated, and what the checks found before it."""
    machine = page.locator(".diwan-hints__finding--machine").first
    machine.wait_for()
    page.locator("li:has(> .diwan-hints .diwan-hints__finding--blocking)").first.evaluate(
        "element => element.scrollIntoView({ block: 'start' })"
    )


def _help_shown(page: Page) -> None:
    page.locator(".diwan-hints__matches").first.wait_for()


def _request_changes(page: Page) -> None:
    page.locator(".diwan-review details summary").click()


def desk_screens(places: dict[str, dict[str, int]], jobs: dict[str, int], source: int) -> list[Screen]:
    """Every screen of the desk, in the order in which the guides show them."""

    def edit(slug: str) -> str:
        return f"pages/{places[slug]['page']}/edit/"

    desk = "translations/into/ar/"
    written, editor = places["visite-etat-france-2024"], places["editor"]
    arabic = 2  # the locales of a new site stand in the order of the settings
    return [
        Screen("menu", TRANSLATOR, "", 640, width=400, act=_open_menu),
        Screen("overview", TRANSLATOR, desk, 760),
        Screen("list", TRANSLATOR, f"{desk}?status=new&status=in_progress&assignee=me", 820),
        Screen("start", TRANSLATOR, f"localize/submit/page/{source}/?select_locale=ar", 340),
        Screen("editor", TRANSLATOR, edit("editor"), 1440, act=_help_shown),
        Screen("checks", TRANSLATOR, edit("editor"), 760, act=_at_the_machines),
        Screen("review-translator", TRANSLATOR, edit("visite-etat-france-2024"), 480),
        Screen("returned", TRANSLATOR, edit("seisme-al-haouz-secours"), 480),
        Screen("dashboard", REVIEWER, "", 720),
        Screen("review", REVIEWER, edit("visite-etat-france-2024"), 640, act=_request_changes),
        Screen("assign", EDITOR, f"translations/review/{written['record']}/assign/", 980),
        Screen("difference", TRANSLATOR, f"translations/difference/{places['retour-union-africaine']['record']}/", 400),
        Screen("job", TRANSLATOR, f"translations/jobs/{jobs['submit']}/", 500),
        Screen("coverage", TRANSLATOR, "translations/coverage/", 560),
        Screen("memory", TRANSLATOR, "translations/memory/?source=fr&target=ar&q=accord", 860),
        Screen("glossary", EDITOR, f"snippets/translations/glossaryterm/?target_locale={arabic}", 760),
        Screen("glossary-files", EDITOR, "translations/glossary/", 900),
        Screen("glossary-report", EDITOR, f"translations/jobs/{jobs['glossary']}/", 440),
        Screen("exchange", TRANSLATOR, f"translations/files/page/{editor['page']}/", 760),
        Screen("exchange-selection", TRANSLATOR, "translations/files/", 1240),
        Screen("exchange-report", TRANSLATOR, f"translations/jobs/{jobs['import']}/", 640),
    ]


def take_desk(site: DemoSite, folder: Path) -> None:
    """Every screen of the desk and an e-mail, in each language of LANGUAGES."""
    folder.mkdir(exist_ok=True)
    places = asked(site, "prepare()")
    source = page_id(site, "fr", UNTRANSLATED)
    no_jobs = {"submit": 0, "glossary": 0, "import": 0}
    for language in LANGUAGES:
        # The lists must look the same in both languages: they are asked before a job begins translations.
        asked(site, f"speak({language!r})")
        with chromium(language) as browser:
            take_screens(browser, site, folder, language, desk_screens(places, no_jobs, source)[:4])
    for language in LANGUAGES:
        jobs = asked(site, f"run_jobs({language!r})")
        mail = asked(site, f"last_mail({language!r})")
        with chromium(language) as browser:
            take_screens(browser, site, folder, language, desk_screens(places, jobs, source)[4:])
            take_mail(browser, mail["html"], folder / f"mail-{language}.png")


def take_screens(browser: Browser, site: DemoSite, folder: Path, language: str, screens: list[Screen]) -> None:
    contexts: dict[str, BrowserContext] = {}
    for screen in screens:
        if screen.user not in contexts:
            contexts[screen.user] = opened(browser, site, screen.user, language)
        context = contexts[screen.user]
        collapsed = {"name": "wagtail_sidebar_collapsed", "value": "1" if screen.width == WIDTH else "0"}
        context.add_cookies([{**collapsed, "url": site.base}])  # type: ignore[typeddict-item]  # as documented
        page = context.new_page()
        target = folder / f"{screen.name}-{language}.png"
        address = f"{site.base}/admin/{screen.address}"
        take(page, address, target, width=screen.width, height=screen.height, act=screen.act)
        page.close()
    for context in contexts.values():
        context.close()


def take_mail(browser: Browser, html: str, target: Path) -> None:
    context = browser.new_context(viewport={"width": 720, "height": 460})
    page = context.new_page()
    page.set_content(html)
    write(page.screenshot(full_page=True), target)
    context.close()


# --- The form of a mission -----------------------------------------------------------------------------------------
def _at(selector: str, *, above: int = 130) -> Callable[[Page], None]:
    """Scrolls what is meant below the bar that stays at the top."""

    def scroll(page: Page) -> None:
        page.locator(selector).first.evaluate(
            """(element, above) => {
              element.style.scrollMarginTop = `${above}px`;
              element.scrollIntoView({ block: "start", behavior: "instant" });
              return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            }""",
            above,
        )

    return scroll


def take_missions(site: DemoSite, folder: Path) -> None:
    """A mission's form with its map and hours, the listing of missions and the directory, in each of LANGUAGES."""
    folder.mkdir(exist_ok=True)
    mission = asked(site, "prepare()", "records_content")["mission"]
    address = f"pages/{mission}/edit/"
    screens = [
        Screen("form", "editor", address, 900),
        Screen("map", "editor", address, 900, act=_at("#id_address", above=160)),
        Screen("hours", "editor", address, 900, act=_at(".diwan-hours")),
        Screen("list", "editor", "missions/", 900),
    ]
    for language in LANGUAGES:
        asked(site, f"speak({language!r})", "records_content")
        with chromium(language) as browser:
            take_screens(browser, site, folder, language, screens)
            # Nobody is logged in: the public directory, as a visitor sees it.
            context = browser.new_context(locale=language)
            directory = f"{site.base}/{language}/annuaire-des-missions/"
            take(context.new_page(), directory, folder / f"directory-{language}.png", height=900)
            context.close()
    asked(site, "speak('fr')", "records_content")


# --- README.md -----------------------------------------------------------------------------------------------------
def start_translation(page: Page) -> None:
    """Submit a page for translation into the translator's one language, as the first click of a translation does."""
    page.locator("input[name=locales]").first.check()
    page.locator("main form button[type=submit], main form input[type=submit]").last.click()
    page.locator(".js-translation-editor li p").first.wait_for()


def take_front(browser: Browser, site: DemoSite, folder: Path) -> None:
    """The admin in French and Arabic, and a plain page in Arabic."""
    context = opened(browser, site, "editor", "fr")
    take(context.new_page(), f"{site.base}/admin/news/?locale=fr", folder / "admin-fr.png")
    context.close()
    context = opened(browser, site, TRANSLATOR, "ar")
    submit = f"{site.base}/admin/localize/submit/page/{page_id(site, 'fr', UNTRANSLATED)}/"
    take(context.new_page(), submit, folder / "admin-ar.png", act=start_translation)
    context.close()
    # Nobody is logged in: a visitor sees no button of the admin's.
    context = browser.new_context(locale="ar")
    take(context.new_page(), f"{site.base}/ar/amerique/", folder / "page-ar.png")
    context.close()


def main(folder: Path, parts: Sequence[str] = ("desk", "front", "missions")) -> int:
    if program() is None:
        packages = "chromium chromium-l10n fonts-liberation fonts-noto-color-emoji"
        sys.stderr.write(f"No Chromium on this machine (Debian: apt install {packages})\n")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        site = DemoSite(Path(scratch))
        site.log = site.start("screenshots")
        try:
            if not said(site.log, "Ask it something", seconds=600):
                sys.stderr.write(site.log.read_text(encoding="utf-8"))
                return 1
            if "desk" in parts:
                take_desk(site, folder / "desk")
            if "front" in parts:
                with chromium() as browser:
                    take_front(browser, site, folder)
            if "missions" in parts:
                take_missions(site, folder / "missions")
        finally:
            site.stop(signal.SIGTERM)
    return 0


if __name__ == "__main__":
    folder, *parts = sys.argv[1:] or [str(ROOT / "docs" / "images")]
    sys.exit(main(Path(folder), parts or ("desk", "front", "missions")))
