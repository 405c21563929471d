"""The screens of the translators' desk in the reader's language: headings, names of fields, dates."""

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from wagtail_localize.models import StringTranslation

from tests.integration.reviewing import person
from tests.integration.translating import Desk, client_for, desk_open
from translations.exchange.report import PageReport, ReportLine
from translations.models import GlossaryTerm
from translations.services.exchange_jobs import _page_items
from translations.services.glossary import glossary_import

pytestmark = pytest.mark.django_db

HEADER = "source_language,target_language,term,translation\n"


@pytest.fixture
def desk(site_tree) -> Desk:
    return desk_open(client_for(person("editor", language="fr")), site_tree.news("Accord"), "ar")


def heading_of(desk: Desk, name: str, *arguments: Any) -> str:
    html = desk.client.get(reverse(name, args=arguments)).content.decode()
    [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]*>", " ", heading)).split())


def test_each_screen_says_what_it_is(desk: Desk) -> None:
    assert heading_of(desk, "translation_memory:index") == "Mémoire de traduction"
    assert heading_of(desk, "translation_glossary:files") == "Fichiers du glossaire"
    assert heading_of(desk, "translations_exchange:index") == "Fichiers de traduction"
    assert heading_of(desk, "translations_exchange:page", desk.target.pk) == "Fichiers de traduction: Accord"
    assert heading_of(desk, "translation_review:assign", desk.record.pk) == "Attribuer une traduction Accord"


@pytest.mark.parametrize(
    ("language", "said", "plainly"),
    [
        ("fr", "Traduit manuellement le 9 mars 2026", "Traduit manuellement le 9 March 2026"),
        ("ar", "تمت الترجمة يدويًا في 9 مارس 2026", "تمت الترجمة يدويًا في 9 March 2026"),
    ],
)
def test_the_day_of_a_translation_is_written_in_the_readers_language(
    site_tree, guarded: bool, language: str, said: str, plainly: str
) -> None:
    desk = desk_open(client_for(person("translator", language=language)), site_tree.news("Accord"), "ar")
    desk.translate_all("ترجمة")
    StringTranslation.objects.update(updated_at=datetime.datetime(2026, 3, 9, 12, tzinfo=datetime.UTC))
    told = {each["comment"] for each in desk.props()["initialStringTranslations"]}
    assert told == {said if guarded else plainly}


def test_columns_of_the_glossary_are_named_in_arabic(site_tree) -> None:
    GlossaryTerm.objects.create(
        source_locale=site_tree.locale["fr"],
        target_locale=site_tree.locale["ar"],
        source_term="accord",
        target_term="اتفاق",
    )
    client = client_for(person("editor", language="ar"))
    html = client.get(reverse("wagtailsnippets_translations_glossaryterm:list")).content.decode()
    assert "آخر تحديث" in html
    assert "Mis à jour" not in html


def test_a_line_of_a_glossary_file_is_judged_in_the_readers_words(site_tree) -> None:
    with translation.override("fr"):
        report = glossary_import(
            data=f"{HEADER}fr,ar,accord,\n".encode(),
            source_locale=site_tree.locale["fr"],
            user=person("editor"),
            dry_run=True,
        )
    assert report.problems == [("ligne 2", "traduction approuvée : Ce champ ne peut pas être vide.")]


def test_a_report_of_an_import_quotes_as_its_language_does() -> None:
    line = ReportLine("error", "Ce texte n’est plus dans la page.", "Accord", "body.7e99e319")
    with translation.override("fr"):
        items = list(_page_items(PageReport("accord.xlf", "Accord", unchanged=1, lines=[line])))
    assert items[1].message == "« Accord » : Ce texte n’est plus dans la page."
    with translation.override("ar"):
        assert PageReport("accord.xlf", stored=3, left_out=1).summary() == "3 نصوص للحفظ، 0 دون تغيير، 1 متروك"


def test_short_dates_have_the_day_first_in_arabic() -> None:
    moment = datetime.datetime(2026, 11, 29, 15, 4, tzinfo=datetime.UTC)
    with translation.override("ar"):
        assert date_format(moment, "SHORT_DATETIME_FORMAT") == "29\u200f/11\u200f/2026، 3:04 م"
        assert date_format(moment, "DATETIME_FORMAT") == "29 نوفمبر 2026، 3:04 م"
