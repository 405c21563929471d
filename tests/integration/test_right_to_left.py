"""Arabic from right to left wherever people read and write it, in an interface of either direction."""

import csv
import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from openpyxl import load_workbook
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from regions.models import NewsKind
from tests.factories import SiteTree
from tests.integration.reviewing import person
from tests.integration.translating import Desk, client_for, desk_open

pytestmark = [pytest.mark.once, pytest.mark.django_db]
FSI, PDI = "\u2068", "\u2069"


def speak(user, language: str) -> None:
    UserProfile.objects.filter(user=user).update(preferred_language=language)


def page_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def desk(admin, site_tree: SiteTree) -> Desk:
    return desk_open(client_for(admin), site_tree.news("Accord ?"), "ar")


# --- Fields --------------------------------------------------------------------------------------------------------
def test_fields_have_the_direction_of_the_content_in_either_interface(admin, desk, site_tree) -> None:
    expected = {
        reverse("wagtailadmin_pages:edit", args=[site_tree.country["fr", "MX"].pk]): "content-ltr",
        reverse("wagtailadmin_pages:edit", args=[site_tree.country["ar", "MX"].pk]): "content-rtl",
        reverse("wagtailadmin_pages:add", args=["regions", "newspage", site_tree.index["ar"].pk]): "content-rtl",
        reverse("wagtailsnippets_regions_newskind:add") + "?locale=ar": "content-rtl",
        reverse(
            "wagtailsnippets_regions_newskind:edit", args=[NewsKind.objects.filter(locale__language_code="es")[0].pk]
        ): "content-ltr",
        desk.edit_url: "content-rtl",
    }
    for language, direction in (("fr", "ltr"), ("ar", "rtl")):
        speak(admin, language)
        for url, name in expected.items():
            page = page_of(desk.client.get(url))
            assert page.html["dir"] == direction
            assert [each for each in page.body["class"] if each.startswith("content-")] == [name], url


def test_a_form_without_a_language_takes_that_of_the_interface(admin, desk) -> None:
    page = page_of(desk.client.get(reverse("wagtailsnippets_translations_glossaryterm:add")))
    assert not [each for each in page.body["class"] if each.startswith("content-")]


# --- Dates ---------------------------------------------------------------------------------------------------------
def test_dates_in_arabic_have_day_month_and_year_in_this_order() -> None:
    moment = datetime.datetime(2026, 11, 29, 15, 24, tzinfo=datetime.UTC)
    with translation.override("ar"):
        written = [date_format(moment, name) for name in ("DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")]
    assert written == ["29 نوفمبر 2026", "29 نوفمبر 2026، 3:24 م", "29\u200f/11\u200f/2026، 3:24 م"]


def test_the_day_of_a_translation_is_in_the_interfaces_language(admin, desk, guarded) -> None:
    desk.translate({"Accord ?": "الاتفاق؟"})
    StringTranslation.objects.update(updated_at=datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC))
    speak(admin, "ar")
    [text] = desk.props()["initialStringTranslations"]
    assert text["comment"] == f"تمت الترجمة يدويًا في 29 {'نوفمبر' if guarded else 'November'} 2026"


# --- Screens of the desk -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("translation_memory:index", "ذاكرة الترجمة"),
        ("translations_exchange:index", "ملفات الترجمة"),
        ("translation_glossary:files", "ملفات المسرد"),
    ],
)
def test_pages_of_the_desk_are_named_in_their_heads(admin, desk, name, title) -> None:
    speak(admin, "ar")
    page = page_of(desk.client.get(reverse(name)))
    assert page.select(".w-breadcrumbs li")[-1].get_text(strip=True) == title


def test_the_form_of_an_assignment_has_its_title_as_heading(admin, desk) -> None:
    page = page_of(desk.client.get(reverse("translation_review:assign", args=[desk.record.pk])))
    assert page.h1.get_text(" ", strip=True) == "Assign a translation Accord ?"


def test_titles_within_arabic_sentences_are_isolated(admin, desk) -> None:
    speak(admin, "ar")
    page = page_of(desk.client.get(reverse("translations_exchange:page", args=[desk.target.pk])))
    assert "«<bdi>Accord ?</bdi>»" in str(page.select_one("main .nice-padding h2"))


def test_numbers_of_the_coverage_are_told_in_words(admin, desk, site_tree) -> None:
    speak(admin, "ar")
    cell = page_of(desk.client.get(reverse("translation_desk:coverage"))).select(".desk-matrix td")[0]
    percent, counts = cell.strong, cell.select_one(".desk-small")
    assert (percent["dir"], percent.get_text()[-2:]) == ("ltr", " %")
    total = cell.select_one("[role=img]")["aria-label"].split()[-1]
    assert counts.get_text().split()[1:] == ["من", total]


def test_what_changed_is_named_as_the_editor_names_it(admin, desk, django_capture_on_commit_callbacks) -> None:
    source = desk.record.source.get_source_instance()
    source.introduction = "Signé hier."
    with django_capture_on_commit_callbacks(execute=True):
        source.save_revision().publish()
    speak(admin, "ar")
    page = page_of(desk.client.get(reverse("translation_desk:difference", args=[desk.record.pk])))
    [row] = page.select(".desk-difference tbody tr")
    assert row.select_one(".desk-small").get_text() == "مقدمة"


# --- Exports -------------------------------------------------------------------------------------------------------
HEADINGS = ["العنوان", "الحالة", "الكلمات المتبقية", "منشور"]


def test_a_spreadsheet_of_the_desk_is_in_the_interfaces_language_and_direction(admin, desk) -> None:
    url = reverse("translation_desk:desk", args=["ar"])
    speak(admin, "ar")
    response = desk.client.get(url, {"export": "xlsx"}, headers={"accept-language": "fr"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.sheet_view.rightToLeft
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == HEADINGS
    assert [row[:2] for row in rows if row[0] == "Accord ?"] == [["Accord ?", "لم تبدأ"]]
    speak(admin, "fr")
    response = desk.client.get(url, {"export": "xlsx"})
    assert not load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.sheet_view.rightToLeft


@pytest.mark.parametrize(
    ("name", "arguments", "title"),
    [("translation_desk:desk", ["ar"], "العنوان"), ("diwan_localize:untranslated", [], "العنوان")],
)
def test_comma_separated_values_say_their_encoding(admin, desk, name, arguments, title) -> None:
    speak(admin, "ar")
    url = reverse(name, args=arguments)
    response = desk.client.get(url, {"export": "csv"}, headers={"accept-language": "fr"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    heading = next(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert heading[0] == title


def test_a_title_is_no_formula_in_a_spreadsheet(admin, site_tree) -> None:
    for title in ("=1+1", "@SUM(A1)", "Accord = paix"):
        site_tree.news(title)
    client = client_for(admin)
    for name, arguments in (("translation_desk:desk", ["ar"]), ("diwan_localize:untranslated", [])):
        response = client.get(reverse(name, args=arguments), {"export": "csv"})
        titles = {row[0] for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig")))}
        assert {"'=1+1", "'@SUM(A1)", "Accord = paix"} <= titles


# --- E-mails -------------------------------------------------------------------------------------------------------
def test_wagtails_own_mails_isolate_titles_in_arabic(site_tree, admin, django_capture_on_commit_callbacks) -> None:
    """The moderation of French news, whose moderator has an Arabic interface."""
    moderator = person("editor", name="moderator", language="ar")
    page = site_tree.news("Accord : à quand ?", live=False)
    page.save_revision()
    workflow = page.get_workflow()
    moderator.groups.add(*workflow.tasks[0].specific.groups.all())
    with django_capture_on_commit_callbacks(execute=True):
        workflow.start(page, admin)
    [message] = [message for message in mail.outbox if message.to == [moderator.email]]
    assert f"{FSI}Accord : à quand ?{PDI}" in message.subject
    assert f"{FSI}Accord : à quand ?{PDI}" in message.body
