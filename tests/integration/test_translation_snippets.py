"""Snippets have no drafts: what readers see changes only with a complete translation."""

import json

import pytest
from wagtail_localize.models import Translation

from home.models import NavigationMenu, SiteSettings
from tests.asking import ask
from tests.integration.translating import (
    client_for,
    desk_open,
    messages_of,
    translator_make,
)

pytestmark = pytest.mark.django_db


def test_kind_of_news_is_the_one_of_the_language_and_is_left_as_it_was(site_tree):
    news = site_tree.news("Communiqué", kind="communique")
    arabic_kind = site_tree.kind["ar", "communique"]
    name = arabic_kind.name
    desk = desk_open(client_for(translator_make("ar")), news, "ar")
    desk.translate({"Communiqué": "بلاغ"})
    desk.publish()
    assert desk.target.kind == arabic_kind
    arabic_kind.refresh_from_db()
    assert arabic_kind.name == name
    assert not Translation.objects.filter(source__object_id=arabic_kind.translation_key).exists()


def kind_served(slug):
    kinds = ask("{ newsKinds(locale: AR) { slug name locale } }")["newsKinds"]
    return next(kind for kind in kinds if kind["slug"] == slug)


def test_new_kind_starts_empty_and_is_written_when_its_translation_is_complete(site_tree, admin):
    from regions.models import NewsKind

    kind = NewsKind.objects.create(slug="sommet", name="Sommet", locale=site_tree.locale["fr"])
    desk = desk_open(client_for(admin), kind, "ar")
    assert (desk.target.name, desk.target.slug, str(desk.target)) == ("", "sommet", "sommet")
    assert kind_served("sommet") == {"slug": "sommet", "name": "Sommet", "locale": "FR"}
    response = desk.publish()
    assert any("1 segment" in message for message in messages_of(response))
    assert desk.target.name == ""
    assert [segment["contentPath"] for segment in desk.strings()] == ["name"]
    desk.translate({"Sommet": "قمة"})
    desk.publish()
    assert (desk.target.name, desk.target.slug) == ("قمة", "sommet")
    assert kind_served("sommet") == {"slug": "sommet", "name": "قمة", "locale": "AR"}


def test_site_settings_of_a_language_change_only_when_published(site_tree, admin):
    french = SiteSettings.objects.get(locale=site_tree.locale["fr"])
    french.tagline = "Une devise"
    french.footer = "<p>Avenue <b>X</b></p>"
    french.save()
    arabic = SiteSettings.objects.get(locale=site_tree.locale["ar"])
    before = (arabic.ministry_name, arabic.tagline, arabic.footer)
    desk = desk_open(client_for(admin), french, "ar")
    arabic.refresh_from_db()
    assert (arabic.ministry_name, arabic.tagline, arabic.footer) == before
    response = desk.publish()
    assert any("segment" in message for message in messages_of(response))
    arabic.refresh_from_db()
    assert (arabic.ministry_name, arabic.tagline, arabic.footer) == before
    desk.translate_all("ع ")
    desk.publish()
    arabic.refresh_from_db()
    assert arabic.ministry_name == before[0]
    assert arabic.footer == "<p>ع Avenue <b>X</b></p>"


def test_menu_of_a_language_is_left_alone_until_it_is_published(site_tree, admin):
    french = NavigationMenu.objects.get(locale=site_tree.locale["fr"], location="header")
    raw = list(french.items.raw_data)
    raw[0]["value"]["label"] = "Nouvelles"
    french.items = json.dumps(raw)
    french.save()
    arabic = NavigationMenu.objects.get(locale=site_tree.locale["ar"], location="header")
    before = [entry["value"]["page"] for entry in arabic.items.raw_data]
    desk = desk_open(client_for(admin), french, "ar")
    arabic.refresh_from_db()
    assert [entry["value"]["page"] for entry in arabic.items.raw_data] == before
    desk.translate({"Nouvelles": "أخبار"})
    desk.publish()
    arabic.refresh_from_db()
    assert arabic.items[0].value["label"] == "أخبار"
    assert len(arabic.items) == len(raw)
