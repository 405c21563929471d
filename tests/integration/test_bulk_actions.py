"""A selection in a listing obeys the rules of a single page: each role's own trees, locks, reviews, translations."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from regions.models import NewsPage
from regions.services.access import EDITORS, MODERATORS
from tests.factories import SiteTree, StandardPageFactory
from tests.integration.reviewing import person, step
from tests.integration.test_localize_cascade import fresh, in_three_languages
from tests.integration.translating import client_for, desk_open, is_refused, messages_of, speak_english

pytestmark = [pytest.mark.once, pytest.mark.django_db]

ROLES = ("superuser", MODERATORS, EDITORS, "translator-ar", "reviewer-ar", "editor-ar", "nobody")


def member(name: str) -> Any:
    """Somebody of a role of ``ROLES``."""
    if name.endswith("-ar"):
        return person(name.removesuffix("-ar"), "ar")
    users = get_user_model()._default_manager
    user = users.create_superuser("chief") if name == "superuser" else users.create_user("somebody")
    user.groups.set(Group.objects.filter(name=name))
    speak_english(user)
    return user


def bulk_url(action: str, *pages: Page) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{url}?{ids}&next={reverse('wagtailadmin_reports:site_history')}"


def do(user: Any, action: str, *pages: Page, cascade: tuple[str, ...] = (), **data: Any) -> Any:
    return client_for(user).post(bulk_url(action, *pages), {"cascade": list(cascade), **data}, follow=True)


def offered(user: Any, action: str, *pages: Page) -> dict[str, tuple[int, int]]:
    """By language: how many translations could go along, and how many could not."""
    response = client_for(user).get(bulk_url(action, *pages))
    return {
        each.locale.language_code: (len(each.free), len(each.held)) for each in response.context["cascade_languages"]
    }


def told(response: Any) -> list[str]:
    return [text.strip() for text in messages_of(response)]


def live(*several: dict[str, StandardPage]) -> list[dict[str, bool]]:
    return [{code: page is not None and page.live for code, page in fresh(pages).items()} for pages in several]


# --- Each role ---------------------------------------------------------------------------------------------------
MAY = {"superuser": {"fr", "ar", "es"}, MODERATORS: {"fr", "ar", "es"}, "editor-ar": {"ar"}}


def changed(pages: dict[str, StandardPage]) -> set[str]:
    """The languages whose page is gone, moved down or not live."""
    return {code for code, page in fresh(pages).items() if page is None or page.depth == 4 or not page.live}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_acts_in_its_own_trees(site_tree: SiteTree, role: str) -> None:
    user, may = member(role), MAY.get(role, set())
    places = in_three_languages(site_tree, "Ministère")
    pages = {action: in_three_languages(site_tree, action) for action in ("delete", "move", "unpublish")}
    drafts = in_three_languages(site_tree, "publish")
    Page.objects.filter(pk__in=[page.pk for page in drafts.values()]).update(live=False)
    do(user, "delete", *pages["delete"].values())
    do(user, "unpublish", *pages["unpublish"].values())
    do(user, "publish", *drafts.values())
    for code, page in pages["move"].items():
        do(user, "move", page, chooser=places[code].pk)
    assert {action: changed(each) for action, each in pages.items()} == dict.fromkeys(pages, may)
    assert changed(drafts) == {"fr", "ar", "es"} - may


@pytest.mark.parametrize("role", ROLES)
def test_each_role_takes_along_what_it_may_change(site_tree: SiteTree, role: str) -> None:
    """The Arabic page is selected; the Spanish one follows for whoever may change it."""
    user, may = member(role), MAY.get(role, set())
    places = in_three_languages(site_tree, "Ministère")
    for action in ("delete", "move", "unpublish"):
        pages = in_three_languages(site_tree, action)
        data = {"chooser": places["ar"].pk} if action == "move" else {}
        if "ar" in may:
            expected = (1, 0) if "es" in may else (0, 1)
            assert offered(user, action, pages["ar"]) == dict.fromkeys(("fr", "es"), expected)
        if may == {"ar"}:
            assert is_refused(do(user, action, pages["ar"], cascade=("es",), **data))
            assert changed(pages) == set()
            do(user, action, pages["ar"], **data)
        else:
            do(user, action, pages["ar"], cascade=("es",), **data)
        assert changed(pages) == {"ar", "es"} & may, action


# --- Selections ----------------------------------------------------------------------------------------------------
def test_unpublish_takes_along_the_languages_chosen(site_tree: SiteTree, admin: Any) -> None:
    first, second = in_three_languages(site_tree, "Histoire"), in_three_languages(site_tree, "Mission")
    below = in_three_languages(site_tree, "Détail", **fresh(first))
    second["es"].unpublish()
    form = client_for(admin).get(bulk_url("unpublish", first["fr"], second["fr"]))
    html = form.content.decode()
    assert [html.count(f'name="cascade" value="{code}"') for code in ("fr", "ar", "es")] == [0, 1, 1]
    assert "Histoire ar" in html
    assert offered(admin, "unpublish", first["fr"], second["fr"]) == {"ar": (2, 0), "es": (1, 0)}
    response = do(admin, "unpublish", first["fr"], second["fr"], cascade=("ar",), include_descendants="on")
    assert live(first, second, below) == [
        {"fr": False, "ar": False, "es": True},
        {"fr": False, "ar": False, "es": False},
        {"fr": False, "ar": False, "es": True},
    ]
    texts = told(response)
    assert "Translations that went along: Arabic (2)." in texts
    assert "Translations that stayed as they were: Spanish (1)." in texts


def test_delete_takes_along_the_languages_chosen(site_tree: SiteTree, admin: Any) -> None:
    first = in_three_languages(site_tree, "Histoire")
    below = in_three_languages(site_tree, "Détail", **fresh(first))
    html = client_for(admin).get(bulk_url("delete", first["fr"])).content.decode()
    assert "checked" not in html.partition('name="cascade"')[2].partition(">")[0]
    do(admin, "delete", first["fr"], cascade=("es",))
    assert {code for code, page in fresh(first).items() if page} == {"ar"}
    assert {code for code, page in fresh(below).items() if page} == {"ar"}
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_translation_below_another_goes_once(site_tree: SiteTree, admin: Any) -> None:
    """In French they are sisters; in Arabic one stands below the other."""
    first = in_three_languages(site_tree, "Histoire")
    second = in_three_languages(site_tree, "Détail", ar=first["ar"])
    do(admin, "delete", first["fr"], second["fr"], cascade=("ar", "es"))
    assert list(fresh(first).values()) + list(fresh(second).values()) == [None] * 6
    assert Page.find_problems() == ([], [], [], [], [])


def test_move_takes_along_what_has_a_place_there(site_tree: SiteTree, admin: Any) -> None:
    places = in_three_languages(site_tree, "Ministère")
    first, second = in_three_languages(site_tree, "Histoire"), in_three_languages(site_tree, "Mission")
    StandardPageFactory(parent=places["es"], title="Otra", slug=first["fr"].slug, locale=site_tree.locale["es"])
    data = {"chooser": places["fr"].pk}
    response = do(admin, "move", first["fr"], second["fr"], cascade=("ar", "es"), **data)
    parents = [{code: page.get_parent().pk for code, page in fresh(pages).items()} for pages in (first, second)]
    there = {code: page.pk for code, page in places.items()}
    assert parents == [{**there, "es": site_tree.home["es"].pk}, there]
    texts = told(response)
    assert "Translations that went along: Arabic (2), Spanish (1)." in texts
    assert "Translations that stayed as they were: Spanish (1). Its slug is taken at the new place." in texts
    assert Page.find_problems() == ([], [], [], [], [])


def test_no_page_moves_into_the_tree_of_another_language(site_tree: SiteTree, admin: Any) -> None:
    pages = in_three_languages(site_tree, "Histoire")
    do(admin, "move", pages["fr"], cascade=("ar",), chooser=site_tree.home["es"].pk)
    assert [page.depth for page in fresh(pages).values()] == [3, 3, 3]
    assert all(page.get_parent().locale_id == page.locale_id for page in fresh(pages).values())


def test_the_skeleton_of_another_tree_stays(site_tree: SiteTree) -> None:
    """A moderator may delete the French page; the country that its translation holds is not hers to delete."""
    pages = in_three_languages(site_tree, "Dossier")
    site_tree.country["ar", "MX"].move(pages["ar"], pos="last-child")
    moderator = member(MODERATORS)
    pages = fresh(pages)
    assert offered(moderator, "delete", pages["fr"]) == {"ar": (0, 1), "es": (1, 0)}
    assert is_refused(do(moderator, "delete", pages["fr"], cascade=("ar",)))
    assert all(fresh(pages).values())


# --- Publishing ------------------------------------------------------------------------------------------------------
def test_a_selection_is_not_published_past_a_review(site_tree: SiteTree, admin: Any) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    desk.translate({"Accord": "اتفاق"})
    step(person("translator"), desk, "submit")
    page = desk.target
    assert page.workflow_in_progress
    response = do(admin, "publish", page)
    assert any("it is under review" in text for text in messages_of(response))
    page = NewsPage.objects.get(pk=page.pk)
    assert (page.live, page.workflow_in_progress) == (False, True)
    response = do(admin, "publish", site_tree.index["ar"], include_descendants="on")
    assert any("it is under review" in text for text in messages_of(response))
    assert NewsPage.objects.get(pk=page.pk).workflow_in_progress


def test_a_selection_is_not_published_past_a_lock(site_tree: SiteTree, admin: Any) -> None:
    moderator = member(MODERATORS)
    page = StandardPageFactory(parent=site_tree.home["fr"], title="Histoire", live=False)
    below = StandardPageFactory(parent=page, title="Détail", live=False)
    Page.objects.filter(pk=below.pk).update(locked=True, locked_by=admin)
    response = do(moderator, "publish", page, include_descendants="on")
    assert any("it is locked" in text for text in told(response))
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=admin)
    do(moderator, "publish", page)
    assert not StandardPage.objects.filter(pk__in=[page.pk, below.pk], live=True).exists()
