"""The admin in a real browser: French from left to right, Arabic from right to left, and nothing in the console."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import BROWSER_MARKS, log_in, reader
from tests.e2e.conftest import PASSWORD, Served

pytestmark = BROWSER_MARKS


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a reader of ``language``, French unless the test says otherwise."""
    callspec = getattr(request.node, "callspec", None)
    with reader(browser, callspec.params.get("language", "fr") if callspec else "fr") as page:
        yield page


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
