"""Wagtail's "Copy": what may be copied, and where to."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Page
from wagtail_localize.models import Translation

from regions.models import NewsPage
from regions.services.access import EDITORS, MODERATORS
from tests.factories import SiteTree, StandardPageFactory
from tests.factories.advice import advice_make
from tests.integration.translating import Desk, client_for, desk_open, editor_make, speak_english, translator_make

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def member(group: str) -> Any:
    user = get_user_model().objects.create_user(group, password="secret")
    user.groups.add(Group.objects.get(name=group))
    speak_english(user)
    return client_for(user)


def copy(client: Any, page: Page, parent: Page | None = None, **fields: Any) -> Any:
    """Post the form, and check that what it refuses leaves no page behind."""
    parent = parent or page.get_parent()
    count = Page.objects.count()
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent.pk, **fields}
    response = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert (Page.objects.count() == count) is (response.status_code == 200)
    return response


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    html = response.content.decode()
    found = dict(response.context["form"].errors)
    assert found
    assert all(escape(text) in html for texts in found.values() for text in texts)
    return found


@pytest.mark.parametrize("fields", [{}, {"alias": "on"}, {"publish_copies": "on"}], ids=["copy", "alias", "live"])
def test_what_stands_once_in_a_language_has_no_copies(site_tree: SiteTree, fields: dict[str, str]) -> None:
    client = member(MODERATORS)
    pages = (
        site_tree.country["fr", "MX"],
        site_tree.continent["fr", "019"],
        site_tree.index["fr"],
        advice_make(site_tree),
    )
    for page in pages:
        assert "only once in its language" in errors(copy(client, page, **fields))["new_title"][0], page


def test_an_editor_and_a_superuser_copy_no_country_and_no_home(site_tree: SiteTree, admin: Any) -> None:
    assert "new_title" in errors(copy(member(EDITORS), site_tree.country["fr", "MX"]))
    assert "new_title" in errors(copy(client_for(admin), site_tree.home["fr"], Page.get_first_root_node()))


def test_subpages_that_stand_once_are_not_copied_either(site_tree: SiteTree, admin: Any) -> None:
    page = StandardPageFactory(parent=site_tree.home["fr"], title="Dossier")
    site_tree.index["fr"].move(page, pos="last-child")
    page = Page.objects.get(pk=page.pk)
    assert "new_title" in errors(copy(client_for(admin), page, copy_subpages="on"))
    assert copy(client_for(admin), page).status_code == 302


@pytest.mark.parametrize("fields", [{}, {"alias": "on"}, {"publish_copies": "on"}], ids=["copy", "alias", "live"])
def test_no_copy_into_the_tree_of_another_language(site_tree: SiteTree, fields: dict[str, str]) -> None:
    client = member(MODERATORS)
    news = site_tree.news("Visite")
    assert list(errors(copy(client, news, site_tree.index["ar"], **fields))) == ["new_parent_page"]
    assert copy(client, news, **fields).status_code == 302
    made = NewsPage.objects.get(slug="copy")
    assert (made.locale_code, made.live) == ("fr", bool(fields))


def test_an_unfinished_translation_is_not_copied(site_tree: SiteTree, admin: Any) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Visite du ministre"), "es")
    client = client_for(translator_make("es"))
    assert "1 segment is not translated" in errors(copy(client, desk.target))["new_title"][0]
    client.post(reverse("wagtail_localize:stop_translation", args=[desk.record.pk]))
    desk.target.save_revision()
    for fields in ({}, {"alias": "on"}):
        assert "1 segment is not translated" in errors(copy(client, desk.target, **fields))["new_title"][0]


def test_a_finished_translation_is_copied(site_tree: SiteTree, admin: Any) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Visite du ministre"), "es")
    desk.translate({"Visite du ministre": "Visita del ministro"})
    desk.publish()
    assert copy(client_for(editor_make("es")), desk.target, publish_copies="on").status_code == 302
    assert NewsPage.objects.get(slug="copy").live


def test_an_alias_of_another_language_is_not_copied(site_tree: SiteTree) -> None:
    page = StandardPageFactory(parent=site_tree.home["fr"], title="Histoire")
    alias = page.copy_for_translation(site_tree.locale["es"], alias=True)
    assert "another language" in errors(copy(client_for(translator_make("es")), alias))["new_title"][0]


def test_an_unfinished_subpage_is_not_copied(site_tree: SiteTree, admin: Any) -> None:
    parent = StandardPageFactory(parent=site_tree.home["fr"], title="Le ministère")
    child = StandardPageFactory(parent=parent, title="Son histoire")
    desk_open(client_for(admin), child, "es")
    above = Page.objects.get(translation_key=parent.translation_key, locale=site_tree.locale["es"])
    record = Translation.objects.get(source__object_id=parent.translation_key, target_locale=above.locale)
    desk = Desk(client=client_for(admin), record=record)
    desk.translate({"Le ministère": "El ministerio"})
    desk.publish()
    client = client_for(translator_make("es"))
    refused = errors(copy(client, above, copy_subpages="on"))["new_title"]
    assert len(refused) == 1
    assert refused[0].startswith("“Son histoire”")
    assert copy(client, above).status_code == 302
