"""Starting, stopping, correcting and taking up translations again."""

import datetime

import pytest
from django.db.models import CharField, TextField
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import StringTranslation, Translation

from regions.models import NewsPage
from tests.factories import StandardPageFactory
from tests.integration.translating import (
    client_for,
    desk_open,
    messages_of,
    submit,
    submit_url_of,
    translator_make,
)

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def test_text_that_cannot_be_stored_is_refused(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    url = desk.strings()[0]["editUrl"]
    assert desk.put(url, "ع" * 256).status_code == 400
    assert desk.put(url, "a\x00b").status_code == 400
    assert desk.client.put(url, "[1]", content_type="application/json").status_code == 400
    assert StringTranslation.objects.filter(locale=site_tree.locale["ar"]).count() == 0
    assert desk.put(url, "ع" * 255).status_code == 201


def test_an_item_written_in_arabic_is_translated_into_french(site_tree, admin):
    news = site_tree.news("خبر", locale="ar")
    desk = desk_open(client_for(admin), news, "fr")
    desk.translate({"خبر": "Nouvelle"})
    desk.publish()
    assert (desk.target.title, desk.target.locale_code, desk.target.live) == ("Nouvelle", "fr", True)


def test_button_on_an_arabic_country_leads_to_its_french_source(site_tree):
    client = client_for(translator_make("ar"))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[site_tree.country["ar", "MX"].pk])).content.decode()
    url = f"{submit_url_of(site_tree.country['fr', 'MX'])}?select_locale=ar"
    assert f'href="{url}"' in html
    assert html.count("localize/submit/page/") == 1
    form = client.get(url).context["form"]
    assert [locale.language_code for locale in form.initial["locales"]] == ["ar"]
    response = client.get(submit_url_of(site_tree.country["ar", "MX"]))
    assert response.url == url


def test_edits_made_by_hand_after_a_stop_survive_the_restart(site_tree, admin):
    client = client_for(admin)
    desk = desk_open(client, site_tree.news("Accord"), "ar")
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    page = desk.target
    page.title = "اتفاق جديد"
    page.save_revision().publish()
    client.post(desk.edit_url, {"localize-restart-translation": "1"})
    desk.publish()
    assert NewsPage.objects.get(pk=page.pk).title == "اتفاق جديد"


def test_restriction_of_the_source_is_copied_and_never_loosened(site_tree, admin):
    client = client_for(admin)
    news = site_tree.news("Accord")
    PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)
    desk = desk_open(client, news, "ar")
    assert desk.target.view_restrictions.count() == 1
    news.view_restrictions.all().delete()
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    assert desk.target.view_restrictions.count() == 1


def test_nothing_is_offered_twice(site_tree, admin):
    news = site_tree.news("Accord")
    client = client_for(admin)
    desk_open(client, news, "ar")
    offered = client.get(submit_url_of(news)).context["form"].fields["locales"].queryset
    assert [locale.language_code for locale in offered] == ["es"]
    response = submit(client, news, "ar")
    assert response.context["form"].errors["locales"]
    assert Translation.objects.count() == 1


def test_subtree_in_the_background_parents_first(site_tree, admin, django_capture_on_commit_callbacks):
    parent = StandardPageFactory(parent=site_tree.home["fr"], title="Un")
    child = StandardPageFactory(parent=parent, title="Deux")
    StandardPageFactory(parent=child, title="Trois")
    with django_capture_on_commit_callbacks(execute=True):
        submit(client_for(admin), parent, "ar", include_subtree="on")
    titles = Page.objects.filter(locale=site_tree.locale["ar"], depth__gt=2).filter(title__in=["Un", "Deux", "Trois"])
    assert [(page.title, page.live, page.alias_of_id) for page in titles.order_by("path")] == [
        ("Un", False, None),
        ("Deux", False, None),
        ("Trois", False, None),
    ]
    assert [page.numchild for page in titles.order_by("path")] == [1, 1, 0]
    assert not any(Page.find_problems())


def test_links_survive_publication_and_another_synchronisation(site_tree, admin):
    news = site_tree.news("Accord", countries=["MX", "BR"], continents=["019"])
    client = client_for(admin)
    desk = desk_open(client, news, "ar")
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    keys = {site_tree.country["fr", code].translation_key for code in ("MX", "BR")}

    def linked():
        links = NewsPage.objects.get(pk=desk.target.pk).country_links.select_related("country")
        return [link.country.translation_key for link in links]

    assert set(linked()) == keys
    news.date = datetime.date(2026, 2, 1)
    news.save_revision().publish()
    response = client.post(
        reverse("wagtail_localize:update_translations", args=[desk.record.source_id]),
        {"publish_translations": "on"},
        follow=True,
    )
    assert response.status_code == 200
    page = NewsPage.objects.get(pk=desk.target.pk)
    assert (page.title, page.date, page.live) == ("اتفاق", datetime.date(2026, 2, 1), True)
    assert set(linked()) == keys
    assert len(linked()) == 2
    assert page.continent_links.count() == 1


def test_corrected_source_never_puts_french_into_the_live_page(site_tree, admin):
    news = site_tree.news("Accord", introduction="Faute.")
    client = client_for(admin)
    desk = desk_open(client, news, "ar")
    desk.translate({"Accord": "اتفاق", "Faute.": "نص."})
    desk.publish()
    news.introduction = "Corrigé."
    news.save_revision().publish()
    response = client.post(
        reverse("wagtail_localize:update_translations", args=[desk.record.source_id]),
        {"publish_translations": "on"},
        follow=True,
    )
    assert any("1 segment" in message for message in messages_of(response))
    page = NewsPage.objects.get(pk=desk.target.pk)
    assert (page.title, page.introduction, page.live) == ("اتفاق", "نص.", True)
    desk.translate({"Accord": "اتفاق", "Corrigé.": "نص مصحح."})
    desk.publish()
    assert NewsPage.objects.get(pk=desk.target.pk).introduction == "نص مصحح."


def test_the_editor_shows_every_text_of_every_page_type(site_tree, admin):
    """A text without a place in the editor could never be translated, and the page never published."""
    client = client_for(admin)
    standard = StandardPageFactory(parent=site_tree.home["fr"], title="Histoire")
    pages = [site_tree.home["fr"], site_tree.index["fr"], site_tree.continent["fr", "019"], standard]
    for page in [*pages, site_tree.country["fr", "MX"], site_tree.news("Accord")]:
        names = [
            item.field_name
            for item in get_translatable_fields(type(page))
            if item.is_translated(page) and isinstance(item.get_field(type(page)), CharField | TextField)
        ]
        assert {"title", "introduction", "image_alt", "image_credit", "seo_title", "search_description"} <= set(names)
        assert not {"slug", "code", "alpha3"} & set(names)
        for name in names:
            setattr(page, name, getattr(page, name) or f"Texte {name}")
        page.save()
        shown = [segment["contentPath"] for segment in desk_open(client, page, "es").strings()]
        assert sorted(shown) == sorted(names), type(page)
