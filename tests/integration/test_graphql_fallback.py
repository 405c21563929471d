"""Answers in the reader's language, and what stands in where a translation is missing."""

from typing import Any

import pytest
from wagtail.models import Locale, Page

from regions.models import SubRegion
from tests.asking import ask
from tests.factories.site import SiteTree

pytestmark = pytest.mark.django_db

COUNTRY = """
    query ($locale: LocaleCode, $fallback: [LocaleCode!]) {
      country(code: "MX", locale: $locale, fallback: $fallback) {
        name locale requestedLocale isFallback direction path fallbackFields
        introduction capital formalName seoDescription
        body { __typename ... on RichTextBlock { content { plainText } } }
        continent { name locale } alternates { locale hreflang path title } breadcrumbs { title path locale }
      }
    }
"""


def text_block(text: str) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "value": f"<p>{text}</p>"}]


def country(locale: str | None = None, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = ask(COUNTRY, {"locale": locale, **variables})["country"]
    return found


def test_without_a_locale_the_source_language_answers(site_tree: SiteTree) -> None:
    answer = country()
    assert (answer["name"], answer["locale"], answer["requestedLocale"]) == ("Mexique", "FR", "FR")
    assert (answer["isFallback"], answer["direction"], answer["fallbackFields"]) == (False, "LTR", [])


def test_everything_below_a_root_is_in_its_language(site_tree: SiteTree) -> None:
    answer = country("AR")
    assert (answer["name"], answer["locale"], answer["direction"]) == ("المكسيك", "AR", "RTL")
    assert answer["path"] == "/ar/amerique/mexique/"
    assert answer["continent"] == {"name": "الأمريكتان", "locale": "AR"}
    assert [step["path"] for step in answer["breadcrumbs"]] == ["/ar/", "/ar/amerique/", "/ar/amerique/mexique/"]


def test_empty_fields_of_a_country_are_filled_along_the_chain_and_named(site_tree: SiteTree) -> None:
    source = site_tree.country["fr", "MX"]
    source.introduction, source.search_description = "Un chapeau.", "Pour les moteurs."
    source.body = text_block("Texte")
    source.save()
    translation = site_tree.country["ar", "MX"]
    translation.search_description = "وصف"
    translation.save()

    answer = country("AR")
    assert answer["isFallback"] is False
    assert answer["introduction"] == "Un chapeau."
    assert answer["body"] == [{"__typename": "RichTextBlock", "content": {"plainText": "Texte"}}]
    assert answer["seoDescription"] == "وصف"
    assert set(answer["fallbackFields"]) == {"introduction", "body"}

    refused = country("AR", fallback=[])
    assert (refused["introduction"], refused["body"], refused["fallbackFields"]) == (None, [], [])


def test_each_field_is_filled_from_the_first_language_that_has_it(site_tree: SiteTree) -> None:
    spanish, french = site_tree.country["es", "MX"], site_tree.country["fr", "MX"]
    spanish.introduction = "Una entradilla."
    spanish.save()
    french.introduction = "Un chapeau."
    french.search_description = "Pour les moteurs."
    french.save()
    answer = country("AR", fallback=["ES", "FR"])
    assert (answer["introduction"], answer["seoDescription"]) == ("Una entradilla.", "Pour les moteurs.")


def test_a_sub_region_without_a_name_in_the_language_has_that_of_the_next(site_tree: SiteTree) -> None:
    french, arabic = (SubRegion.objects.get(code="029", locale__language_code=code) for code in ("fr", "ar"))
    SubRegion.objects.filter(pk=arabic.pk).update(name="")
    query = """query ($fallback: [LocaleCode!]) {
      country(code: "CU", locale: AR, fallback: $fallback) { subregion { name locale parent { code locale } } }
      continent(code: "019", locale: AR, fallback: $fallback) { subregions { code children { code name } } }
      countries(locale: AR, fallback: $fallback, filter: {subregion: "029"}) { totalCount nodes { code } }
    }"""
    answer = ask(query)
    subregion = {"name": french.name, "locale": "FR", "parent": {"code": "419", "locale": "AR"}}
    assert answer["country"] == {"subregion": subregion}
    latin = next(each for each in answer["continent"]["subregions"] if each["code"] == "419")
    assert {"code": "029", "name": french.name} in latin["children"]
    assert answer["countries"] == {"totalCount": 2, "nodes": [{"code": "JM"}, {"code": "CU"}]}
    # Who refuses every other language is shown no sub-region without a name, and none is found by it.
    refused = ask(query, {"fallback": []})
    assert refused["country"] == {"subregion": None}
    latin = next(each for each in refused["continent"]["subregions"] if each["code"] == "419")
    assert "029" not in [child["code"] for child in latin["children"]]
    assert refused["countries"] == {"totalCount": 0, "nodes": []}


def test_text_of_an_invisible_translation_fills_nothing(site_tree: SiteTree) -> None:
    french = site_tree.country["fr", "MX"]
    french.introduction = "Un chapeau."
    french.live = False
    french.save()
    answer = country("AR")
    assert (answer["introduction"], answer["fallbackFields"]) == (None, [])


def test_a_page_missing_in_the_language_is_served_as_a_declared_fallback(site_tree: SiteTree) -> None:
    site_tree.country["ar", "MX"].unpublish()
    answer = country("AR")
    assert (answer["name"], answer["locale"], answer["requestedLocale"]) == ("Mexique", "FR", "AR")
    assert (answer["isFallback"], answer["direction"]) == (True, "LTR")
    assert answer["path"] == "/fr/amerique/mexique/"
    assert answer["continent"] == {"name": "الأمريكتان", "locale": "AR"}
    assert [(step["path"], step["locale"]) for step in answer["breadcrumbs"]] == [
        ("/ar/", "AR"),
        ("/ar/amerique/", "AR"),
        ("/fr/amerique/mexique/", "FR"),
    ]
    assert [item["hreflang"] for item in answer["alternates"]] == ["fr", "es", "x-default"]


def test_an_alias_is_its_source(site_tree: SiteTree) -> None:
    index = site_tree.index
    source = site_tree.news("Une visite", countries=["MX"])
    alias = source.copy_for_translation(Locale.objects.get(language_code="ar"), copy_parents=False, alias=True)
    assert alias.live
    assert alias.get_parent().pk == index["ar"].pk
    news = "{ news(locale: AR) { totalCount nodes { title locale isFallback path alternates { hreflang } } } }"
    assert ask(news)["news"] == {
        "totalCount": 1,
        "nodes": [
            {
                "title": "Une visite",
                "locale": "FR",
                "isFallback": True,
                "path": "/fr/actualites/une-visite/",
                "alternates": [{"hreflang": "fr"}, {"hreflang": "x-default"}],
            }
        ],
    }
    assert ask("{ news(locale: AR, fallback: []) { totalCount } }")["news"]["totalCount"] == 0


def test_two_languages_in_one_operation_do_not_disturb_each_other(site_tree: SiteTree) -> None:
    query = """{
      ar: country(code: "MX", locale: AR) { id name continent { name } }
      es: country(code: "MX", locale: ES) { id name continent { name } }
      none: country(code: "MX", locale: AR, fallback: []) { id name }
    }"""
    answer = ask(query)
    assert answer["ar"]["continent"]["name"] == "الأمريكتان"
    assert answer["es"]["continent"]["name"] == "América"
    assert len({found["id"] for found in answer.values()}) == 3


def test_x_default_is_the_source_language_or_else_the_first_there_is(site_tree: SiteTree) -> None:
    assert country("ES")["alternates"][-1] == {
        "locale": "FR",
        "hreflang": "x-default",
        "path": "/fr/amerique/mexique/",
        "title": "Mexique",
    }
    site_tree.country["fr", "MX"].unpublish()
    assert country("ES")["alternates"][-1]["locale"] == "AR"


def test_the_source_language_has_no_fallback(site_tree: SiteTree) -> None:
    site_tree.news("خبر", locale="ar")
    assert ask("{ news { totalCount } }") == {"news": {"totalCount": 0}}
    assert ask("{ news(fallback: [AR]) { nodes { title isFallback } } }") == {
        "news": {"nodes": [{"title": "خبر", "isFallback": True}]}
    }


def test_lists_and_their_counts_act_on_what_is_shown(site_tree: SiteTree) -> None:
    both = site_tree.news("Visite", date="2026-01-10", kind="visit")
    site_tree.news("زيارة", locale="ar", translation_key=both.translation_key, date="2026-03-01", kind="visit")
    site_tree.news("Communiqué", date="2026-02-01", kind="communique")
    query = """query ($filter: NewsFilter) {
      news(locale: AR, filter: $filter) { totalCount nodes { title } }
    }"""
    assert ask(query)["news"] == {"totalCount": 2, "nodes": [{"title": "زيارة"}, {"title": "Communiqué"}]}
    # The French text of an item that is shown in Arabic neither matches nor counts.
    assert ask(query, {"filter": {"text": "visite"}})["news"] == {"totalCount": 0, "nodes": []}
    assert ask(query, {"filter": {"dateTo": "2026-01-31"}})["news"] == {"totalCount": 0, "nodes": []}


def test_locales_say_what_is_tried(site_tree: SiteTree) -> None:
    assert ask("{ locales { code hreflang name direction isDefault fallback } }")["locales"] == [
        {
            "code": "FR",
            "hreflang": "fr",
            "name": "français",
            "direction": "LTR",
            "isDefault": True,
            "fallback": [],
        },
        {
            "code": "AR",
            "hreflang": "ar",
            "name": "العربية",
            "direction": "RTL",
            "isDefault": False,
            "fallback": ["FR"],
        },
        {
            "code": "ES",
            "hreflang": "es",
            "name": "español",
            "direction": "LTR",
            "isDefault": False,
            "fallback": ["FR"],
        },
    ]


def test_a_language_that_the_settings_do_not_name_is_no_alternate(site_tree: SiteTree) -> None:
    german = Locale.objects.create(language_code="de")
    Page.objects.filter(pk=site_tree.country["ar", "MX"].pk).update(locale=german)
    assert [item["hreflang"] for item in country("ES")["alternates"]] == ["fr", "es", "x-default"]
