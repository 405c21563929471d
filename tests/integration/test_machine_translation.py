"""Machine translation: one page from the editor, many from the desk; what fails, what is left out, what goes live."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from tests.integration.libretranslate import Service, libretranslate
from tests.integration.reviewing import person, step, texts_of
from tests.integration.test_translation_hints import remember
from tests.integration.translating import Desk, client_for, desk_open, editor_make, is_refused
from translations.models import DeskJob, GlossaryTerm, MemoryUnit
from translations.services.jobs import job_run

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BODY = json.dumps([{"type": "rich_text", "value": '<p>Voir <a href="https://example.org/">le texte</a>.</p>'}])


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    with libretranslate() as started:
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = started.setting()
        yield started


def texts(desk: Desk) -> dict[str, tuple[str, str]]:
    """Each source text that has a translation, with that and whether a machine or a person made it."""
    rows = StringTranslation.objects.filter(
        locale=desk.record.target_locale, context__object_id=desk.record.source.object_id
    )
    return {row.translation_of.data: (row.data, row.translation_type) for row in rows}


def bulk(user: Any, *pages: Page, code: str = "ar") -> DeskJob:
    """Ask for machine translation on the desk, and have the worker do it."""
    url = reverse("translation_desk:action", args=[code])
    client = client_for(user)
    client.post(url, {"action": "machine-translate", "pages": [page.pk for page in pages]})
    job = DeskJob.objects.get(kind=DeskJob.Kind.MACHINE, state=DeskJob.State.WAITING)
    job_run(job_id=job.pk)
    job.refresh_from_db()
    return job


def report(job: DeskJob) -> list[tuple[str, str, str]]:
    return [(item["level"], item["title"], item["message"]) for item in job.report]


# --- From the editor -------------------------------------------------------------------------------------------------
def translate(desk: Desk) -> Any:
    url = reverse("wagtail_localize:machine_translate", args=[desk.record.pk])
    return desk.client.post(url, {"next": desk.edit_url}, follow=True)


def test_only_empty_texts_are_filled_and_marked(site_tree, service):
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord", introduction="Signé", body=BODY), "ar")
    assert desk.props()["machineTranslator"]["name"] == "LibreTranslate"
    desk.put(desk.strings()[0]["editUrl"], "اتفاق")
    assert texts_of(translate(desk)) == [
        "2 texts were translated by LibreTranslate. Read each, and save it to confirm it."
    ]
    linked = 'Voir <a id="a1">le texte</a>.'
    assert texts(desk) == {
        "Accord": ("اتفاق", "manual"),
        "Signé": ("MT Signé", "machine"),
        linked: (f"MT {linked}", "machine"),
    }
    [asked] = service.asked
    assert (asked["path"], asked["source"], asked["target"], asked["format"]) == ("/translate", "fr", "ar", "html")
    assert sorted(asked["q"]) == sorted(["Signé", linked])
    assert texts_of(translate(desk)) == ["There is nothing left to translate."]
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("Voir le texte.", "Its links or its formatting are not those of the source."),
        ('Voir <a id="a2">le texte</a>.', "Its tags are broken."),
        ('Voir <a id="a1">le texte</a> <b>gras</b>.', "Its links or its formatting are not those of the source."),
        ('<script>alert(1)</script> <a id="a1">x</a>', "Its tags are broken."),
    ],
)
def test_what_lost_its_tags_is_left_out(site_tree, service, answer, message):
    service.translate = lambda text: answer if "<a" in text else f"MT {text}"
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord", body=BODY), "ar")
    assert texts_of(translate(desk))[1] == f"1 text was left out: {message}"
    assert texts(desk) == {"Accord": ("MT Accord", "machine")}


def test_what_does_not_fit_its_field_is_left_out(site_tree, service):
    service.translate = lambda text: "م" * 300
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    assert texts_of(translate(desk)) == ["1 text was left out: The text has 300 characters; 255 fit."]
    assert texts(desk) == {}


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"status": 500}, "The service refused with status 500."),
        ({"status": 403}, "The service refused with status 403."),
        ({"body": b"<html>"}, "The service gave an answer that cannot be read."),
        ({"body": b'{"error": "busy"}'}, "The service gave an answer that cannot be read."),
        ({"body": b'{"translatedText": []}'}, "The service gave an answer that cannot be read."),
        ({"body": b'{"translatedText": null}'}, "The service gave an answer that cannot be read."),
        ({"body": b"[]"}, "The service gave an answer that cannot be read."),
    ],
)
def test_a_service_that_fails_is_a_message(site_tree, service, caplog, fault, message):
    for name, value in fault.items():
        setattr(service, name, value)
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    assert texts_of(translate(desk)) == [f"LibreTranslate: {message}"]
    assert texts(desk) == {}
    assert "s3cret-word" not in caplog.text


def test_a_service_that_does_not_answer(site_tree, service, settings):
    service.hangs = True
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = service.setting(timeout=0.2)
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    assert texts_of(translate(desk)) == ["LibreTranslate: The service did not answer in time."]
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR["OPTIONS"]["LIBRETRANSLATE_URL"] = "http://127.0.0.1:1"
    assert texts_of(translate(desk)) == ["LibreTranslate: The service cannot be reached."]


def test_texts_that_are_no_texts_are_not_stored(site_tree, service):
    service.body = b'{"translatedText": [5]}'
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    translate(desk)
    assert texts(desk) == {}


def test_many_texts_go_in_several_requests_and_what_came_is_kept(site_tree, service):
    body = json.dumps([{"type": "rich_text", "value": "".join(f"<p>Texte {n:02}.</p>" for n in range(60))}])
    service.fails_for = "Texte 55."
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord", body=body), "ar")
    assert texts_of(translate(desk)) == [
        "40 texts were translated by LibreTranslate. Read each, and save it to confirm it.",
        "LibreTranslate: The service refused with status 500.",
    ]
    assert [len(request["q"]) for request in service.asked] == [40, 21]
    service.fails_for = ""
    translate(desk)
    assert len(texts(desk)) == 61


def test_nobody_is_asked_unless_a_service_is_set(site_tree):
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    assert desk.props()["machineTranslator"] is None
    assert translate(desk).status_code == 404


def test_a_translator_of_another_language_does_not_reach_it(site_tree, service):
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    other = Desk(client=client_for(person("translator", "es")), record=desk.record)
    assert is_refused(translate(other))
    assert service.asked == []


# --- Before readers --------------------------------------------------------------------------------------------------
def test_unconfirmed_texts_are_not_published_past_the_review(site_tree, service):
    editor = editor_make("ar")
    desk = desk_open(client_for(editor), site_tree.news("Accord"), "ar")
    translate(desk)
    reason = "1 machine translation is not confirmed: save it, or submit the page for review"
    assert reason in texts_of(desk.publish())[0]
    assert not desk.target.live
    bulk_url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = desk.client.post(f"{bulk_url}?id={desk.target.pk}&next=/admin/", follow=True)
    assert not desk.target.live
    assert any(reason in message for message in texts_of(answer))
    # Saving confirms, changed or not.
    desk.put(desk.strings()[0]["editUrl"], "MT Accord")
    assert texts(desk) == {"Accord": ("MT Accord", "manual")}
    desk.publish()
    assert desk.target.live
    assert desk.target.title == "MT Accord"


def test_an_approval_confirms(site_tree, service):
    translator, reviewer = person("translator"), person("reviewer")
    desk = desk_open(client_for(translator), site_tree.news("Accord"), "ar")
    translate(desk)
    assert texts_of(step(translator, desk, "submit"))[0] == "Submitted for review. The reviewers have been told."
    assert texts(desk) == {"Accord": ("MT Accord", "machine")}
    assert texts_of(step(reviewer, desk, "approve")) == ["Approved and published."]
    assert desk.target.live
    assert texts(desk) == {"Accord": ("MT Accord", "manual")}


def test_a_synchronisation_does_not_publish_what_a_machine_filled(site_tree, service, admin):
    news = site_tree.news("Accord")
    desk = desk_open(client_for(admin), news, "ar")
    desk.translate({"Accord": "اتفاق"})
    desk.publish()
    news.introduction = "Signé hier"
    news.save_revision().publish()
    answer = client_for(admin).post(
        reverse("wagtail_localize:update_translations", args=[desk.record.source_id]),
        {"publish_translations": "on", "use_machine_translation": "on"},
        follow=True,
    )
    assert texts(desk)["Signé hier"] == ("MT Signé hier", "machine")
    assert any("1 machine translation is not confirmed" in message for message in texts_of(answer))
    assert desk.target.introduction == ""


# --- From the desk ---------------------------------------------------------------------------------------------------
def test_a_selection_is_filled_and_nothing_is_published(site_tree, service):
    translator = person("translator")
    client = client_for(translator)
    first, second, third = (site_tree.news(title) for title in ("Accord", "Visite", "Sommet"))
    desks = [desk_open(client, page, "ar") for page in (first, second)]
    desks[1].translate({"Visite": "زيارة"})
    job = bulk(translator, first, second, third)
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert sorted(report(job)) == [
        ("success", "Accord", "1 text was filled; a person has to confirm it."),
        ("success", "Visite", "There is nothing left to translate."),
        ("warning", "Sommet", "It has not been submitted yet."),
    ]
    assert texts(desks[0]) == {"Accord": ("MT Accord", "machine")}
    assert service.texts == ["Accord"]
    assert not desks[0].target.live


def test_a_page_that_fails_leaves_the_others(site_tree, service):
    translator = person("translator")
    pages = [site_tree.news(title) for title in ("Accord", "Visite", "Sommet")]
    desks = [desk_open(client_for(translator), page, "ar") for page in pages]
    service.fails_for = "Visite"
    job = bulk(translator, *pages)
    assert sorted(report(job)) == [
        ("error", "Visite", "The service refused with status 500."),
        ("success", "Accord", "1 text was filled; a person has to confirm it."),
        ("success", "Sommet", "1 text was filled; a person has to confirm it."),
    ]
    assert [len(texts(desk)) for desk in desks] == [1, 0, 1]


def test_a_service_that_is_down_is_asked_five_times(site_tree, service):
    translator = person("translator")
    pages = [site_tree.news(f"Accord {number}") for number in range(8)]
    for page in pages:
        desk_open(client_for(translator), page, "ar")
    service.status = 503
    job = bulk(translator, *pages)
    assert [message for _level, _title, message in report(job)] == [
        *["The service refused with status 503."] * 5,
        *["The service failed for several pages in a row, and was not asked again."] * 3,
    ]
    assert len(service.asked) == 5


def test_without_a_service_the_glossary_is_the_offline_default(site_tree):
    translator = person("translator")
    GlossaryTerm.objects.create(
        source_locale=site_tree.locale["fr"],
        target_locale=site_tree.locale["ar"],
        source_term="Conseil de sécurité",
        target_term="مجلس الأمن",
    )
    page = site_tree.news("Conseil de sécurité", introduction="Réuni hier")
    desk = desk_open(client_for(translator), page, "ar")
    assert report(bulk(translator, page)) == [
        (
            "warning",
            "Conseil de sécurité",
            "1 text was filled; a person has to confirm it. 1 text is still empty. "
            "No service is set up, so only the memory and the glossary were asked.",
        )
    ]
    assert texts(desk) == {"Conseil de sécurité": ("مجلس الأمن", "machine")}


def test_what_the_memory_knows_word_for_word_is_not_sent_out(site_tree, service):
    translator = person("translator")
    page = site_tree.news("Accord", introduction="Signé hier", body=BODY)
    desk = desk_open(client_for(translator), page, "ar")
    linked = 'Voir <a id="a1">le texte</a>.'
    remember(site_tree, "Accord", "اتفاق")
    # A machine's own work is no memory, nor is what would lose a link.
    remember(site_tree, "Signé hier", "MT?", origin=MemoryUnit.Origin.MACHINE)
    remember(site_tree, linked, "انظر النص.")
    assert report(bulk(translator, page)) == [
        ("success", "Accord", "3 texts were filled; a person has to confirm them.")
    ]
    assert sorted(service.texts) == sorted(["Signé hier", linked])
    assert texts(desk)["Accord"] == ("اتفاق", "machine")
    assert StringTranslation.objects.get(translation_of__data="Accord").tool_name == "Translation memory"


def test_what_is_under_review_or_of_another_language_is_left_alone(site_tree, service):
    translator = person("translator")
    page = site_tree.news("Accord", introduction="Signé")
    desk = desk_open(client_for(translator), page, "ar")
    desk.translate({"Accord": "اتفاق", "Signé": "موقع"})
    step(translator, desk, "submit")
    StringTranslation.objects.filter(translation_of__data="Signé").delete()
    assert report(bulk(translator, page))[0][0] == "error"
    assert service.asked == []
    url = reverse("translation_desk:action", args=["ar"])
    answer = client_for(person("translator", "es")).post(
        url, {"action": "machine-translate", "pages": [page.pk]}, follow=True
    )
    assert is_refused(answer)
    assert DeskJob.objects.filter(kind=DeskJob.Kind.MACHINE).count() == 1
