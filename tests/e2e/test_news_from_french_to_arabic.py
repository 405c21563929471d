"""A news item on its way from an editor's French to a published Arabic page, as three people's browsers see it."""

import json
import re
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import BROWSER_MARKS, log_in, reader
from tests.e2e.conftest import PASSWORD, Served

pytestmark = BROWSER_MARKS

PEOPLE = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

for name, group, language in (
    ("claire", "Moderators", "fr"), ("amina", "Translators (العربية)", "ar"), ("yusuf", "Reviewers (العربية)", "ar"),
):
    user = get_user_model().objects.create_user(name, f"{{name}}@example.org", {PASSWORD!r})
    user.groups.add(Group.objects.get(name=group))
    UserProfile.objects.update_or_create(user=user, defaults={{"preferred_language": language}})
"""
TITLE, SUMMARY = "Accord de pêche signé à Rabat", "Le Maroc et l’Union signent un accord."
TITLE_AR, SUMMARY_AR = "توقيع اتفاق الصيد في الرباط", "المغرب والاتحاد يوقعان اتفاقا."
LINK = "https://example.org/accord"
QUERY = """
fragment Text on NewsItem {
  title locale direction isFallback summary
  body { ... on RichTextBlock { content { html } } }
  translation { status progress isOutdated untranslatedPaths }
}
{
  ar: route(path: "/ar/actualites/accord-de-peche-signe-a-rabat/") { ...Text }
  fr: route(path: "/fr/actualites/accord-de-peche-signe-a-rabat/") { ...Text }
}
"""


@pytest.fixture(scope="module", autouse=True)
def people(site: Served) -> None:
    site.manage("shell", "-c", PEOPLE)


def ask(site: Served) -> dict[str, dict[str, object]]:
    """What the endpoint answers to anybody."""
    request = Request(
        f"{site.base}/graphql/", json.dumps({"query": QUERY}).encode(), {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=20) as response:
        answer = json.load(response)
    assert "errors" not in answer, answer
    data: dict[str, dict[str, object]] = answer["data"]
    return data


def write_and_publish(page: Page, site: Served) -> None:
    """The editor's part, in French: a news item with a rich text that has a link in it."""
    log_in(page, site.base, "claire", PASSWORD)
    page.goto(f"{site.base}/admin/news/")
    page.get_by_role("link", name="Ajouter").first.click()
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=kind]", label="Communiqué")
    page.fill("input[name=date]", "15/01/2026")
    page.keyboard.press("Escape")
    page.fill("textarea[name=introduction]", SUMMARY)
    page.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="Texte", exact=True).click()
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("Lire le texte")
    for _letter in "texte":
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    page.get_by_role("link", name="Lien externe").click()
    page.fill("input[name=external-link-chooser-url]", LINK)
    page.locator(".modal-body [type=submit]").last.click()
    expect(page.locator(".modal-body")).to_have_count(0)
    page.get_by_role("button", name="Plus d'actions").click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages")).to_contain_text("créée et publiée")


def translate(page: Page, source: str, text: str) -> Locator:
    """Type the translation of one text and save it."""
    row = page.locator(".js-translation-editor li > h3 + ul > li").filter(has_text=source)
    row.get_by_role("button", name=re.compile("^(ترجمة|تحرير)$")).click()
    field = row.locator("textarea")
    assert field.evaluate("element => [element.lang, element.dir]") == ["ar", "rtl"]
    field.fill("")
    field.press_sequentially(text)
    row.get_by_role("button", name="حفظ").click()
    expect(row.locator("> div > p")).to_have_text(text)
    # The word "saving" gives way to the button when the server has it.
    expect(row.get_by_role("button", name="تحرير")).to_be_visible()
    return row


def translate_and_submit(page: Page, site: Served) -> None:
    """The translator's part: from the desk to the review, past a link that she forgot."""
    log_in(page, site.base, "amina", PASSWORD)
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.goto(f"{site.base}/admin/translations/into/ar/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_label("العربية")).to_be_checked()
    page.locator("main form [type=submit]").last.click()
    translate(page, TITLE, TITLE_AR)
    translate(page, SUMMARY, SUMMARY_AR)
    body = translate(page, "Lire le", "اقرأ النص")
    expect(body.locator(".diwan-hints__finding--blocking")).to_contain_text('<a id="a1">')
    page.get_by_role("button", name="إرسال للمراجعة").click()
    expect(page.locator(".messages")).to_contain_text("لم تُرسل للمراجعة")
    body = translate(page, "Lire le", 'اقرأ <a id="a1">النص</a>')
    expect(body.locator(".diwan-hints__finding--blocking")).to_have_count(0)
    page.get_by_role("button", name="إرسال للمراجعة").click()
    expect(page.locator(".messages")).to_contain_text("أُرسلت للمراجعة")


def approve(page: Page, site: Served) -> None:
    """The reviewer's part: what waits is on the dashboard."""
    log_in(page, site.base, "yusuf", PASSWORD)
    page.get_by_role("link", name=TITLE_AR).first.click()
    expect(page.locator(".diwan-review")).to_contain_text("amina")
    page.get_by_role("button", name="الموافقة والنشر").click()
    expect(page.locator(".messages")).to_contain_text("تمت الموافقة والنشر")


def test_three_people_take_a_news_item_from_french_to_arabic(browser: Browser, site: Served) -> None:
    french = {
        "title": TITLE,
        "locale": "FR",
        "direction": "LTR",
        "isFallback": False,
        "summary": SUMMARY,
        "body": [{"content": {"html": f'<p>Lire le <a href="{LINK}">texte</a></p>'}}],
        "translation": {"status": "SOURCE", "progress": 1.0, "isOutdated": False, "untranslatedPaths": []},
    }
    with reader(browser, "fr") as page:
        write_and_publish(page, site)
    assert ask(site)["fr"] == french
    with reader(browser, "ar") as page:
        translate_and_submit(page, site)
    # Nothing of it is public before the review: the fallback chain answers.
    before = ask(site)
    assert before["fr"] == french
    assert [before["ar"][name] for name in ("title", "locale", "isFallback")] == [TITLE, "FR", True]
    with reader(browser, "ar") as page:
        approve(page, site)
    assert ask(site) == {
        "fr": french,
        "ar": {
            "title": TITLE_AR,
            "locale": "AR",
            "direction": "RTL",
            "isFallback": False,
            "summary": SUMMARY_AR,
            "body": [{"content": {"html": f'<p>اقرأ <a href="{LINK}">النص</a></p>'}}],
            "translation": {"status": "UP_TO_DATE", "progress": 1.0, "isOutdated": False, "untranslatedPaths": []},
        },
    }
