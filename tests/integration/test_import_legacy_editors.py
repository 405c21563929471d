"""What editors did to imported pages survives the next import, and imported pages are theirs to edit."""

import datetime
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Revision, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from regions.models import ContinentPage, NewsPage
from regions.services.legacy_continent import body_of
from tests.factories import NewsPageFactory, SiteTree, site_tree_make
from tests.importing import outcomes, run_import, snapshot

pytestmark = [pytest.mark.once, pytest.mark.django_db]

DAY = datetime.date(2017, 6, 30)
EDITED = "an editor changed the page since the last import"
TEXT = """\
Amérique
Relations avec le continent

Une première phrase de texte, écrite pour ce test, dit assez de mots pour ne pas être un titre.

- Communiqué : un fait au Mexique
- Visite au Brésil
- Entretien à Cuba
"""


@pytest.fixture
def site(db: None) -> SiteTree:
    return site_tree_make(continents=("019",), countries=("MX", "BR", "CU"))


@pytest.fixture
def editor(db: None):
    return get_user_model().objects.create_superuser("chief", "chief@example.org", "secret")


@pytest.fixture
def page(tmp_path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def reworded(page: Path) -> Path:
    """The page with another spelling of each part: every page that may be updated needs to be."""
    page.write_text(
        TEXT.replace("Relations", "Liens").replace("Communiqué", "COMMUNIQUÉ").replace("Visite", "VISITE"),
        encoding="utf-8",
    )
    return page


def news() -> list[NewsPage]:
    return list(NewsPage.objects.filter(locale__language_code="fr").order_by("path"))


def continent() -> ContinentPage:
    return ContinentPage.objects.get(code="019", locale__language_code="fr")


def news_form(item: NewsPage, **changes):
    links = [
        {"id": link.pk, "country": link.country_id, "ORDER": number, "DELETE": ""}
        for number, link in enumerate(item.country_links.all(), start=1)
    ]
    return nested_form_data(
        {
            "title": item.title,
            "slug": item.slug,
            "kind": item.kind_id,
            "date": item.date.isoformat() if item.date else "",
            "introduction": item.introduction,
            "image": "",
            "image_alt": "",
            "image_credit": "",
            "body": streamfield([]),
            "country_links": inline_formset(links, initial=len(links)),
            "continent_links": inline_formset([]),
            **{name: inline_formset([]) for name in ("person_links", "organisation_links")},
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            **changes,
        }
    )


def test_an_edited_title_survives_and_is_reported(site, editor, client, page):
    run_import(page)
    item = news()[0]
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[item.pk])
    response = client.post(url, news_form(item, title="Le titre du rédacteur"))
    assert response.status_code == 302

    before = snapshot()
    report = run_import(page, publish=True, date=DAY, dry_run=True)
    assert outcomes(report) == ["kept", "updated", "updated"]
    report = run_import(reworded(page))
    assert outcomes(report) == ["kept", "updated", "unchanged"]
    assert (report["news"][0]["reason"], report["news"][0]["pageId"]) == (EDITED, item.pk)
    assert len(news()) == 3
    assert news()[0].get_latest_revision_as_object().title == "Le titre du rédacteur"
    assert [row for row in before["pages"] if row[0] == item.pk] == [
        row for row in snapshot()["pages"] if row[0] == item.pk
    ]


def test_an_edited_continent_is_kept_and_its_news_imported(site, editor, client, page):
    run_import(page, publish=True, date=DAY)
    one = continent()
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[one.pk])
    assert client.get(url).status_code == 200
    raw = one.body.raw_data[0]
    html = raw["value"].replace("première phrase", "phrase corrigée")
    body = streamfield([("rich_text", rich_text(html, features=["bold"]))])
    body["0"]["id"] = raw["id"]
    data = nested_form_data(
        {
            "title": one.title,
            "slug": one.slug,
            "code": one.code,
            "menu_label": one.menu_label,
            "heading": one.heading,
            "introduction": "",
            "image": "",
            "image_alt": "",
            "image_credit": "",
            "body": body,
            "pinned_news": inline_formset([]),
            "person_links": inline_formset([]),
            "organisation_links": inline_formset([]),
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            "action-publish": "1",
        }
    )
    assert client.post(url, data).status_code == 302
    edited = continent().body.raw_data[0]
    # The block and its paragraphs keep their keys through the editor.
    assert edited["id"] == raw["id"]
    assert edited["value"] == html

    report = run_import(reworded(page))
    assert (report["continent"]["outcome"], report["continent"]["reason"]) == ("kept", EDITED)
    assert outcomes(report) == ["updated", "updated", "unchanged"]
    assert "phrase corrigée" in continent().body.raw_data[0]["value"]
    assert continent().heading == "Relations avec le continent"


def test_an_unedited_page_follows_the_file(site, page):
    run_import(page)
    titles = [item.title for item in news()]
    report = run_import(reworded(page))
    assert (report["continent"]["outcome"], outcomes(report)) == ("updated", ["updated", "updated", "unchanged"])
    assert titles[:2] == ["Communiqué : un fait au Mexique", "Visite au Brésil"]
    assert [item.title for item in news()][:2] == ["COMMUNIQUÉ : un fait au Mexique", "VISITE au Brésil"]
    assert continent().get_latest_revision_as_object().heading == "Liens avec le continent"


def test_a_deleted_item_stays_away_until_asked_for(site, page):
    run_import(page)
    news()[1].delete()
    report = run_import(page)
    assert outcomes(report) == ["unchanged", "kept", "unchanged"]
    assert report["news"][1]["reason"].startswith("an editor deleted the page; --recreate-deleted")
    assert len(news()) == 2
    report = run_import(page, recreate_deleted=True)
    assert outcomes(report) == ["unchanged", "created", "unchanged"]
    assert len(news()) == 3
    assert outcomes(run_import(page)) == ["unchanged"] * 3


def test_an_unpublished_page_is_not_published_again(site, page):
    run_import(page, publish=True, date=DAY)
    news()[2].unpublish()
    continent().unpublish()
    before = snapshot()
    report = run_import(page, publish=True, date=DAY)
    assert outcomes(report) == ["unchanged", "unchanged", "kept"]
    assert report["news"][2]["reason"] == report["continent"]["reason"] == "an editor unpublished the page"
    assert snapshot() == before


def test_a_locked_page_is_left_alone_while_it_needs_a_change(site, editor, page):
    run_import(page)
    NewsPage.objects.filter(pk__in=[news()[0].pk, news()[2].pk]).update(locked=True, locked_by=editor)
    report = run_import(reworded(page))
    assert outcomes(report) == ["kept", "updated", "unchanged"]
    assert report["news"][0]["reason"] == "the page is locked"
    assert news()[0].title == "Communiqué : un fait au Mexique"


def test_an_alias_has_no_text_of_its_own_to_write(site, page):
    source = ContinentPage.objects.get(code="019", locale__language_code="es")
    ContinentPage.objects.filter(pk=continent().pk).update(alias_of=source)
    report = run_import(page)
    assert report["continent"]["reason"] == "the page is an alias: make it a page of its own first"
    assert outcomes(report) == ["created"] * 3


def test_a_page_in_moderation_is_left_alone(site, editor, page):
    run_import(page)
    Workflow.objects.get(active=True, workflow_pages__page=site.index["fr"]).start(news()[1], editor)
    report = run_import(reworded(page), publish=True, date=DAY)
    assert outcomes(report) == ["updated", "kept", "updated"]
    assert report["news"][1]["reason"] == "the page is in moderation"
    assert (news()[1].live, news()[1].title) == (False, "Visite au Brésil")


def test_an_items_namesake_that_an_editor_wrote_is_not_doubled(site, editor, page):
    own = NewsPageFactory(parent=site.index["fr"], title="Visite au Brésil", kind=site.kind["fr", "visit"])
    report = run_import(page)
    assert outcomes(report) == ["created", "kept", "created"]
    assert report["news"][1]["reason"] == f"a news item of this title exists already: page {own.pk}"
    assert report["news"][1]["pageId"] == own.pk
    assert len(news()) == 3


def test_a_draft_that_waits_is_kept_and_a_text_that_was_live_stays_in_the_history(site, editor, page):
    one = continent()
    one.heading = "Le titre du rédacteur"
    draft = one.save_revision(user=editor)
    report = run_import(page, publish=True, date=DAY)
    assert report["continent"]["reason"] == "a draft of an editor waits on the page"
    assert (report["warnings"], outcomes(report)) == ([], ["created"] * 3)
    assert continent().latest_revision == draft

    draft.publish()
    report = run_import(page, publish=True)
    assert report["continent"]["outcome"] == "updated"
    assert report["warnings"] == [
        "The page had a text that no import made: it is replaced, and stays in the page's history."
    ]
    assert continent().heading == "Relations avec le continent"
    assert draft in Revision.objects.for_instance(one)
    assert run_import(page, publish=True)["warnings"] == []


def test_what_setup_wrote_without_a_history_gets_one(site, page):
    one = continent()
    one.heading = "Un titre provisoire"
    one.body = body_of(paragraphs=["Un texte provisoire."], name="demo")
    one.save()
    assert one.latest_revision is None
    report = run_import(page, publish=True, date=DAY)
    assert report["continent"]["outcome"] == "updated"
    first, second = Revision.objects.for_instance(one).order_by("pk")
    assert first.as_object().heading == "Un titre provisoire"
    assert "provisoire" in first.as_object().body.raw_data[0]["value"]
    assert second.as_object().heading == continent().heading == "Relations avec le continent"


def test_pages_published_by_editors_without_a_change_are_still_the_imports(site, page):
    run_import(page, date=DAY)
    item = news()[0]
    item.get_latest_revision().publish()
    assert outcomes(run_import(page)) == ["unchanged"] * 3
    assert outcomes(run_import(reworded(page))) == ["updated", "updated", "unchanged"]
    assert news()[0].title == "Communiqué : un fait au Mexique"
    assert news()[0].has_unpublished_changes


def test_an_imported_draft_is_edited_and_published_in_the_admin(site, editor, client, page):
    run_import(page)
    item = news()[1]
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[item.pk])
    html = client.get(url).content.decode()
    assert re.search(r'<select[^>]*name="kind"', html)
    # Without a date it can be saved as a draft and not be published.
    response = client.post(url, {**news_form(item), "action-publish": "1"})
    assert response.status_code == 200
    assert not news()[1].live
    response = client.post(url, {**news_form(item, date="2017-06-30"), "action-publish": "1"})
    assert response.status_code == 302
    assert news()[1].live
    assert [link.country.code for link in news()[1].country_links.all()] == ["BR"]
