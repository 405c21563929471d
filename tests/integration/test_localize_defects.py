"""The defects A to H of wagtail-localize, each as it is where the guards are off, and as it is here.

docs/translation.md has the table of all of them; those that other modules show are not shown again.
"""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from home.localize.submission import translation_submit
from home.models import StandardPage
from regions.models import NewsPage
from tests.factories import StandardPageFactory, site_tree_make
from tests.integration.translating import client_for, desk_open, messages_of, submit

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def tree_of(site_tree):
    """Four pages below each other and two beside them; the titles tell their places."""
    top = StandardPageFactory(parent=site_tree.home["fr"], title="Un")
    middle = StandardPageFactory(parent=top, title="Deux")
    StandardPageFactory(parent=middle, title="Trois")
    StandardPageFactory(parent=top, title="Quatre")
    return Page.objects.get(pk=top.pk).specific


# --- A: subtrees stay whole --------------------------------------------------------------------------------------
def test_a_subtree_submitted_over_http_is_whole(
    site_tree, admin, guarded, settings, django_capture_on_commit_callbacks
):
    # Its default. The other one hides the defect, for pages that are published later one by one.
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = not guarded
    top = tree_of(site_tree)
    with django_capture_on_commit_callbacks(execute=True):
        response = submit(client_for(admin), top, "ar", "es", include_subtree="on")
    assert response.status_code == 200
    assert (list(Page.find_problems()) == [[], [], [], [], []]) is guarded
    for code in ("ar", "es"):
        made = Page.objects.filter(locale=site_tree.locale[code], title__in=["Un", "Deux", "Trois", "Quatre"])
        found = [(page.title, page.numchild) for page in made.order_by("path")]
        if guarded:
            assert found == [("Un", 2), ("Deux", 1), ("Trois", 0), ("Quatre", 0)]
        else:
            assert {title for title, _count in found} == {"Un", "Deux", "Trois", "Quatre"}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_submit_the_same_pages_at_once_make_one_tree():
    site_tree = site_tree_make()
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "password")
    top = tree_of(site_tree)
    pages = [page.specific for page in top.get_descendants(inclusive=True)]
    start = threading.Barrier(3)

    def work(order):
        start.wait()
        try:
            for page in order:
                for locale in Locale.objects.exclude(language_code="fr").order_by("pk"):
                    # Refused where another was first.
                    with contextlib.suppress(PermissionDenied):
                        translation_submit(instance=page, locale=locale, user=user)
        finally:
            connection.close()

    # Leaves first makes each of them want the parents too.
    with ThreadPoolExecutor(max_workers=3) as pool:
        list(pool.map(work, (pages, pages[::-1], pages[1:] + pages[:1])))
    assert list(Page.find_problems()) == [[], [], [], [], []]
    for code in ("ar", "es"):
        assert StandardPage.objects.filter(locale__language_code=code).count() == len(pages)
    assert Translation.objects.filter(enabled=True).count() == 2 * len(pages)


# --- D: a corrected source ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("publish", [True, False], ids=["publish", "draft"])
def test_a_live_page_keeps_its_texts_when_the_source_was_corrected(
    site_tree, admin, guarded, publish, django_capture_on_commit_callbacks
):
    client = client_for(admin)
    news = site_tree.news("Accord", introduction="Signé lundi.")
    with django_capture_on_commit_callbacks(execute=True):
        desk = desk_open(client, news, "ar")
        desk.translate({"Accord": "اتفاق", "Signé lundi.": "وقع الاثنين."})
        desk.publish()
    news.introduction = "Signé mardi."
    news.save_revision().publish()
    url = reverse("wagtail_localize:update_translations", args=[desk.record.source_id])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"publish_translations": "on"} if publish else {})
    live = NewsPage.objects.get(pk=desk.target.pk)
    assert live.live
    assert live.title == "اتفاق"
    assert live.introduction == ("وقع الاثنين." if guarded or not publish else "Signé mardi.")


# --- E: slugs ----------------------------------------------------------------------------------------------------
def test_the_slug_of_a_home_page_stays_its_language(site_tree, admin, guarded):
    translate_object(site_tree.home["fr"], [site_tree.locale["ar"]], user=admin)
    home = Page.objects.get(pk=site_tree.home["ar"].pk)
    assert (home.slug == "ar") is guarded
    assert (home.url_path == "/ar/") is guarded


def test_a_slug_that_is_not_latin_is_not_discarded(site_tree, admin, guarded):
    news = site_tree.news("Accord")
    NewsPage.objects.filter(pk=news.pk).update(slug="اتفاق")
    translate_object(NewsPage.objects.get(pk=news.pk), [site_tree.locale["ar"]], user=admin)
    made = NewsPage.objects.get(translation_key=news.translation_key, locale=site_tree.locale["ar"])
    assert (made.slug == "اتفاق") is guarded


def test_a_slug_stays_through_submission_file_publication_and_synchronisation(site_tree, admin):
    client = client_for(admin)
    news = site_tree.news("Accord de pêche", slug="accord-2026")
    desk = desk_open(client, news, "ar")
    slugs = [desk.target.slug]
    po = desk.po_download()
    po[0].msgstr = "اتفاق الصيد"
    desk.po_upload(po)
    slugs.append(desk.target.slug)
    desk.publish()
    slugs.append(desk.target.slug)
    news.title = "Accord de pêche signé"
    news.save_revision().publish()
    client.post(reverse("wagtail_localize:update_translations", args=[desk.record.source_id]))
    page = desk.target
    assert [*slugs, page.slug, page.get_latest_revision_as_object().slug] == ["accord-2026"] * 5
    assert (page.live, page.title) == (True, "اتفاق الصيد")


# --- F: moves before a new locale --------------------------------------------------------------------------------
def test_a_moved_page_is_brought_into_another_locale(site_tree, admin, guarded):
    old = StandardPageFactory(parent=site_tree.home["fr"], title="Ancien")
    new = StandardPageFactory(parent=site_tree.home["fr"], title="Nouveau")
    page = StandardPageFactory(parent=old, title="Page")
    translate_object(page, [site_tree.locale["ar"]], user=admin)
    page.refresh_from_db()
    page.move(Page.objects.get(pk=new.pk), pos="last-child")
    if not guarded:
        # https://github.com/wagtail/wagtail-localize/issues/906
        with pytest.raises(ValidationError):
            LocaleSynchronization.objects.create(locale=site_tree.locale["es"], sync_from=site_tree.locale["fr"])
        return
    home = StandardPage.objects.get(pk=page.pk).get_parent()
    assert home.title == "Nouveau"
    submit(client_for(admin), StandardPage.objects.get(pk=page.pk), "es")
    spanish = StandardPage.objects.filter(locale=site_tree.locale["es"]).order_by("path")
    assert [(each.title, each.depth, each.live) for each in spanish] == [("Nouveau", 3, False), ("Page", 4, False)]
    assert list(Page.find_problems()) == [[], [], [], [], []]


def test_a_submission_that_fails_half_way_leaves_nothing(site_tree, admin, monkeypatch):
    parent = StandardPageFactory(parent=site_tree.home["fr"], title="Le ministère")
    child = StandardPageFactory(parent=parent, title="Histoire")
    save_revision = StandardPage.save_revision

    def refuse(self, *args, **kwargs):
        if self.title == "Histoire":
            raise ValidationError("no")
        return save_revision(self, *args, **kwargs)

    monkeypatch.setattr(StandardPage, "save_revision", refuse)
    before = Page.objects.count()
    with pytest.raises(ValidationError):
        translation_submit(instance=child, locale=site_tree.locale["es"], user=admin)
    assert Page.objects.count() == before
    assert not Translation.objects.exists()
    assert list(Page.find_problems()) == [[], [], [], [], []]


# --- H: the memory survives ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("what", ["source", "target", "stop"])
def test_the_memory_survives(site_tree, admin, guarded, settings, what):
    if not guarded:
        settings.WAGTAILLOCALIZE_DISABLE_ON_DELETE = False
    client = client_for(admin)
    news = site_tree.news("Accord", introduction="Texte")
    desk = desk_open(client, news, "ar")
    desk.translate({"Accord": "اتفاق", "Texte": "نص"})
    if what == "stop":
        client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    else:
        page = news if what == "source" else desk.target
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert not NewsPage.objects.filter(pk=page.pk).exists()
    kept = {text.data: text.translation_of.data for text in StringTranslation.objects.all()}
    if guarded or what == "stop":
        assert kept == {"اتفاق": "Accord", "نص": "Texte"}
        assert not Translation.objects.get(pk=desk.record.pk).enabled
    else:
        assert kept == {}


def test_what_was_translated_is_there_again_when_a_deleted_page_is_submitted_anew(site_tree, admin):
    client = client_for(admin)
    news = site_tree.news("Accord")
    desk = desk_open(client, news, "ar")
    desk.translate({"Accord": "اتفاق"})
    client.post(reverse("wagtailadmin_pages:delete", args=[desk.target.pk]))
    again = desk_open(client, news, "ar")
    assert [row["data"] for row in again.props()["initialStringTranslations"]] == ["اتفاق"]
    assert again.target.title == "اتفاق"


def test_a_page_whose_source_was_deleted_can_be_edited(site_tree, admin, guarded):
    """A translation that starts again has nothing to show, and hides the ordinary editor for good."""
    client = client_for(admin)
    desk = desk_open(client, site_tree.news("Accord"), "ar")
    client.post(reverse("wagtailadmin_pages:delete", args=[NewsPage.objects.get(locale=site_tree.locale["fr"]).pk]))
    client.raise_request_exception = False
    response = client.post(desk.edit_url, {"localize-restart-translation": "1"}, follow=True)
    assert response.status_code == (200 if guarded else 500)
    desk.record.refresh_from_db()
    assert desk.record.enabled is not guarded
    if guarded:
        assert messages_of(response)[-1].strip() == "The source of “Accord” was deleted: there is nothing to translate."
    assert client.get(desk.edit_url).status_code == (200 if guarded else 500)


def test_nothing_is_brought_from_a_source_that_was_deleted(site_tree, admin, guarded):
    client = client_for(admin)
    desk = desk_open(client, site_tree.news("Accord"), "ar")
    client.post(reverse("wagtailadmin_pages:delete", args=[NewsPage.objects.get(locale=site_tree.locale["fr"]).pk]))
    client.raise_request_exception = False
    for name, key in (("update_translations", desk.record.source_id), ("preview_translation", desk.record.pk)):
        # Django looks for what is not there below the language's prefix.
        assert client.get(reverse(f"wagtail_localize:{name}", args=[key])).status_code == (302 if guarded else 500)
