"""The help of the translation editor in a real browser: written into fields that React owns, in both directions."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import BROWSER_MARKS, log_in, reader
from tests.e2e.conftest import PASSWORD, Served

pytestmark = BROWSER_MARKS

PREPARE = """
import datetime, json
from django.contrib.auth import get_user_model
from wagtail.models import Locale
from home.localize.submission import translation_submit, source_update
from regions.models import NewsIndexPage, NewsKind, NewsPage
from translations.models import GlossaryTerm
from wagtail_localize.models import StringSegment, StringTranslation, Translation

user = get_user_model().objects.get(username="admin")
french, arabic = (Locale.objects.get(language_code=code) for code in ("fr", "ar"))
GlossaryTerm.objects.create(
    source_locale=french, target_locale=arabic, source_term="accord", target_term="اتفاقية", forbidden="صفقة"
)
# One page for each run of the test.
for code in ("fr", "ar"):
    news = NewsPage(
        title="Accord signé hier à Paris", slug=f"accord-{code}", locale=french, date=datetime.date(2026, 1, 15),
        kind=NewsKind.objects.filter(locale=french).first(),
        body=json.dumps([{"type": "rich_text", "value": "<p>Un <b>texte</b> &amp; un accord.</p>"}]),
    )
    NewsIndexPage.objects.get(locale=french).add_child(instance=news)
    translation_submit(instance=news, locale=arabic, user=user)
    record = Translation.objects.get(source__object_id=news.translation_key, target_locale=arabic)
    segment = StringSegment.objects.get(source=record.source, context__path="title")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=arabic, data="وقع الاتفاق أمس في باريس",
        translation_type="manual",
    )
    news.title = "Accord signé lundi à Paris"
    news.save_revision().publish()
    source_update(source=record.source, translations=[record], user=user, publish=False)
    body = StringSegment.objects.filter(source=record.source).exclude(context__path="title").get()
    StringTranslation.objects.create(
        translation_of=body.string, context=body.context, locale=arabic, data="صفقة",
        translation_type="machine", tool_name="LibreTranslate",
    )
"""


@pytest.fixture(scope="module", autouse=True)
def prepared(site: Served) -> None:
    site.manage("shell", "-c", PREPARE)


@pytest.fixture(params=["fr", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    """The language of the interface."""
    code: str = request.param
    return code


@pytest.fixture
def page(browser: Browser, language: str) -> Iterator[Page]:
    """A page of a reader of that language."""
    with reader(browser, language) as page:
        yield page


def test_help_is_shown_and_written_into_the_fields(page: Page, site: Served, language: str) -> None:
    log_in(page, site.base, "admin", PASSWORD)
    page.goto(f"{site.base}/admin/pages/{site.page_id('ar', f'accord-{language}')}/edit/")
    helped = page.locator(".js-translation-editor li:has(> .diwan-hints)")
    expect(helped).to_have_count(2)
    title, body = helped.nth(0), helped.nth(1)

    # Terms are marked in the source, each language in its own direction.
    expect(title.locator("mark")).to_have_text("Accord")
    assert title.locator("> p").evaluate("element => [element.lang, element.dir]") == ["fr", "ltr"]
    old = title.locator(".diwan-hints__match--before")
    expect(old.locator(".diwan-hints__text")).to_have_text("وقع الاتفاق أمس في باريس")
    assert old.locator(".diwan-hints__text").evaluate("element => getComputedStyle(element).direction") == "rtl"

    # By keyboard: the old translation is put into the field, a term where the cursor is.
    old.get_by_role("button").focus()
    page.keyboard.press("Enter")
    field = title.locator("textarea")
    expect(field).to_have_value("وقع الاتفاق أمس في باريس")
    expect(field).to_be_focused()
    assert field.evaluate("element => [element.lang, element.dir]") == ["ar", "rtl"]
    title.locator(".diwan-hints__term button").click()
    expect(field).to_have_value("وقع الاتفاق أمس في باريس اتفاقية")
    page.keyboard.press("Enter")
    expect(title.locator("textarea")).to_have_count(0)
    expect(title.locator("> div > p")).to_have_text("وقع الاتفاق أمس في باريس اتفاقية")
    # Saved: what stood there before is of no use any more.
    expect(old).to_have_count(0)

    # A machine's text with a finding that blocks; saving confirms it.
    expect(body.locator(".diwan-hints__finding--blocking")).to_contain_text("<b>")
    machine = body.locator(".diwan-hints__finding--machine")
    machine.get_by_role("button").click()
    expect(machine).to_have_count(0)
    expect(body.locator("> div > p")).to_have_text("صفقة")
    expect(page.locator("[data-diwan-hints]")).to_have_text("")
