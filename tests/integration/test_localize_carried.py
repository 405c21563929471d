"""The translation of a text that was corrected since is found again by its place, and never used unasked."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.localize.carried import carried_list, similarity
from regions.models import NewsPage
from tests.integration.translating import client_for, desk_open

pytestmark = [pytest.mark.once, pytest.mark.django_db]

BLOCK = "00000000-0000-4000-8000-000000000001"


def rich(*paragraphs):
    value = "".join(f"<p>{text}</p>" for text in paragraphs)
    return json.dumps([{"type": "rich_text", "value": value, "id": BLOCK}])


def correct(desk, news, **fields):
    """Publish the source with other texts and bring them to the translation, without publishing that."""
    news = NewsPage.objects.get(pk=news.pk)
    for name, value in fields.items():
        setattr(news, name, value)
    news.save_revision().publish()
    desk.client.post(reverse("wagtail_localize:update_translations", args=[desk.record.source_id]))
    desk.record.refresh_from_db()


def carried(desk):
    segments = {segment["id"]: segment["source"] for segment in desk.strings()}
    return [(segments[each.segment_id], each.old_source, each.old_translation) for each in carried_list(desk.record)]


def test_nothing_is_carried_where_nothing_was_corrected(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    assert carried_list(desk.record) == []
    desk.translate({"Accord": "اتفاق"})
    assert carried_list(desk.record) == []


def test_the_old_translation_of_a_corrected_text(site_tree, admin):
    news = site_tree.news("Accord de pêche", introduction="Signé lundi à Rabat.")
    desk = desk_open(client_for(admin), news, "ar")
    desk.translate({"Accord de pêche": "اتفاق الصيد", "Signé lundi à Rabat.": "وقع الاثنين في الرباط."})
    correct(desk, news, introduction="Signé mardi à Rabat.")
    assert carried(desk) == [("Signé mardi à Rabat.", "Signé lundi à Rabat.", "وقع الاثنين في الرباط.")]
    assert carried_list(desk.record)[0].similarity == 0.8
    # It is offered, not taken.
    assert desk.target.get_latest_revision_as_object().introduction != "وقع الاثنين في الرباط."
    desk.translate({"Accord de pêche": "اتفاق الصيد", "Signé mardi à Rabat.": "وقع الثلاثاء في الرباط."})
    assert carried_list(desk.record) == []


def test_the_latest_of_several_corrections_is_carried(site_tree, admin):
    news = site_tree.news("Un", introduction="")
    desk = desk_open(client_for(admin), news, "ar")
    desk.translate({"Un": "واحد"})
    correct(desk, news, title="Deux")
    desk.translate({"Deux": "اثنان"})
    correct(desk, news, title="Tout autre chose")
    assert carried(desk) == [("Tout autre chose", "Deux", "اثنان")]


def test_in_a_rich_text_each_old_text_goes_to_the_most_similar_one(site_tree, admin):
    news = site_tree.news("T", body=rich("Le ministre a reçu son homologue.", "La visite dure deux jours.", "Fin."))
    desk = desk_open(client_for(admin), news, "es")
    desk.translate(
        {
            "T": "T",
            "Le ministre a reçu son homologue.": "El ministro recibió a su homólogo.",
            "La visite dure deux jours.": "La visita dura dos días.",
            "Fin.": "Fin.",
        }
    )
    correct(
        desk,
        news,
        body=rich("La visite dure trois jours.", "Un paragraphe nouveau.", "Le ministre a reçu son homologue lundi."),
    )
    assert carried(desk) == [
        ("La visite dure trois jours.", "La visite dure deux jours.", "La visita dura dos días."),
        (
            "Le ministre a reçu son homologue lundi.",
            "Le ministre a reçu son homologue.",
            "El ministro recibió a su homólogo.",
        ),
    ]


def test_a_text_that_only_moved_keeps_its_translation(site_tree, admin):
    news = site_tree.news("T", body=rich("Un texte.", "Un autre texte."))
    desk = desk_open(client_for(admin), news, "es")
    desk.translate({"T": "T", "Un texte.": "Un texto.", "Un autre texte.": "Otro texto."})
    before = {segment["source"]: segment["id"] for segment in desk.strings()}
    correct(desk, news, body=rich("Un paragraphe nouveau.", "Un autre texte.", "Un texte."))
    assert carried_list(desk.record) == []
    props = desk.props()
    assert {row["data"] for row in props["initialStringTranslations"]} == {"T", "Un texto.", "Otro texto."}
    # A translator who has the page open goes on writing into the same segments.
    after = {segment["source"]: segment["id"] for segment in desk.strings()}
    assert {source: after[source] for source in before} == before


def test_another_language_is_not_carried(site_tree, admin):
    news = site_tree.news("Accord")
    arabic = desk_open(client_for(admin), news, "ar")
    spanish = desk_open(client_for(admin), news, "es")
    arabic.translate({"Accord": "اتفاق"})
    correct(arabic, news, title="Accord signé")
    assert carried(arabic) == [("Accord signé", "Accord", "اتفاق")]
    assert carried_list(spanish.record) == []


def test_the_number_of_statements_does_not_grow(site_tree, admin):
    def statements(count):
        news = site_tree.news(f"T{count}", body=rich(*(f"Texte numéro {n} du lundi." for n in range(count))))
        desk = desk_open(client_for(admin), news, "es")
        desk.translate_all("es ")
        correct(desk, news, body=rich(*(f"Texte numéro {n} du mardi." for n in range(count))))
        with CaptureQueriesContext(connection) as captured:
            found = carried_list(desk.record)
        assert len(found) == count
        return len(captured)

    assert (statements(1), statements(8)) == (2, 2)


def test_similarity():
    assert similarity("a b c", "a b c") == 1
    assert similarity("a b c d", "a b x d") == 0.75
    assert similarity("", "") == 1
    assert similarity("a", "") == 0
