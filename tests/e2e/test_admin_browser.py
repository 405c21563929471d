"""The admin in a real browser: French from left to right, Arabic from right to left, and nothing in the console."""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect

from tests.e2e.browser import chromium, log_in, program
from tests.integration.servers import environment, free_port, run, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.sqlite,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(program() is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]
PASSWORD = "only-for-this-test"


class Served:
    """A site that setup_site made, with a superuser."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.database = database
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.env = environment(
            DATABASE_URL=f"sqlite:///{database}",
            MEDIA_ROOT=str(folder / "media"),
            DJANGO_SETTINGS_MODULE="cms.settings.development",
            DJANGO_SUPERUSER_PASSWORD=PASSWORD,
        )
        self.command = (sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{port}", "--threads=4")

    def manage(self, *arguments: str) -> None:
        result = run(sys.executable, "manage.py", *arguments, env=self.env)
        assert result.returncode == 0, result.stderr

    def prepare(self) -> None:
        self.manage("setup_site")
        self.manage("createsuperuser", "--noinput", "--username=admin", "--email=admin@example.org")

    def page_id(self, language: str, slug: str) -> int:
        with sqlite3.connect(self.database) as connection:
            [[found]] = connection.execute(
                "SELECT page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale "
                "ON locale.id = page.locale_id WHERE locale.language_code = ? AND page.slug = ?",
                (language, slug),
            )
        return int(found)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("browser"), migrated_file)
    served.prepare()
    with serving(*served.command, env=served.env, url=f"{served.base}/healthz/"):
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a reader of ``language``, French unless the test says otherwise.

    Its test fails when a script fails, or when the browser refuses something by the policy.
    """
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def fail(error: Error) -> None:
        complaints.append(str(error))

    callspec = getattr(request.node, "callspec", None)
    language = callspec.params.get("language", "fr") if callspec else "fr"
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=language)
    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", fail)
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize(("language", "direction", "title"), [("fr", "ltr", "Amérique"), ("ar", "rtl", "الأمريكتان")])
def test_dashboard_and_page_editor_work_in_the_users_language(
    page: Page, site: Served, language: str, direction: str, title: str
) -> None:
    log_in(page, site.base, "admin", PASSWORD)
    assert page.locator("html").get_attribute("dir") == direction
    assert page.locator("html").get_attribute("lang") == language

    page.goto(f"{site.base}/admin/pages/{site.page_id(language, 'amerique')}/edit/")
    assert page.locator("input[name=title]").input_value() == title
    # React draws the block chooser: its scripts ran under the policy.
    page.locator("button.c-sf-add-button").first.click()
    page.locator("[role=option]").first.wait_for(state="visible")


DIRECTIONS = """names => Object.fromEntries(names.map(name => {
  const style = getComputedStyle(document.querySelector(name));
  return [name, [style.direction, style.unicodeBidi]];
}))"""


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_fields_follow_the_language_of_the_content(page: Page, site: Served, language: str) -> None:
    """What is written in them, not the interface; addresses, codes and days are Latin in both."""
    names = ["input[name=title]", "textarea[name=introduction]", "input[name=capital]", "input[name=seo_title]"]
    names.append("[data-streamfield-stream-container] .public-DraftStyleDefault-block")
    latin = ["input[name=slug]", "input[name=alpha3]", "input[name=relations_since]"]
    log_in(page, site.base, "admin", PASSWORD)
    for content, direction in (("fr", "ltr"), ("ar", "rtl")):
        page.goto(f"{site.base}/admin/pages/{site.page_id(content, 'mexique')}/edit/")
        page.locator("button.c-sf-add-button").last.click()
        page.locator("[role=option]").nth(1).click()
        page.locator(names[-1]).first.wait_for()
        found = page.evaluate(DIRECTIONS, [*names, *latin])
        expected = {**dict.fromkeys(names, direction), **dict.fromkeys(latin, "ltr")}
        assert found == {name: [way, "isolate"] for name, way in expected.items()}


def test_a_narrow_screen_hides_no_column_of_a_list(page: Page, site: Served) -> None:
    """The table is moved sideways; the admin cuts off what is wider than the screen."""
    page.set_viewport_size({"width": 400, "height": 800})
    log_in(page, site.base, "admin", PASSWORD)
    page.goto(f"{site.base}/admin/countries/")
    results = page.locator("#listing-results")
    assert results.evaluate("e => e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX === 'auto'")
    assert results.locator("td.title").first.evaluate("e => e.clientWidth") >= 200


def test_graphiql_asks_the_endpoint(page: Page, site: Served) -> None:
    page.goto(f"{site.base}/graphql/")
    page.locator(".graphiql-container, .graphiql-query-editor").first.wait_for(state="visible")
    page.locator("button.graphiql-execute-button").click()
    result = page.locator(".result-window")
    expect(result).to_contain_text('"data"')
    expect(result).not_to_contain_text('"errors"')


def test_plain_page_reads_from_right_to_left(page: Page, site: Served) -> None:
    page.goto(f"{site.base}/ar/amerique/mexique/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    expect(page.locator("h1")).to_contain_text("المكسيك")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
