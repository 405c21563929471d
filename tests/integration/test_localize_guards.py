"""Nothing untranslated goes before readers.

Each defect is shown twice: what happens here, and what happens where the guards are off (``guarded`` is False). A test
that no longer finds the defect there says that its guard can go.
"""

import datetime
import json

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import StringTranslation
from wagtail_localize.operations import translate_object

from home.localize.progress import IncompleteTranslationError
from home.models import StandardPage
from regions.models import CountryPage, NewsPage, SubRegion
from regions.services.access import EDITORS
from tests.factories import CountryPageFactory, StandardPageFactory
from tests.integration.translating import (
    client_for,
    desk_open,
    editor_make,
    messages_of,
    submit,
    submit_url_of,
    translator_make,
)

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def published_in_arabic(site_tree, client, title="Accord", arabic="اتفاق"):
    """A news item whose Arabic translation is complete and live."""
    desk = desk_open(client, site_tree.news(title), "ar")
    desk.translate({title: arabic})
    desk.publish()
    return desk


def test_start_a_translation_of_a_country_that_is_live_under_its_own_name(site_tree, admin, guarded):
    french, arabic = site_tree.country["fr", "MX"], site_tree.country["ar", "MX"]
    arabic.introduction = "نص عربي"
    arabic.save()
    french.introduction = "Texte français"
    french.save()
    translate_object(CountryPage.objects.get(pk=french.pk), [site_tree.locale["ar"]], user=admin)
    live = CountryPage.objects.get(pk=arabic.pk)
    assert live.live
    assert live.title == ("المكسيك" if guarded else "Mexique")
    assert live.introduction == ("نص عربي" if guarded else "Texte français")
    if guarded:
        assert live.has_unpublished_changes
        draft = live.get_latest_revision_as_object()
        assert (draft.title, draft.introduction) == ("المكسيك", "نص عربي")
        # What readers see was kept as a version, though the page was made in bulk and had none.
        assert live.revisions.count() == 2


def test_a_country_can_be_translated_though_it_stands_in_the_language(site_tree, admin, guarded):
    offered = client_for(admin).get(submit_url_of(site_tree.country["fr", "MX"])).context["form"].fields["locales"]
    assert [locale.language_code for locale in offered.queryset] == (["ar", "es"] if guarded else [])


def test_submit_a_live_alias(site_tree, admin, guarded):
    french = StandardPageFactory(parent=site_tree.home["fr"], title="Histoire", introduction="Texte")
    french.copy_for_translation(site_tree.locale["ar"], alias=True)
    submit(client_for(admin), french, "ar")
    page = StandardPage.objects.get(translation_key=french.translation_key, locale=site_tree.locale["ar"])
    assert page.alias_of_id is None
    assert page.live is not guarded
    assert page.title == "Histoire"


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_alias_of_another_language_is_translated_not_converted(site_tree, admin, guarded, method):
    french = StandardPageFactory(parent=site_tree.home["fr"], title="Histoire", introduction="Texte français")
    spanish = french.copy_for_translation(site_tree.locale["es"], alias=True)
    client = client_for(translator_make("es"))
    url = reverse("wagtailadmin_pages:convert_alias", args=[spanish.pk])
    response = getattr(client, method)(url)
    page = StandardPage.objects.get(pk=spanish.pk)
    assert (page.live, page.title) == (True, "Histoire")
    assert (page.alias_of_id is None) is (method == "post" and not guarded)
    if guarded:
        assert response.status_code == 302
        assert response.url.startswith(submit_url_of(french))
        assert any("translate" in str(message) for message in client.get(response.url).context["messages"])


def test_an_alias_of_an_alias_of_another_language_is_not_converted(site_tree, admin):
    french = StandardPageFactory(parent=site_tree.home["fr"], title="Histoire")
    first = french.copy_for_translation(site_tree.locale["es"], alias=True)
    second = first.create_alias(parent=site_tree.home["es"], update_slug="encore")
    client_for(translator_make("es")).post(reverse("wagtailadmin_pages:convert_alias", args=[second.pk]))
    assert StandardPage.objects.get(pk=second.pk).alias_of_id is not None


def test_an_alias_of_the_same_language_is_converted(site_tree, admin):
    spanish = StandardPageFactory(parent=site_tree.home["es"], title="Historia", locale=site_tree.locale["es"])
    alias = spanish.create_alias(parent=site_tree.home["es"], update_slug="otra")
    client_for(translator_make("es")).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    assert StandardPage.objects.get(pk=alias.pk).alias_of_id is None


def test_submit_a_live_alias_of_a_country(site_tree, admin, guarded):
    french, arabic = site_tree.country["fr", "SN"], site_tree.country["ar", "SN"]
    french.introduction = "Texte français"
    french.sub_region = None
    french.save()
    arabic.delete()
    CountryPage.objects.get(pk=french.pk).copy_for_translation(site_tree.locale["ar"], alias=True)
    submit(client_for(admin), french, "ar")
    page = CountryPage.objects.get(code="SN", locale=site_tree.locale["ar"])
    assert (page.live, page.alias_of_id) == (True, None)
    assert page.title == ("السنغال" if guarded else "Sénégal")
    assert page.introduction == ("" if guarded else "Texte français")


def test_publish_an_incomplete_translation_from_the_editor(
    site_tree, admin, guarded, django_capture_on_commit_callbacks
):
    client = client_for(admin)
    desk = desk_open(client, site_tree.news("Accord", introduction="Texte"), "ar")
    done, _left = desk.strings()
    desk.put(done["editUrl"], "نص")
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.publish()
    assert desk.target.live is not guarded
    if guarded:
        assert any("1 segment" in message for message in messages_of(response))
        assert StringTranslation.objects.get().data == "نص"


def test_publish_an_incomplete_translation_from_code(site_tree, admin, guarded, django_capture_on_commit_callbacks):
    desk = desk_open(client_for(admin), site_tree.news("Accord", introduction="Texte"), "ar")
    with django_capture_on_commit_callbacks(execute=True):
        if guarded:
            with pytest.raises(IncompleteTranslationError) as error:
                desk.record.save_target(user=admin, publish=True)
            assert error.value.remaining.texts == 2
        else:
            desk.record.save_target(user=admin, publish=True)
    assert desk.target.live is not guarded


def test_synchronise_and_publish_after_a_correction(site_tree, admin, guarded, django_capture_on_commit_callbacks):
    client = client_for(admin)
    with django_capture_on_commit_callbacks(execute=True):
        desk = published_in_arabic(site_tree, client)
    news = NewsPage.objects.get(locale=site_tree.locale["fr"])
    news.title = "Accord signé"
    news.save()
    url = reverse("wagtail_localize:update_translations", args=[desk.record.source_id])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"publish_translations": "on"})
    assert desk.target.live
    assert desk.target.title == ("اتفاق" if guarded else "Accord signé")


def test_what_was_unpublished_in_its_language_stays_unpublished(
    site_tree, admin, guarded, django_capture_on_commit_callbacks
):
    client = client_for(admin)
    with django_capture_on_commit_callbacks(execute=True):
        desk = published_in_arabic(site_tree, client)
    desk.target.unpublish()
    news = NewsPage.objects.get(locale=site_tree.locale["fr"])
    news.date = datetime.date(2021, 2, 3)
    news.save()
    url = reverse("wagtail_localize:update_translations", args=[desk.record.source_id])
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, {"publish_translations": "on"}, follow=True)
    assert desk.target.live is not guarded
    if guarded:
        text = "Not published in Arabic: the page was unpublished there. It is saved as a draft."
        assert text in [message.strip() for message in messages_of(response)]
        assert desk.target.get_latest_revision_as_object().date == news.date


def test_publish_the_draft_of_an_incomplete_translation_by_other_ways(site_tree, admin, guarded):
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    revision = desk.target.latest_revision
    if guarded:
        with pytest.raises(PermissionDenied):
            revision.publish(user=admin)
        revision.publish()
    else:
        revision.publish(user=admin)
    assert desk.target.live is not guarded


def test_publish_an_incomplete_translation_from_a_listing(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = desk.client.post(f"{url}?id={desk.target.pk}&next={reverse('wagtailadmin_home')}", follow=True)
    assert "1 segment is not translated" in response.content.decode()
    assert not desk.target.live


def test_a_schedule_goes_on_after_an_incomplete_translation(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    past = timezone.now() - datetime.timedelta(hours=1)
    revision = desk.target.latest_revision
    revision.approved_go_live_at = past
    revision.save()
    other = site_tree.news("Autre", live=False)
    later = other.save_revision(approved_go_live_at=past)
    assert later.pk > revision.pk
    call_command("publish_scheduled")
    assert not desk.target.live
    assert NewsPage.objects.get(pk=other.pk).live


def test_a_draft_left_by_a_stopped_translation_is_not_published(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    desk.client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    with pytest.raises(PermissionDenied):
        desk.target.latest_revision.publish(user=admin)
    page = desk.target
    page.title = "اتفاق"
    page.save_revision().publish(user=admin)
    assert desk.target.live


def stopped(site_tree, admin, title, **fields):
    """A news item whose translation into Spanish was stopped at once, and the client of a translator."""
    desk = desk_open(client_for(admin), site_tree.news(title, **fields), "es")
    client = client_for(editor_make("es"))
    client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    return desk, client


def publish_from_listing(client, page):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={page.pk}&next={reverse('wagtailadmin_home')}", follow=True)


def news_form(page):
    """What the ordinary editor sends when nothing was changed."""
    fields = {name: getattr(page, name) for name in ("title", "slug", "introduction", "image_alt", "image_credit")}
    names = ("country_links", "continent_links", "person_links", "organisation_links", "comments")
    rows = {name: inline_formset([]) for name in names}
    shared = {"kind": page.kind_id, "date": page.date, "image": "", "seo_title": "", "search_description": ""}
    return nested_form_data({**fields, **shared, **rows, "body": streamfield([])})


@pytest.mark.parametrize(
    ("title", "introduction"), [("Visite du ministre", "Il est venu."), ("Accord", ""), ("Accord", "Il est venu.")]
)
def test_a_stopped_translation_saved_as_it_is_does_not_go_live(site_tree, admin, title, introduction):
    desk, client = stopped(site_tree, admin, title, introduction=introduction)
    draft = desk.target.get_latest_revision_as_object()
    assert draft.title == title
    client.post(desk.edit_url, news_form(draft))
    assert desk.target.latest_revision_id != draft.latest_revision_id
    count = 2 if introduction else 1
    assert f"{count} segment" in publish_from_listing(client, desk.target).content.decode()
    assert not desk.target.live
    response = client.post(desk.edit_url, {**news_form(draft), "action-publish": "1"}, follow=True)
    assert any(f"{count} segment" in message for message in messages_of(response))
    assert not desk.target.live


def test_a_stopped_translation_in_which_one_text_is_left_does_not_go_live(site_tree, admin):
    desk, client = stopped(site_tree, admin, "Visite du ministre", introduction="Il est venu.")
    draft = desk.target.get_latest_revision_as_object()
    draft.title = "Visita del ministro"
    client.post(desk.edit_url, {**news_form(draft), "action-publish": "1"})
    assert not desk.target.live
    draft.introduction = "Ha venido."
    client.post(desk.edit_url, {**news_form(draft), "action-publish": "1"})
    assert desk.target.live


def test_a_name_that_is_equal_in_both_languages_goes_live_with_the_rest(site_tree, admin):
    desk, client = stopped(site_tree, admin, "Costa Rica 2026", introduction="Il est venu.")
    draft = desk.target.get_latest_revision_as_object()
    draft.introduction = "Ha venido."
    client.post(desk.edit_url, {**news_form(draft), "action-publish": "1"})
    assert desk.target.live


def test_a_text_confirmed_as_equal_goes_live(site_tree, admin):
    desk = desk_open(client_for(admin), site_tree.news("Carta de la ONU"), "es")
    desk.translate({"Carta de la ONU": "Carta de la ONU"})
    client = client_for(editor_make("es"))
    client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    desk.target.save_revision()
    publish_from_listing(client, desk.target)
    assert desk.target.live


def test_submitting_news_does_not_rename_its_kind(site_tree, admin, guarded):
    arabic = site_tree.kind["ar", "communique"]
    name = arabic.name
    assert name != site_tree.kind["fr", "communique"].name
    submit(client_for(admin), site_tree.news("Accord", kind="communique"), "ar")
    arabic.refresh_from_db()
    assert arabic.name == (name if guarded else site_tree.kind["fr", "communique"].name)


@pytest.mark.parametrize("way", ["form", "code"])
def test_missing_parent(site_tree, admin, guarded, way):
    parent = StandardPageFactory(parent=site_tree.home["fr"], title="Le ministère")
    child = StandardPageFactory(parent=parent, title="Histoire")
    if way == "form":
        submit(client_for(admin), child, "ar")
    else:
        translate_object(child, [site_tree.locale["ar"]], user=admin)
    above = StandardPage.objects.get(translation_key=parent.translation_key, locale=site_tree.locale["ar"])
    assert above.live is not guarded
    assert (above.alias_of_id is None) is guarded
    assert StandardPage.objects.get(translation_key=child.translation_key, locale=site_tree.locale["ar"]).depth == 4


def test_a_page_that_is_private_in_its_language_stays_private(site_tree, admin, guarded):
    arabic = site_tree.country["ar", "MX"]
    PageViewRestriction.objects.create(page=arabic, restriction_type=PageViewRestriction.LOGIN)
    translate_object(site_tree.country["fr", "MX"], [site_tree.locale["ar"]], user=admin)
    assert arabic.view_restrictions.exists() is guarded


def test_the_groups_of_a_private_source_read_its_translation(site_tree, admin):
    news, editors = site_tree.news("Accord"), Group.objects.get(name=EDITORS)
    PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.GROUPS).groups.add(editors)
    translate_object(news, [site_tree.locale["ar"]], user=admin)
    arabic = NewsPage.objects.get(translation_key=news.translation_key, locale=site_tree.locale["ar"])
    copied = arabic.view_restrictions.get()
    assert (copied.restriction_type, list(copied.groups.all())) == ("groups", [editors])


@pytest.mark.parametrize("is_private_there", [False, True])
def test_a_page_of_a_private_section_is_not_public_in_another_language(site_tree, admin, guarded, is_private_there):
    """Its section was public when it was translated, or its Arabic editors opened it."""
    sections = [StandardPageFactory(parent=site_tree.home["fr"], title="Interne")]
    sections.append(sections[0].copy_for_translation(site_tree.locale["ar"]))
    for section in sections[: 2 if is_private_there else 1]:
        PageViewRestriction.objects.create(page=section, restriction_type="password", password="sésame")
    note = StandardPageFactory(parent=sections[0], title="Note")
    translate_object(note, [site_tree.locale["ar"]], user=admin)
    arabic = StandardPage.objects.get(translation_key=note.translation_key, locale=site_tree.locale["ar"])
    assert [each.password for each in arabic.get_view_restrictions()] == (
        ["sésame"] if guarded or is_private_there else []
    )


def test_a_block_that_lacks_an_optional_part(site_tree, admin, guarded):
    body = [
        {"type": "video", "value": {"video": "https://example.org/v", "title": "V"}},
        {"type": "picture", "value": {}},
    ]
    news = site_tree.news("Accord", body=json.dumps(body))
    client = client_for(admin)
    client.raise_request_exception = False
    assert submit(client, news, "ar").status_code == (200 if guarded else 500)


def test_a_new_country_takes_the_sub_region_of_its_language(site_tree, admin):
    french = CountryPageFactory(
        parent=site_tree.continent["fr", "019"],
        code="GT",
        sub_region=SubRegion.objects.get(code="013", locale=site_tree.locale["fr"]),
    )
    desk = desk_open(client_for(admin), french, "ar")
    assert desk.target.sub_region == SubRegion.objects.get(code="013", locale=site_tree.locale["ar"])
    assert (desk.target.live, desk.target.code) == (False, "GT")
