"""The Atom feed of what has changed in travel advice, and the plain HTML pages."""

import datetime
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.http import http_date
from lxml import etree
from wagtail.models import PageViewRestriction

from home.selectors.visibility import gate_forget
from tests.factories.advice import advice_change, advice_make, advice_translate
from travel.feeds import FEED_LENGTH
from travel.models import AlertLevel, TravelAdviceChange, TravelAdviceIndexPage, TravelAdvicePage

pytestmark = [pytest.mark.once, pytest.mark.django_db]

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def get(code: str = "fr", **headers: str) -> Any:
    return Client().get(f"/feeds/travel-advice/{code}.atom", headers=headers)


def feed(code: str = "fr") -> Any:
    response = get(code)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def entries(code: str = "fr") -> list[dict[str, Any]]:
    return [
        {
            "language": entry.get(LANGUAGE),
            "title": entry.findtext(f"{ATOM}title"),
            "summary": entry.findtext(f"{ATOM}summary"),
            "link": entry.find(f"{ATOM}link").get("href"),
        }
        for entry in feed(code).findall(f"{ATOM}entry")
    ]


def level(value: AlertLevel, code: str) -> str:
    with translation.override(code):
        return str(value.label)


def url_of(page: TravelAdvicePage) -> str:
    return f"http://testserver{TravelAdvicePage.objects.get(pk=page.pk).get_url()}"


def test_the_feed_tells_of_changes_that_are_not_minor_in_each_language(site_tree) -> None:
    sheet = advice_make(site_tree, level=2)
    arabic = advice_translate(sheet, "ar", title="المكسيك")
    advice_change(sheet, note="Une coquille.", introduction="Prudence !", is_minor_change=True)
    advice_change(sheet, note="Le niveau <monte> & vite.", level=4, is_minor_change=False)
    french = [
        {
            "language": "fr",
            "title": f"Mexique: {level(AlertLevel.AVOID, 'fr')}",
            "summary": "Le niveau <monte> & vite.",
            "link": url_of(sheet),
        },
        {
            "language": "fr",
            "title": f"Mexique: {level(AlertLevel.HEIGHTENED, 'fr')}",
            "summary": None,
            "link": url_of(sheet),
        },
    ]
    assert [plain(entry) for entry in entries()] == french
    told = entries("ar")
    assert [entry["language"] for entry in told] == ["fr", "ar"]
    assert [entry["link"] for entry in told] == [url_of(arabic)] * 2
    assert [level(AlertLevel.AVOID, "ar") in told[0]["title"], told[0]["summary"]] == [
        True,
        "Le niveau <monte> & vite.",
    ]
    assert feed("ar").get(LANGUAGE) == "ar"


def plain(entry: dict) -> dict:
    """Without the space that French has before a colon."""
    return {**entry, "title": entry["title"].replace("\u00a0:", ":").replace(" :", ":")}


def test_ids_are_stable_and_the_feed_says_when_it_changed(site_tree) -> None:
    advice_change(advice_make(site_tree), note="Le niveau monte.", level=3)
    first = feed()
    ids = [entry.findtext(f"{ATOM}id") for entry in first.findall(f"{ATOM}entry")]
    assert len(set(ids)) == 2
    assert all(each.startswith("tag:testserver,2026:travel-advice:") for each in ids)
    assert first.findtext(f"{ATOM}id") == "tag:testserver,2026:travel-advice:fr"
    assert first.findtext(f"{ATOM}updated") == first.find(f"{ATOM}entry").findtext(f"{ATOM}updated")
    advice_make(site_tree, "BR")
    assert [entry.findtext(f"{ATOM}id") for entry in feed().findall(f"{ATOM}entry")][1:] == ids


def test_whoever_has_it_is_told_so(site_tree) -> None:
    sheet = advice_make(site_tree)
    response = get()
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["Content-Language"] == "fr"
    assert response["Cache-Control"] == "no-cache"
    assert (response["Surrogate-Key"], response["Cache-Tag"]) == ("diwan t-TravelAdvice", "diwan,t-TravelAdvice")
    assert not response.has_header("Vary")
    assert not response.cookies
    known = get(**{"if-none-match": response["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert (known["ETag"], known["Surrogate-Key"]) == (response["ETag"], "diwan t-TravelAdvice")
    advice_change(sheet, note="Le niveau monte.", level=3)
    assert get(**{"if-none-match": response["ETag"]}).status_code == 200


def test_a_date_alone_does_not_keep_a_withdrawal_from_anybody(site_tree) -> None:
    """The moment of the latest change goes back when its sheet is hidden: no date says that nothing has changed."""
    advice_make(site_tree, "BR")
    sheet = advice_make(site_tree)
    had = get()
    sheet.unpublish()
    for moment in (http_date(time.time()), http_date(time.time() + 3600)):
        response = get(**{"if-modified-since": moment})
        assert (response.status_code, response.has_header("Last-Modified")) == (200, False)
        assert response.content.count(b"<entry") == 1
        assert response["ETag"] != had["ETag"]


def test_caches_may_keep_it_until_the_clock_alters_it(site_tree, settings) -> None:
    settings.DIWAN_RESPONSE_CACHE = {"cdn_seconds": 3600, "browser_seconds": 60}
    sheet = advice_make(site_tree)
    assert get()["Cache-Control"] == "public, max-age=60, s-maxage=3600"
    TravelAdvicePage.objects.filter(pk=sheet.pk).update(expire_at=timezone.now() + datetime.timedelta(seconds=100))
    gate_forget()
    seconds = int(get()["Cache-Control"].rpartition("=")[2])
    assert 90 <= seconds <= 100


def test_an_empty_feed_stays_the_same(site_tree) -> None:
    assert get().content == get().content
    assert feed().findtext(f"{ATOM}updated") == "2000-01-01T00:00:00+00:00"


@pytest.mark.parametrize("code", ["xx", "FR", "fr.atom", "..%2f", "fr/"])
def test_other_addresses_are_not_found(site_tree, code) -> None:
    assert get(code).status_code == 404


def test_it_is_read_only(site_tree) -> None:
    response = Client().post("/feeds/travel-advice/fr.atom")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert Client().head("/feeds/travel-advice/fr.atom").status_code == 200


def test_characters_that_xml_cannot_hold_are_left_out(site_tree) -> None:
    sheet = advice_make(site_tree)
    TravelAdviceChange.objects.update(note="a\x00b\x1bc\ufffed".replace("\x00", ""))
    TravelAdvicePage.objects.filter(pk=sheet.pk).update(title="Mexi\x0bque")
    [entry] = entries()
    assert entry["summary"] == "abcd"
    assert entry["title"].startswith("Mexique")


def hide_by_unpublishing(sheet: TravelAdvicePage) -> None:
    sheet.unpublish()


def hide_by_a_password(sheet: TravelAdvicePage) -> None:
    PageViewRestriction.objects.create(page=sheet, restriction_type="password", password="x")


def hide_by_the_list(sheet: TravelAdvicePage) -> None:
    sheet.get_parent().specific.unpublish()


def hide_by_a_date(sheet: TravelAdvicePage) -> None:
    TravelAdvicePage.objects.filter(pk=sheet.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))


@pytest.mark.parametrize("hide", [hide_by_unpublishing, hide_by_a_password, hide_by_the_list, hide_by_a_date])
def test_what_is_hidden_is_not_told_of(site_tree, hide) -> None:
    sheet = advice_make(site_tree, title="CANARY", introduction="CANARY")
    advice_translate(sheet, "ar", title="CANARY", note="CANARY")
    advice_change(sheet, note="CANARY", level=4)
    assert len(entries()) == 2
    hide(TravelAdvicePage.objects.get(pk=sheet.pk))
    gate_forget()
    for code in ("fr", "ar", "es"):
        assert b"CANARY" not in get(code).content
        index = TravelAdviceIndexPage.objects.get(locale__language_code=code)
        assert b"CANARY" not in Client().get(index.get_url()).content


def test_the_feed_costs_the_same_for_one_change_and_for_many(site_tree) -> None:
    def cost() -> int:
        gate_forget()
        with CaptureQueriesContext(connection) as captured:
            get("ar")
        return len(captured)

    advice_make(site_tree)
    cost()
    one = cost()
    for code in ("BR", "SN", "CU", "JM"):
        advice_change(advice_make(site_tree, code), note="Le niveau monte.", level=3)
    assert cost() == one == 7
    sheet = TravelAdvicePage.objects.get(title="Mexique")
    old = [
        TravelAdviceChange(
            page=sheet, locale_code="fr", level=1, published_at=timezone.now() - datetime.timedelta(days=day)
        )
        for day in range(1, FEED_LENGTH + 9)
    ]
    TravelAdviceChange.objects.bulk_create(old)
    assert len(entries()) == FEED_LENGTH


# --- Plain pages ----------------------------------------------------------------------------------------------------
def page_of(path: str) -> BeautifulSoup:
    response = Client().get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_the_plain_page_of_a_sheet(site_tree, code) -> None:
    sheet = advice_make(site_tree, level=2, areas={"Le nord": 4})
    names = {"fr": "Le nord", "ar": "الشمال"}
    arabic = advice_translate(sheet, "ar", title="المكسيك", areas=["الشمال"])
    sheet = advice_change(sheet, note="Le niveau monte.", level=3)
    page = page_of(str(sheet.get_url() if code == "fr" else arabic.get_url()))
    assert page.html["dir"] == {"fr": "ltr", "ar": "rtl"}[code]
    badge = page.select_one("article > .advice-level")
    assert badge.get_text(strip=True) == level(AlertLevel.ESSENTIAL_ONLY, code)
    assert "advice-level--3" in badge["class"]
    [area] = page.select(".advice-areas li")
    assert area.select_one("bdi").text == names[code]
    assert area.select_one(".advice-level").get_text(strip=True) == level(AlertLevel.AVOID, code)
    assert [each["datetime"] for each in page.select(".advice-dates time")][-1] == "2026-01-15"
    assert "Un visa." in page.select_one(".advice-sections section").text
    told = page.select(".advice-history li")
    assert [change.p.text if change.p else None for change in told] == ["Le niveau monte.", None]
    assert told[0].p["lang"] == "fr"
    assert page.select_one(".advice-dates a").text.strip().endswith({"fr": "Mexique", "ar": "المكسيك"}[code])


def test_the_plain_list_has_every_sheet_once_with_the_source_s_level(site_tree) -> None:
    mexico = advice_make(site_tree, level=1)
    advice_make(site_tree, "BR", level=3)
    advice_translate(mexico, "ar", title="المكسيك")
    advice_change(mexico, note="Le niveau monte.", level=4)
    index = TravelAdviceIndexPage.objects.get(locale__language_code="ar")
    page = page_of(str(index.get_url()))
    rows = [(row.a.text, row.a["lang"], row.td.get_text(strip=True)) for row in page.select(".advice-list tbody tr")]
    assert sorted(rows) == sorted(
        [
            ("Brésil", "fr", level(AlertLevel.ESSENTIAL_ONLY, "ar")),
            ("المكسيك", "ar", level(AlertLevel.AVOID, "ar")),
        ]
    )
    assert page.select_one('link[type="application/atom+xml"]')["href"] == "/feeds/travel-advice/ar.atom"


def test_a_draft_is_previewed_with_its_own_level(site_tree, admin, client) -> None:
    sheet = advice_make(site_tree, level=1)
    draft = sheet.get_latest_revision_as_object()
    draft.level = 4
    draft.save_revision()
    client.force_login(admin)
    html = client.get(f"/admin/pages/{sheet.pk}/view_draft/").content.decode()
    assert "advice-level--4" in html
