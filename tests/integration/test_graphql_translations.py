"""How fresh translations are, as the endpoint tells it: from what the public sees, and from nothing else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.selectors.content_version import content_version
from home.services.bulk import page_bulk_create
from regions.models import NewsPage
from tests.asking import ask, codes_of, post
from tests.bodies import block
from tests.factories import ImageFactory, SiteTree, StandardPageFactory
from tests.integration.fresh_pages import at, changed, pair, published, statuses, told
from tests.integration.translating import client_for, desk_open
from translations.models import SourceText, TranslationState

pytestmark = pytest.mark.django_db

FIELDS = "locale status progress isOutdated untranslatedPaths path updatedAt sourceUpdatedAt"


def translation(page: Page, locale: str, field: str = "translation") -> Any:
    """What is told of a news item to readers of a language."""
    nodes = ask(f"{{ news(locale: {locale}) {{ nodes {{ translationKey {field} {{ {FIELDS} }} }} }} }}")["news"][
        "nodes"
    ]
    [found] = [node[field] for node in nodes if node["translationKey"] == str(page.translation_key)]
    return found


def country(code: str, locale: str, fields: str = FIELDS) -> Any:
    return ask(f'{{ country(code: "{code}", locale: {locale}) {{ fallbackFields translation {{ {fields} }} }} }}')[
        "country"
    ]


def test_an_item_and_its_translation(site_tree: SiteTree) -> None:
    french, arabic = pair(site_tree, 1, 2, introduction="Un chapeau")
    assert translation(french, "FR") == {
        "locale": "FR", "status": "SOURCE", "progress": 1.0, "isOutdated": False, "untranslatedPaths": [],
        "path": f"/fr/actualites/{french.slug}/", "updatedAt": told(1), "sourceUpdatedAt": told(1),
    }  # fmt: skip
    current = {
        "locale": "AR", "status": "UP_TO_DATE", "progress": 1.0, "isOutdated": False, "untranslatedPaths": [],
        "path": f"/ar/actualites/{arabic.slug}/", "updatedAt": told(2), "sourceUpdatedAt": told(1),
    }  # fmt: skip
    assert translation(french, "AR") == current
    missing = {
        "locale": "ES", "status": "MISSING", "progress": 0.0, "isOutdated": False,
        "untranslatedPaths": ["title", "summary"], "path": None, "updatedAt": None, "sourceUpdatedAt": told(1),
    }  # fmt: skip
    assert translation(french, "ES") == missing
    assert translation(french, "ES", "translations") == [translation(french, "FR"), current, missing]


def test_a_source_that_was_published_later_has_not_changed_unless_its_texts_have(site_tree: SiteTree) -> None:
    french, _arabic = pair(site_tree, 3, 2)
    # Nobody has noted what it says: it may have changed.
    assert translation(french, "AR")["status"] == "OUTDATED"
    changed(french, 1)
    found = translation(french, "AR")
    assert (found["status"], found["isOutdated"], found["sourceUpdatedAt"]) == ("UP_TO_DATE", False, told(1))
    changed(french, 3)
    found = translation(french, "AR")
    assert (found["status"], found["isOutdated"], found["sourceUpdatedAt"]) == ("OUTDATED", True, told(3))
    assert found["progress"] == 1.0


def test_correcting_a_source_makes_its_translation_old_and_a_new_picture_does_not(
    site_tree: SiteTree, admin: Any
) -> None:
    news = site_tree.news("Accord de pêche")
    news.save_revision().publish()
    desk = desk_open(client_for(admin), news, "ar")
    desk.translate({"Accord de pêche": "اتفاق الصيد"})
    assert translation(news, "AR")["status"] == "MISSING"
    desk.publish()
    assert translation(news, "AR")["status"] == "UP_TO_DATE"
    before = translation(news, "AR")["sourceUpdatedAt"]

    page = NewsPage.objects.get(pk=news.pk)
    page.image = ImageFactory()
    page.save_revision().publish()
    assert translation(news, "AR")["status"] == "UP_TO_DATE"
    page.title = "Accord de pêche maritime"
    page.save_revision()
    assert translation(news, "AR")["status"] == "UP_TO_DATE"
    assert translation(news, "AR")["sourceUpdatedAt"] == before
    page.save_revision().publish()
    assert translation(news, "AR")["status"] == "OUTDATED"
    assert translation(news, "AR")["sourceUpdatedAt"] > before


def test_a_country_with_a_name_alone_is_translated_in_part(site_tree: SiteTree) -> None:
    french, arabic = site_tree.country["fr", "MX"], site_tree.country["ar", "MX"]
    for page in (french, arabic):
        page.formal_name = page.capital = ""
        page.save()
    assert country("MX", "AR", "status progress untranslatedPaths")["translation"] == {
        "status": "UP_TO_DATE", "progress": 1.0, "untranslatedPaths": [],
    }  # fmt: skip
    french.introduction, french.capital, french.image = "Un chapeau", "Mexico", ImageFactory()
    french.body = [block("rich_text", "<p>Texte</p>")]
    french.save()
    found = country("MX", "AR")
    assert found["translation"]["status"] == "PARTIAL"
    assert found["translation"]["untranslatedPaths"] == ["capital", "introduction", "body"]
    # A picture is in no language.
    assert found["fallbackFields"] == ["capital", "introduction", "body", "image"]
    assert found["translation"]["progress"] == 0.25
    assert country("MX", "FR")["translation"]["status"] == "SOURCE"
    arabic.capital, arabic.introduction = "مكسيكو", "مقدمة"
    arabic.save()
    found = country("MX", "AR")["translation"]
    assert (found["status"], found["untranslatedPaths"], found["progress"]) == ("PARTIAL", ["body"], 0.75)
    arabic.body = [block("rich_text", "<p>نص</p>")]
    arabic.save()
    found = country("MX", "AR")["translation"]
    assert (found["status"], found["untranslatedPaths"], found["progress"]) == ("UP_TO_DATE", [], 1.0)


def test_a_country_in_part_may_be_old_too(site_tree: SiteTree) -> None:
    french = site_tree.country["fr", "MX"]
    french.introduction = "Un chapeau"
    french.save()
    changed(french, 20_000)
    found = country("MX", "AR", "status isOutdated")["translation"]
    assert found == {"status": "PARTIAL", "isOutdated": True}


def test_what_readers_refuse_to_be_shown_is_told_all_the_same(site_tree: SiteTree) -> None:
    french = site_tree.country["fr", "MX"]
    french.introduction = "Un chapeau"
    french.save()
    query = (
        '{ country(code: "MX", locale: AR, fallback: []) { introduction translation { status untranslatedPaths } } }'
    )
    assert ask(query)["country"] == {
        "introduction": None,
        "translation": {"status": "PARTIAL", "untranslatedPaths": ["introduction"]},
    }


def test_another_language_than_the_source_in_the_readers_place_is_missing_too(site_tree: SiteTree) -> None:
    site_tree.news("زيارة", locale="ar", **published(1))
    assert statuses("FR", fallback=", fallback: [AR]") == ["MISSING"]
    assert statuses("AR") == ["UP_TO_DATE"]


@pytest.mark.parametrize("hiding", ["unpublished", "private", "expired", "in a private branch"])
def test_nothing_is_told_of_a_source_that_is_not_public(site_tree: SiteTree, hiding: str) -> None:
    french, arabic = pair(site_tree, 5, 2, introduction="Secret")
    assert translation(arabic, "AR")["status"] == "OUTDATED"
    match hiding:
        case "unpublished":
            french.unpublish()
        case "private":
            PageViewRestriction.objects.create(page=french, restriction_type="login")
        case "expired":
            Page.objects.filter(pk=french.pk).update(expire_at=at(0))
        case _:
            PageViewRestriction.objects.create(page=site_tree.index["fr"], restriction_type="login")
    found = translation(arabic, "AR", "translations")
    assert [(each["status"], each["sourceUpdatedAt"], each["isOutdated"]) for each in found] == [
        ("MISSING", None, False), ("UP_TO_DATE", None, False), ("MISSING", None, False),
    ]  # fmt: skip
    # What is missing is what readers see elsewhere.
    assert [each["untranslatedPaths"] for each in found] == [["title"], [], ["title"]]


def test_work_under_way_is_not_told(site_tree: SiteTree, admin: Any) -> None:
    news = site_tree.news("Accord de pêche", introduction="Signé hier", **published(1))
    before = translation(news, "AR", "translations")
    desk = desk_open(client_for(admin), news, "ar")
    desk.translate({"Accord de pêche": "اتفاق الصيد", "Signé hier": "وقع أمس"})
    assert Page.objects.filter(translation_key=news.translation_key).count() == 2
    assert translation(news, "AR", "translations") == before


def test_a_source_has_not_changed_before_it_was_public(site_tree: SiteTree, admin: Any) -> None:
    news = site_tree.news("Accord de pêche", live=False, first_published_at=None, last_published_at=None)
    desk_open(client_for(admin), news, "ar")
    news = NewsPage.objects.get(pk=news.pk)
    news.save_revision().publish()
    news.refresh_from_db()
    assert SourceText.objects.get(translation_key=news.translation_key).changed_at < news.first_published_at
    found = datetime.fromisoformat(translation(news, "FR")["sourceUpdatedAt"])
    assert found == news.first_published_at


def test_a_correction_that_goes_live_later_makes_its_translation_old_then(
    site_tree: SiteTree, admin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its source was taken off meanwhile, so that Wagtail tells of a publication before there is one."""
    news = site_tree.news("Accord de pêche")
    news.save_revision().publish()
    desk = desk_open(client_for(admin), news, "ar")
    desk.translate({"Accord de pêche": "اتفاق الصيد"})
    desk.publish()
    NewsPage.objects.get(pk=news.pk).unpublish()
    corrected = NewsPage.objects.get(pk=news.pk)
    corrected.title, corrected.go_live_at = "Accord de pêche signé", timezone.now() + timedelta(days=1)
    corrected.save_revision().publish()
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled", verbosity=0)
    found = translation(news, "AR")
    assert (found["status"], found["sourceUpdatedAt"]) == ("OUTDATED", translation(news, "FR")["updatedAt"])


def test_aliases_are_no_translations(site_tree: SiteTree) -> None:
    plain = StandardPageFactory(parent=site_tree.home["fr"], title="Le ministère", slug="ministere")
    plain.copy_for_translation(site_tree.locale["ar"], alias=True)
    query = '{ route(path: "/fr/ministere/") { ... on Page { translations { locale status path } } } }'
    assert ask(query)["route"]["translations"] == [
        {"locale": "FR", "status": "SOURCE", "path": "/fr/ministere/"},
        {"locale": "AR", "status": "MISSING", "path": None},
        {"locale": "ES", "status": "MISSING", "path": None},
    ]


def test_what_is_being_translated_leaves_kept_answers_alone_and_a_noted_change_does_not(
    site_tree: SiteTree, admin: Any
) -> None:
    news = site_tree.news("Accord de pêche", **published(1))
    desk = desk_open(client_for(admin), news, "ar")
    connection.run_on_commit.clear()
    before = content_version()
    TranslationState.objects.create(translation=desk.record, status="new")
    TranslationState.objects.update(words=7)
    assert content_version() == before
    changed(news, 2)
    assert content_version() > before


def test_pages_made_in_bulk_are_not_old_when_they_are_published_as_they_are(site_tree: SiteTree) -> None:
    def make(code: str, **fields: Any) -> Any:
        kind, locale = site_tree.kind[code, "visit"], site_tree.locale[code]
        page = NewsPage(title="Visite", slug="visite", date="2026-01-01", kind=kind, locale=locale, **fields)
        [made] = page_bulk_create(children=[(site_tree.index[code], page)])
        return made

    french = make("fr")
    make("ar", translation_key=french.translation_key)
    assert statuses("AR") == ["UP_TO_DATE"]
    NewsPage.objects.get(pk=french.pk).save_revision().publish()
    assert statuses("AR") == ["UP_TO_DATE"]
    page = NewsPage.objects.get(pk=french.pk)
    page.title = "Visites"
    page.save_revision().publish()
    assert statuses("AR") == ["OUTDATED"]


def test_noting_sources_for_the_first_time_makes_no_translation_old(site_tree: SiteTree) -> None:
    pair(site_tree, 1, 2)
    pair(site_tree, 3, 2)
    SourceText.objects.all().delete()
    assert sorted(statuses("AR")) == ["OUTDATED", "UP_TO_DATE"]
    call_command("count_translations", verbosity=0)
    assert SourceText.objects.exists()
    assert sorted(statuses("AR")) == ["OUTDATED", "UP_TO_DATE"]


@pytest.mark.parametrize(
    "query",
    [
        "{ news(filter: {translationStatus: [DRAFT]}) { totalCount } }",
        '{ news(filter: {translationStatus: "OUTDATED"}) { totalCount } }',
        "{ news(filter: {translationStatus: [null]}) { totalCount } }",
        "{ translationCoverage { total } }",
        "{ translationCoverage(locale: DE) { total } }",
        "{ translationCoverage(locale: AR, pageType: NEWS) { total } }",
    ],
)
def test_values_that_there_are_not_are_refused(site_tree: SiteTree, query: str) -> None:
    assert codes_of(post({"query": query})) == ["GRAPHQL_VALIDATION_FAILED"]
