"""The help beside the texts of the translation editor, as its script gets it; and the checks before review."""

import json
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from tests.integration.reviewing import person, step, texts_of
from tests.integration.translating import Desk, client_for, desk_open, is_refused
from translations.models import GlossaryTerm, MemoryUnit
from translations.services.memory import MemoryText, memory_store

pytestmark = [pytest.mark.once, pytest.mark.django_db]

BODY = json.dumps(
    [{"type": "rich_text", "value": '<p>L&#x27;<b>Accord</b>-cadre &amp; <a href="/x/">la suite</a>.</p>'}]
)


@pytest.fixture
def term(site_tree) -> GlossaryTerm:
    return GlossaryTerm.objects.create(
        source_locale=site_tree.locale["fr"],
        target_locale=site_tree.locale["ar"],
        source_term="accord",
        target_term="اتفاقية",
        forbidden="صفقة",
    )


def remember(
    site_tree: Any, source: str, target: str, *, origin: Any = MemoryUnit.Origin.TRANSLATION, name: str = ""
) -> None:
    """Put a text and its Arabic translation into the memory."""
    text = MemoryText(
        source_locale=site_tree.locale["fr"].pk,
        target_locale=site_tree.locale["ar"].pk,
        source=source,
        target=target,
        origin=origin,
        origin_name=name,
    )
    memory_store(texts=[text])


def url_of(desk: Desk, *segments: int) -> str:
    return reverse("translation_hints", args=[desk.record.pk], query={"segment": segments} if segments else None)


def told(desk: Desk, *segments: int) -> dict[str, Any]:
    """By source text."""
    answer = desk.client.get(url_of(desk, *segments))
    assert answer.status_code == 200
    found = answer.json()["segments"]
    return {each["source"]: found[str(each["id"])] for each in desk.strings() if str(each["id"]) in found}


def editor_html(desk: Desk) -> str:
    return desk.client.get(desk.edit_url).content.decode()


def test_the_editor_loads_the_help_and_other_pages_do_not(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    html = editor_html(desk)
    assert "translations/js/hints.js" in html
    assert "translations/css/hints.css" in html
    assert f'data-diwan-hints="{url_of(desk)}"' in html
    labels = json.loads(unescape(html.partition('data-labels="')[2].partition('"')[0]))
    assert labels["use"] == "Use"
    plain = desk.client.get(reverse("wagtailadmin_pages:edit", args=[site_tree.news("Visite").pk]))
    assert "hints.js" not in plain.content.decode()


def test_terms_are_marked_in_the_text_that_the_editor_shows(site_tree, term):
    desk = desk_open(client_for(person("translator")), site_tree.news("Les accords", body=BODY), "ar")
    answer = desk.client.get(url_of(desk)).json()
    assert answer["source"] == {"lang": "fr", "dir": "ltr"}
    assert answer["target"] == {"lang": "ar", "dir": "rtl"}
    [title, body] = [segment["source"] for segment in desk.strings()]
    found = told(desk)
    [in_title] = found[title]["terms"]
    assert (in_title["source"], in_title["target"], in_title["forbidden"]) == ("accord", "اتفاقية", ["صفقة"])
    assert [title[start:end] for start, end in in_title["places"]] == ["accords"]
    [in_body] = found[body]["terms"]
    assert [body[start:end] for start, end in in_body["places"]] == ["Accord"]
    assert found[title]["findings"] == []


def test_places_are_counted_as_scripts_count(site_tree, term):
    desk = desk_open(client_for(person("translator")), site_tree.news("😀 accord"), "ar")
    assert told(desk)["😀 accord"]["terms"][0]["places"] == [[3, 9]]


def test_findings_of_what_is_saved(site_tree, term):
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord", body=BODY), "ar")
    title, body = desk.strings()
    assert all(each["findings"] == [] for each in told(desk).values())
    desk.put(title["editUrl"], "صفقة")
    desk.put(body["editUrl"], "نص")
    found = told(desk, title["id"])
    assert list(found) == ["Accord"]
    assert found["Accord"]["findings"] == [
        {
            "level": "advisory",
            "check": "Glossary",
            "message": "“صفقة” is forbidden for “accord”: write “اتفاقية”.",
        }
    ]
    levels = [finding["level"] for finding in told(desk)[body["source"]]["findings"]]
    assert levels[0] == "blocking"
    desk.put(title["editUrl"], "اتفاقية")
    assert told(desk, title["id"])["Accord"]["findings"] == []


def test_the_old_translation_of_a_corrected_text(site_tree, admin):
    """Once, though the memory has it too."""
    remember(site_tree, "Accord signé hier à Paris", "اتفاق وقع أمس في باريس")
    news = site_tree.news("Accord signé hier à Paris")
    desk = desk_open(client_for(admin), news, "ar")
    desk.translate({"Accord signé hier à Paris": "اتفاق وقع أمس في باريس"})
    news.title = "Accord signé lundi à Paris"
    news.save_revision().publish()
    client_for(admin).post(reverse("wagtail_localize:update_translations", args=[desk.record.source_id]), {})
    assert told(desk)["Accord signé lundi à Paris"]["before"] == {
        "score": 80,
        "source": "Accord signé hier à Paris",
        "target": "اتفاق وقع أمس في باريس",
    }
    assert told(desk)["Accord signé lundi à Paris"]["matches"] == []
    desk.translate({"Accord signé lundi à Paris": "اتفاق وقع الإثنين في باريس"})
    assert told(desk)["Accord signé lundi à Paris"]["before"] is None


def test_earlier_translations_with_score_and_origin(site_tree, admin):
    remember(site_tree, "Accord signé à Paris", "اتفاق وقع في باريس", name="Visite")
    remember(site_tree, "Accord signé à Rome", "اتفاق وقع في روما", origin=MemoryUnit.Origin.MACHINE, name="Sommet")
    remember(site_tree, "Tout autre chose", "شيء آخر")
    desk = desk_open(client_for(admin), site_tree.news("Accord signé à Paris"), "ar")
    StringTranslation.objects.all().delete()  # the suggestion that the same text brings
    same, alike = told(desk)["Accord signé à Paris"]["matches"]
    assert same == {
        "score": 100,
        "source": "Accord signé à Paris",
        "target": "اتفاق وقع في باريس",
        "origin": "Visite",
        "is_machine": False,
    }
    assert (alike["target"], alike["origin"], alike["is_machine"]) == (
        "اتفاق وقع في روما",
        "Sommet (Machine translation)",
        True,
    )
    assert 50 < alike["score"] < 100
    # What is saved already is not offered.
    desk.translate({"Accord signé à Paris": "اتفاق وقع في باريس"})
    assert [match["target"] for match in told(desk)["Accord signé à Paris"]["matches"]] == ["اتفاق وقع في روما"]


def test_the_help_is_for_whoever_may_open_the_translation(site_tree, admin, client):
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    assert desk.client.get(url_of(desk)).status_code == 200
    assert is_refused(client_for(person("translator", "es")).get(url_of(desk), follow=True))
    assert client.get(url_of(desk)).status_code == 302
    assert desk.client.post(url_of(desk)).status_code == 405
    assert desk.client.get(reverse("translation_hints", args=[10**9]), follow=True).status_code == 404
    Page.objects.get(pk=desk.target.pk).delete()
    assert client_for(admin).get(url_of(desk), follow=True).status_code == 404


@pytest.mark.parametrize("query", ["segment=x", "segment=-1", "segment=" + "9" * 30, "&".join(["segment=1"] * 201)])
def test_questions_that_make_no_sense_are_refused(site_tree, query):
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    assert desk.client.get(f"{url_of(desk)}?{query}").status_code == 400


def test_segments_of_another_page_are_not_told(site_tree, admin):
    client: Client = client_for(admin)
    one, other = (desk_open(client, site_tree.news(title), "ar") for title in ("Accord", "Visite"))
    foreign = other.strings()[0]["id"]
    assert client.get(url_of(one, foreign)).json()["segments"] == {}


# --- Before review ---------------------------------------------------------------------------------------------------
def test_blocking_findings_refuse_the_review_by_the_names_of_texts(site_tree):
    translator = person("translator")
    desk = desk_open(client_for(translator), site_tree.news("Accord", body=BODY), "ar")
    title, body = desk.strings()
    desk.put(title["editUrl"], "اتفاق")
    desk.put(body["editUrl"], "نص")
    [refused] = texts_of(step(translator, desk, "submit"))
    assert refused.startswith("It was not submitted for review: “L'Accord-cadre & la suite.”: ")
    assert '<a id="a1"> of the source is missing.' in refused
    assert not desk.target.workflow_in_progress
    desk.put(body["editUrl"], body["source"].replace("Accord", "اتفاق").replace("la suite", "التتمة"))
    assert texts_of(step(translator, desk, "submit"))[0] == "Submitted for review. The reviewers have been told."


def test_advice_is_shown_and_does_not_hold_it_up(site_tree, term):
    translator = person("translator")
    desk = desk_open(client_for(translator), site_tree.news("Accord"), "ar")
    desk.translate({"Accord": "صفقة"})
    assert texts_of(step(translator, desk, "submit")) == [
        "Submitted for review. The reviewers have been told.",
        "Worth a look: “Accord”: “صفقة” is forbidden for “accord”: write “اتفاقية”.",
    ]
    assert desk.target.workflow_in_progress


def test_the_setting_says_what_blocks(site_tree, term, settings):
    settings.DIWAN_TRANSLATION_CHECKS = {"glossary": "blocking"}
    translator = person("translator")
    desk = desk_open(client_for(translator), site_tree.news("Accord"), "ar")
    desk.translate({"Accord": "صفقة"})
    assert texts_of(step(translator, desk, "submit")) == [
        "It was not submitted for review: “Accord”: “صفقة” is forbidden for “accord”: write “اتفاقية”."
    ]
    settings.DIWAN_TRANSLATION_CHECKS = {"glossary": "off"}
    assert len(texts_of(step(translator, desk, "submit"))) == 1
    assert desk.target.workflow_in_progress


def test_ten_texts_are_named(site_tree):
    body = json.dumps([{"type": "rich_text", "value": "".join(f"<p><b>Texte</b> {n:02}.</p>" for n in range(13))}])
    translator = person("translator")
    desk = desk_open(client_for(translator), site_tree.news("Accord", body=body), "ar")
    for segment in desk.strings():
        desk.put(segment["editUrl"], "نص")
    [refused] = texts_of(step(translator, desk, "submit"))
    assert refused.count("<b> of the source is missing.") == 10
    assert refused.endswith("And 3 more texts.")
