"""What surprises in wagtail-localize, as it is there and as it is here; docs/translation.md has the whole table."""

import datetime
import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from home.localize.submission import translation_submit
from home.models import StandardPage
from regions.models import NewsPage
from regions.services.access import MODERATORS
from tests.factories import StandardPageFactory
from tests.integration.translating import Desk, client_for, desk_open, messages_of, submit, translator_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def draft_of(site_tree, title, **fields):
    """A news item that was never published; what its editors have written since stands in its draft alone."""
    news = site_tree.news("Titre de la ligne", live=False)
    for name, value in {"title": title, **fields}.items():
        setattr(news, name, value)
    news.save_revision()
    return NewsPage.objects.get(pk=news.pk)


# --- What is translated ------------------------------------------------------------------------------------------
def test_a_page_that_was_never_published_is_translated_from_its_draft(site_tree, admin, guarded):
    news = draft_of(site_tree, "Titre du brouillon", introduction="Texte du brouillon")
    desk = desk_open(client_for(admin), news, "ar")
    texts = [segment["source"] for segment in desk.strings()]
    assert texts == (["Titre du brouillon", "Texte du brouillon"] if guarded else ["Titre de la ligne"])


def test_what_is_public_is_translated_not_its_draft(site_tree, admin):
    news = site_tree.news("Public")
    news.title = "Brouillon"
    news.save_revision()
    desk = desk_open(client_for(admin), NewsPage.objects.get(pk=news.pk), "ar")
    assert [segment["source"] for segment in desk.strings()] == ["Public"]


def test_a_locale_that_is_added_later_starts_from_what_the_source_says_now(site_tree, admin, guarded):
    client = client_for(admin)
    news = site_tree.news("Accord")
    arabic = desk_open(client, news, "ar")
    arabic.translate({"Accord": "اتفاق"})
    news.title = "Accord signé"
    news.save_revision().publish()
    spanish = desk_open(client, NewsPage.objects.get(pk=news.pk), "es")
    assert [segment["source"] for segment in spanish.strings()] == ["Accord signé" if guarded else "Accord"]


def test_a_fourth_locale_takes_the_whole_tree_with_the_latest_texts(site_tree, admin):
    english = Locale.objects.create(language_code="en")
    home = StandardPageFactory(parent=site_tree.home["fr"], title="Ministère")
    translation_submit(instance=home, locale=english, user=admin)
    made = StandardPage.objects.get(translation_key=home.translation_key, locale=english)
    assert [page.locale_id for page in made.get_ancestors() if page.depth > 1] == [english.pk]
    assert list(Page.find_problems()) == [[], [], [], [], []]


def test_a_lock_on_the_source_does_not_lock_its_translations(site_tree, admin):
    news = site_tree.news("Accord")
    NewsPage.objects.filter(pk=news.pk).update(locked=True, locked_by=admin, locked_at=timezone.now())
    desk = desk_open(client_for(translator_make("ar")), NewsPage.objects.get(pk=news.pk), "ar")
    desk.translate({"Accord": "اتفاق"})
    Desk(client=client_for(admin), record=desk.record).publish()
    page = desk.target
    assert (page.locked, page.locked_by, page.live, page.title) == (False, None, True, "اتفاق")


# --- Reviews -----------------------------------------------------------------------------------------------------
@pytest.fixture
def reviewed(site_tree, admin):
    """An Arabic news item, complete and under review, and the desk of somebody who might publish it."""
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Review")
    task.groups.set(Group.objects.filter(name=MODERATORS))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.filter(page=site_tree.index["ar"]).delete()
    WorkflowPage.objects.create(workflow=workflow, page=site_tree.index["ar"])
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    desk.translate({"Accord": "اتفاق"})
    desk.record.save_target(user=admin, publish=False)
    workflow.start(desk.target, admin)
    return desk


def test_publishing_from_the_translation_editor_does_not_end_a_review(
    reviewed, guarded, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = reviewed.publish()
    page = reviewed.target
    assert (page.live, page.workflow_in_progress) == ((False, True) if guarded else (True, False))
    if guarded:
        assert any("is under review" in text for text in messages_of(response))


def test_the_review_publishes_what_was_translated(reviewed, admin):
    page = reviewed.target
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    reviewed.client.post(url)
    page = reviewed.target
    assert (page.live, page.title, page.workflow_in_progress) == (True, "اتفاق", False)


# --- Schedules ---------------------------------------------------------------------------------------------------
def test_a_source_that_goes_live_later_does_not_go_live_earlier_in_another_language(site_tree, admin):
    later = (timezone.now() + datetime.timedelta(days=3)).replace(microsecond=0)
    news = draft_of(site_tree, "Sous embargo", go_live_at=later)
    desk = desk_open(client_for(admin), news, "ar")
    desk.translate({"Sous embargo": "محظور"})
    response = desk.publish()
    page = desk.target
    assert (page.live, page.go_live_at) == (False, later)
    assert page.approved_schedule
    assert any("goes live on" in text for text in messages_of(response))


# --- Stop, edit, restart -----------------------------------------------------------------------------------------
def test_edits_by_hand_survive_a_restart(site_tree, admin, guarded, django_capture_on_commit_callbacks):
    client = client_for(admin)
    with django_capture_on_commit_callbacks(execute=True):
        desk = desk_open(client, site_tree.news("Accord"), "ar")
        desk.translate({"Accord": "اتفاق"})
        desk.publish()
    client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    page = desk.target
    page.title = "اتفاق جديد"
    page.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(desk.edit_url, {"localize-restart-translation": "1"})
        desk.publish()
    assert desk.target.title == ("اتفاق جديد" if guarded else "اتفاق")


# --- References and pictures ---------------------------------------------------------------------------------------
def test_a_required_snippet_is_that_of_the_language(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord", kind="visit"), "ar")
    assert desk.target.kind == site_tree.kind["ar", "visit"]


def test_the_text_of_a_picture_in_the_body_is_translated(site_tree, admin):
    from tests.factories import ImageFactory

    picture = {"image": {"image": ImageFactory().pk, "alt_text": "Deux ministres", "decorative": False}}
    news = site_tree.news("Accord", body=json.dumps([{"type": "picture", "value": picture}]))
    desk = desk_open(client_for(admin), news, "es")
    desk.translate({"Accord": "Acuerdo", "Deux ministres": "Dos ministros"})
    desk.publish()
    assert desk.target.body[0].value["image"].contextual_alt_text == "Dos ministros"


# --- Files and tags --------------------------------------------------------------------------------------------------
def test_a_link_that_was_lost_keeps_the_page_from_being_published(site_tree, admin, guarded):
    body = json.dumps([{"type": "rich_text", "value": '<p>Lire <a href="https://example.org">le texte</a>.</p>'}])
    desk = desk_open(client_for(admin), site_tree.news("Accord", body=body), "es")
    po = desk.po_download()
    for entry in po:
        entry.msgstr = "Acuerdo" if entry.msgid == "Accord" else "Leer <a id='a9'>el texto</a>."
    desk.po_upload(po)
    desk.publish()
    assert desk.target.live is False or not guarded


def test_sources_do_not_multiply(site_tree, admin):
    news = site_tree.news("Accord")
    submit(client_for(admin), news, "ar", "es")
    translate_object(news, [site_tree.locale["ar"], site_tree.locale["es"]], user=admin)
    assert TranslationSource.objects.filter(object_id=news.translation_key).count() == 1
    assert Translation.objects.filter(source__object_id=news.translation_key, enabled=True).count() == 2
