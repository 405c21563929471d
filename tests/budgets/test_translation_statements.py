"""What translating costs in SQL statements, for a page of few texts and of many."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models
from wagtail.signals import page_published

from home.localize.submission import translation_submit
from regions.models import CountryPage
from regions.receivers import counterparts_make
from tests.integration.translating import client_for, desk_open, translator_make

pytestmark = pytest.mark.django_db


def body_of(count):
    blocks = [
        {
            "type": "rich_text",
            "value": f"<p>Le texte numéro {number}, avec <b>du gras</b>.</p>",
            "id": f"00000000-0000-4000-8000-{number:012d}",
        }
        for number in range(count)
    ]
    return json.dumps(blocks)


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_superuser("admin", "admin@example.org", "password")


def counted(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


# --- Submitting ------------------------------------------------------------------------------------------------------
def test_a_page_submitted_to_two_locales(site_tree, user):
    ContentType.objects.get_for_models(*get_page_models())

    def submit_news(title, texts):
        news = site_tree.news(title, introduction="Chapeau", body=body_of(texts), countries=["MX"])
        return counted(
            lambda: [
                translation_submit(instance=news, locale=site_tree.locale[code], user=user) for code in ("ar", "es")
            ]
        )

    submit_news("Pour les caches", 1)
    few, many = submit_news("Deux textes", 2), submit_news("Soixante textes", 58)
    assert few == many
    assert few <= 236


# --- The translation editor ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["superuser", "translator"])
def test_the_translation_editor_of_a_page_of_sixty_texts(site_tree, user, who):
    def open_editor(title, texts):
        news = site_tree.news(title, introduction="Chapeau", body=body_of(texts), countries=["MX"])
        client = client_for(user)
        desk = desk_open(client, news, "ar")
        desk.translate_all("ع ")
        assert len(desk.strings()) == texts + 2
        url = desk.edit_url
        reader = client if who == "superuser" else client_for(translator)
        return counted(lambda: reader.get(url))

    translator = translator_make("ar")
    open_editor("Pour les caches", 1)
    few, many = open_editor("Deux textes", 2), open_editor("Soixante textes", 58)
    assert few == many
    assert few <= 40


# --- Publishing ------------------------------------------------------------------------------------------------------
def test_publishing_a_page_that_stands_in_three_locales(site_tree, user):
    def publish(summary):
        country = CountryPage.objects.get(pk=site_tree.country["fr", "MX"].pk)
        country.introduction = summary
        revision = country.save_revision(user=user)
        return counted(lambda: revision.publish(user=user))

    publish("Pour les caches")
    mirrored = publish("Avec les autres langues")
    uid = "regions.counterparts.CountryPage"
    page_published.disconnect(sender=CountryPage, dispatch_uid=uid)
    try:
        plain = publish("Sans les autres langues")
    finally:
        page_published.connect(counterparts_make, sender=CountryPage, dispatch_uid=uid)
    assert mirrored <= 2 * plain
