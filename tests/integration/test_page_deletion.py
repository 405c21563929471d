"""Who may delete the pages that the trees consist of, and what news refers to."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from regions.models import NewsCountryLink
from regions.services.access import MODERATORS
from tests.factories import SiteTree, StandardPageFactory
from tests.integration.translating import client_for, editor_make, messages_of, speak_english

pytestmark = pytest.mark.django_db


def delete(client: Any, page: Page, way: str) -> Any:
    if way == "single":
        return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(f"{url}?id={page.pk}&next={reverse('wagtailadmin_home')}", follow=True)


def moderator() -> Any:
    user = get_user_model().objects.create_user("moderator", password="secret")
    user.groups.add(Group.objects.get(name=MODERATORS))
    speak_english(user)
    return client_for(user)


@pytest.mark.parametrize("way", ["single", "bulk"])
@pytest.mark.parametrize("who", ["moderator", "editor"])
def test_a_country_that_news_refers_to_stays(site_tree: SiteTree, who: str, way: str) -> None:
    spanish = site_tree.country["es", "MX"]
    site_tree.news("Visita", locale="es", countries=["MX"])
    client = moderator() if who == "moderator" else client_for(editor_make("es"))
    response = delete(client, spanish, way)
    assert any("Unpublish it instead" in message for message in messages_of(response))
    assert NewsCountryLink.objects.filter(country=spanish).count() == 1


@pytest.mark.parametrize("way", ["single", "bulk"])
def test_the_skeleton_of_a_tree_stays(site_tree: SiteTree, way: str, settings: Any) -> None:
    settings.WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1000
    above = StandardPageFactory(parent=site_tree.home["fr"], title="Dossier")
    site_tree.continent["fr", "002"].move(above, pos="last-child")
    client = moderator()
    before = Page.objects.count()
    pages = [site_tree.index["fr"], site_tree.continent["fr", "019"], site_tree.home["fr"]]
    for page in (*pages, above):
        response = delete(client, Page.objects.get(pk=page.pk), way)
        assert any("Unpublish it instead" in message for message in messages_of(response)), page
    assert Page.objects.count() == before


@pytest.mark.parametrize("way", ["single", "bulk"])
def test_what_else_a_moderator_deletes_goes(site_tree: SiteTree, way: str) -> None:
    news = site_tree.news("Visite", countries=["MX"])
    delete(moderator(), news, way)
    assert not Page.objects.filter(pk=news.pk).exists()


@pytest.mark.parametrize("way", ["single", "bulk"])
def test_a_superuser_deletes_a_country(site_tree: SiteTree, admin: Any, way: str) -> None:
    country = site_tree.country["es", "MX"]
    delete(client_for(admin), country, way)
    assert not Page.objects.filter(pk=country.pk).exists()
