"""How far each translation is, counted when something changes."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from tests.integration.translating import client_for, desk_open
from translations.models import SourceText, TranslationState
from translations.services.states import states_count

pytestmark = pytest.mark.django_db

WORDS = {"Accord de pêche": "اتفاق الصيد", "Signé à Rabat hier": "وقع في الرباط أمس"}


@pytest.fixture
def committing(django_capture_on_commit_callbacks, monkeypatch):
    """Each request of a test client commits, as it does outside tests."""
    plain = Client.request

    def request(self, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return plain(self, **kwargs)

    monkeypatch.setattr(Client, "request", request)


def state_of(record: Translation) -> tuple[str, int, int, int, int]:
    state = TranslationState.objects.get(translation=record)
    return (state.status, state.segments, state.segments_done, state.words, state.words_left)


def publish(client: Client, page, **changes):
    """Correct and publish a page in the ordinary editor's way: a revision that is published."""
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_course_of_a_translation(site_tree, admin, committing, django_capture_on_commit_callbacks):
    news = site_tree.news("Accord de pêche", introduction="Signé à Rabat hier")
    client = client_for(admin)
    desk = desk_open(client, news, "ar")
    assert state_of(desk.record) == ("new", 2, 0, 7, 7)

    first, second = desk.strings()
    desk.put(first["editUrl"], WORDS[first["source"]])
    assert state_of(desk.record) == ("in_progress", 2, 1, 7, 4)
    desk.put(second["editUrl"], WORDS[second["source"]])
    assert state_of(desk.record) == ("ready", 2, 2, 7, 0)
    desk.publish()
    assert state_of(desk.record) == ("up_to_date", 2, 2, 7, 0)

    with django_capture_on_commit_callbacks(execute=True):
        publish(client, news)
    assert state_of(desk.record)[0] == "up_to_date"
    with django_capture_on_commit_callbacks(execute=True):
        publish(client, news, introduction="Signé à Rabat ce matin")
    assert state_of(desk.record)[0] == "outdated"
    assert TranslationState.objects.get(translation=desk.record).segments_changed == 1

    client.post(reverse("wagtail_localize:update_translations", args=[desk.record.source_id]), {})
    assert state_of(desk.record) == ("in_progress", 2, 1, 8, 5)
    client.delete(first["editUrl"])
    assert state_of(desk.record) == ("new", 2, 0, 8, 8)


def test_text_with_an_error_and_an_empty_text(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord de pêche"), "ar")
    desk.translate_all("ع ")
    StringTranslation.objects.update(has_error=True)
    states_count(translations=[desk.record.pk])
    assert state_of(desk.record) == ("error", 1, 0, 3, 3)
    StringTranslation.objects.update(has_error=False, data="  ")
    states_count(translations=[desk.record.pk])
    assert state_of(desk.record) == ("new", 1, 0, 3, 3)


def test_new_picture_is_no_new_text(site_tree, admin):
    news = site_tree.news("Accord de pêche")
    publish(client_for(admin), news)
    noted = SourceText.objects.get(translation_key=news.translation_key)
    publish(client_for(admin), news, featured=True)
    assert SourceText.objects.get(translation_key=news.translation_key).changed_at == noted.changed_at
    publish(client_for(admin), news, title="Accord de commerce")
    assert SourceText.objects.get(translation_key=news.translation_key).changed_at > noted.changed_at


def test_translations_are_counted_in_as_many_statements_as_one(site_tree, admin, django_assert_num_queries):
    client = client_for(admin)
    records = [desk_open(client, site_tree.news(f"Accord {number}"), "ar").record.pk for number in range(5)]
    for chosen in (records[:1], records):
        with django_assert_num_queries(8):
            assert states_count(translations=chosen) == len(chosen)


def test_command_counts_what_was_made_in_bulk(site_tree, admin, capsys):
    desk = desk_open(client_for(admin), site_tree.news("Accord de pêche"), "ar")
    TranslationState.objects.all().delete()
    SourceText.objects.all().delete()
    call_command("count_translations")
    assert "1 translations counted" in capsys.readouterr().out
    assert state_of(desk.record) == ("new", 1, 0, 3, 3)
    call_command("count_translations")
    assert capsys.readouterr().out.startswith("0 sources have changed")
