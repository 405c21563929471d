"""Moving, unpublishing and deleting offer to take the translations along, as far as the user may."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from regions.models import NewsPage
from regions.services.access import MODERATORS
from tests.factories import StandardPageFactory
from tests.integration.test_localize_guards_rights import group_member
from tests.integration.translating import client_for, is_refused, messages_of, speak_english

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def in_three_languages(site_tree, title, **parents):
    """Live pages with one translation key, below the given parents or the home pages, by language code."""
    french = StandardPageFactory(parent=parents.get("fr", site_tree.home["fr"]), title=title)
    pages = {"fr": french}
    for code in ("ar", "es"):
        pages[code] = StandardPageFactory(
            parent=parents.get(code, site_tree.home[code]),
            title=f"{title} {code}",
            slug=french.slug,
            translation_key=french.translation_key,
            locale=site_tree.locale[code],
        )
    return pages


def fresh(pages):
    return {code: StandardPage.objects.filter(pk=page.pk).first() for code, page in pages.items()}


def offered(response):
    """Which languages have a box, and whether it can be ticked."""
    return {follower.page.locale.language_code: not follower.problem for follower in response.context["followers"]}


@pytest.fixture
def french_moderator(site_tree):
    """Somebody who may do everything in the French tree and nothing elsewhere."""
    user = group_member(
        "french", pages=[site_tree.home["fr"]], page_permissions=["add", "change", "publish"], permissions=[]
    )
    speak_english(user)
    return user


# --- Unpublish -----------------------------------------------------------------------------------------------------
def test_unpublish_takes_along_what_was_chosen(site_tree, admin):
    pages = in_three_languages(site_tree, "Histoire")
    client = client_for(admin)
    url = reverse("wagtailadmin_pages:unpublish", args=[pages["fr"].pk])
    form = client.get(url)
    assert offered(form) == {"ar": True, "es": True}
    html = form.content.decode()
    assert "Histoire ar" in html
    assert html.count('name="cascade"') == 2
    response = client.post(url, {"cascade": [pages["ar"].pk]}, follow=True)
    assert {code: page.live for code, page in fresh(pages).items()} == {"fr": False, "ar": False, "es": True}
    texts = messages_of(response)
    assert any("went along: Arabic" in text for text in texts)
    assert any("Unchanged in other languages: Spanish" in text for text in texts)


def test_unpublish_leaves_the_others_when_nothing_is_chosen(site_tree, admin):
    pages = in_three_languages(site_tree, "Histoire")
    client_for(admin).post(reverse("wagtailadmin_pages:unpublish", args=[pages["fr"].pk]))
    assert {code: page.live for code, page in fresh(pages).items()} == {"fr": False, "ar": True, "es": True}


def test_unpublish_with_the_pages_below(site_tree, admin):
    pages = in_three_languages(site_tree, "Histoire")
    below = in_three_languages(site_tree, "Détail", **fresh(pages))
    client_for(admin).post(
        reverse("wagtailadmin_pages:unpublish", args=[pages["fr"].pk]),
        {"include_descendants": "on", "cascade": [pages["es"].pk]},
    )
    assert {code: page.live for code, page in fresh(below).items()} == {"fr": False, "ar": True, "es": False}


def test_plain_wagtail_offers_nothing(site_tree, admin, guarded):
    pages = in_three_languages(site_tree, "Histoire")
    response = client_for(admin).get(reverse("wagtailadmin_pages:unpublish", args=[pages["fr"].pk]))
    assert ('name="cascade"' in response.content.decode()) is guarded


# --- Rights ----------------------------------------------------------------------------------------------------------
def test_unpublish_in_a_language_of_others(site_tree, french_moderator):
    pages = in_three_languages(site_tree, "Histoire")
    client = client_for(french_moderator)
    url = reverse("wagtailadmin_pages:unpublish", args=[pages["fr"].pk])
    assert offered(client.get(url)) == {"ar": False, "es": False}
    assert is_refused(client.post(url, {"cascade": [pages["ar"].pk]}))
    assert all(page.live for page in fresh(pages).values())
    client.post(url)
    assert {code: page.live for code, page in fresh(pages).items()} == {"fr": False, "ar": True, "es": True}


def test_delete_in_a_language_of_others(site_tree, french_moderator):
    pages = in_three_languages(site_tree, "Histoire")
    client = client_for(french_moderator)
    url = reverse("wagtailadmin_pages:delete", args=[pages["fr"].pk])
    assert offered(client.get(url)) == {"ar": False, "es": False}
    assert is_refused(client.post(url, {"cascade": [pages["es"].pk]}))
    assert all(fresh(pages).values())


def test_move_in_a_language_of_others(site_tree, french_moderator):
    targets = in_three_languages(site_tree, "Ministère")
    pages = in_three_languages(site_tree, "Histoire")
    client = client_for(french_moderator)
    url = reverse("wagtailadmin_pages:move_confirm", args=[pages["fr"].pk, targets["fr"].pk])
    assert offered(client.get(url)) == {"ar": False, "es": False}
    assert is_refused(client.post(url, {"cascade": [pages["ar"].pk]}))
    assert all(page.depth == 3 for page in fresh(pages).values())
    stranger = reverse("wagtailadmin_pages:move_confirm", args=[pages["ar"].pk, targets["ar"].pk])
    assert is_refused(client.get(stranger))


def test_a_page_that_is_no_translation_cannot_be_smuggled_in(site_tree, admin):
    pages = in_three_languages(site_tree, "Histoire")
    other = StandardPageFactory(parent=site_tree.home["ar"], title="أخرى", locale=site_tree.locale["ar"])
    client = client_for(admin)
    for name in ("unpublish", "delete"):
        url = reverse(f"wagtailadmin_pages:{name}", args=[pages["fr"].pk])
        for value in (other.pk, "x", pages["fr"].pk):
            assert is_refused(client.post(url, {"cascade": [value]}))
    assert StandardPage.objects.get(pk=other.pk).live
    assert all(page.live for page in fresh(pages).values())


# --- Delete ----------------------------------------------------------------------------------------------------------
def test_delete_takes_along_what_was_chosen(site_tree, admin):
    pages = in_three_languages(site_tree, "Histoire")
    client = client_for(admin)
    url = reverse("wagtailadmin_pages:delete", args=[pages["fr"].pk])
    form = client.get(url)
    assert offered(form) == {"ar": True, "es": True}
    html = form.content.decode()
    assert "checked" not in html.partition('name="cascade"')[2].partition(">")[0]
    client.post(url, {"cascade": [pages["ar"].pk]})
    left = fresh(pages)
    assert (left["fr"], left["ar"]) == (None, None)
    assert left["es"].live
    assert list(Page.find_problems()) == [[], [], [], [], []]


def test_an_alias_of_a_deleted_page_does_not_stay_live_with_its_text(site_tree, admin):
    french = StandardPageFactory(parent=site_tree.home["fr"], title="Histoire", introduction="Texte français")
    alias = french.copy_for_translation(site_tree.locale["es"], alias=True)
    assert alias.live
    client_for(admin).post(reverse("wagtailadmin_pages:delete", args=[french.pk]))
    left = StandardPage.objects.get(pk=alias.pk)
    assert left.alias_of_id is None
    assert not left.live


# --- Move ------------------------------------------------------------------------------------------------------------
def test_move_takes_along_what_was_chosen(site_tree, admin):
    targets = in_three_languages(site_tree, "Ministère")
    pages = in_three_languages(site_tree, "Histoire")
    below = in_three_languages(site_tree, "Détail", **fresh(pages))
    client = client_for(admin)
    url = reverse("wagtailadmin_pages:move_confirm", args=[pages["fr"].pk, targets["fr"].pk])
    assert offered(client.get(url)) == {"ar": True, "es": True}
    client.post(url, {"cascade": [pages["ar"].pk]})
    moved = fresh(pages)
    assert moved["fr"].get_parent().pk == targets["fr"].pk
    assert moved["ar"].get_parent().pk == targets["ar"].pk
    assert moved["es"].get_parent().pk == site_tree.home["es"].pk
    assert fresh(below)["ar"].url_path == f"{moved['ar'].url_path}{below['ar'].slug}/"
    assert list(Page.find_problems()) == [[], [], [], [], []]


def test_move_says_why_a_translation_cannot_go_along(site_tree, admin):
    target = StandardPageFactory(parent=site_tree.home["fr"], title="Ministère")
    arabic = StandardPageFactory(
        parent=site_tree.home["ar"],
        title="الوزارة",
        translation_key=target.translation_key,
        locale=site_tree.locale["ar"],
    )
    pages = in_three_languages(site_tree, "Histoire")
    StandardPageFactory(parent=arabic, title="أخرى", slug=pages["fr"].slug, locale=site_tree.locale["ar"])
    client = client_for(admin)
    url = reverse("wagtailadmin_pages:move_confirm", args=[pages["fr"].pk, target.pk])
    form = client.get(url)
    assert {each.page.locale.language_code: each.problem for each in form.context["followers"]} == {
        "ar": "Its slug is taken at the new place.",
        "es": "The new place does not exist in this language.",
    }
    assert is_refused(client.post(url, {"cascade": [pages["ar"].pk]}))
    assert all(page.depth == 3 for page in fresh(pages).values())
    client.post(url)
    assert {code: page.depth for code, page in fresh(pages).items()} == {"fr": 4, "ar": 3, "es": 3}


# --- Aliases -----------------------------------------------------------------------------------------------------
def test_the_slug_of_an_alias_follows(site_tree, admin, guarded, django_capture_on_commit_callbacks):
    french = StandardPageFactory(parent=site_tree.home["fr"], title="Histoire", slug="histoire")
    arabic = french.copy_for_translation(site_tree.locale["ar"], alias=True)
    spanish = french.copy_for_translation(site_tree.locale["es"], alias=True)
    StandardPageFactory(parent=site_tree.home["es"], title="Otra", slug="notre-histoire", locale=site_tree.locale["es"])
    french = StandardPage.objects.get(pk=french.pk)
    french.slug = "notre-histoire"
    with django_capture_on_commit_callbacks(execute=True):
        french.save_revision().publish()
    slug = "notre-histoire" if guarded else "histoire"
    assert StandardPage.objects.get(pk=arabic.pk).url_path == f"/ar/{slug}/"
    # A sibling has that slug.
    assert StandardPage.objects.get(pk=spanish.pk).slug == "histoire"


def test_a_moderator_of_all_languages_unpublishes_news_everywhere(site_tree):
    moderator = get_user_model().objects.create_user("moderator")
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    french = site_tree.news("Accord")
    arabic = site_tree.news("اتفاق", locale="ar", translation_key=french.translation_key)
    client = client_for(moderator)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[french.pk]), {"cascade": [arabic.pk]})
    assert not NewsPage.objects.filter(pk__in=[french.pk, arabic.pk], live=True).exists()
