"""What setup_site's groups may do in the admin, asked of the admin itself."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.models import CustomImage
from regions.models import NewsPage
from tests.factories import DocumentFactory, ImageFactory, SiteTree

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def login(client: Client, group: str) -> Any:
    user = get_user_model().objects.create_user(group, password="secret")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


def may_open(client: Client, page: Page) -> bool:
    """Whether the editor of the page opens; Wagtail sends whoever may not edit elsewhere, or answers 403."""
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def actions(client: Client, page: Page) -> set[str]:
    """The names of the buttons at the foot of the page editor."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    return {name for name in ("action-publish", "action-submit") if f'name="{name}"' in html}


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("Editors", {"fr"}),
        ("Moderators", {"fr", "ar", "es"}),
        ("Translators (العربية)", {"ar"}),
        ("Translators (español)", {"es"}),
        ("Reviewers (español)", {"es"}),
        ("Editors (español)", {"es"}),
    ],
)
def test_trees(site_tree: SiteTree, client: Client, group: str, codes: set[str]) -> None:
    login(client, group)
    assert {code for code in ("fr", "ar", "es") if may_open(client, site_tree.country[code, "MX"])} == codes
    assert {code for code in ("fr", "ar", "es") if may_open(client, site_tree.index[code])} == codes


def test_editors_submit_news_and_moderators_publish_it(site_tree: SiteTree, client: Client) -> None:
    editor = login(client, "Editors")
    news = NewsPage(
        locale=site_tree.locale["fr"],
        title="Visite",
        slug="visite",
        kind=site_tree.kind["fr", "visit"],
        date="2026-01-15",
        live=False,
        owner=editor,
    )
    site_tree.index["fr"].add_child(instance=news)
    news.save_revision(user=editor)
    assert actions(client, news) == {"action-submit"}
    state = news.get_workflow().start(news, editor)
    login(client, "Moderators")
    assert actions(client, news) >= {"action-publish"}
    moderator = get_user_model().objects.get(username="Moderators")
    state.current_task_state.approve(user=moderator)
    news.refresh_from_db()
    assert news.live


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Translators", {"action-submit"}),
        ("Reviewers", {"action-submit"}),
        ("Editors", {"action-submit", "action-publish"}),
    ],
)
def test_only_editors_publish_past_the_review(
    site_tree: SiteTree, client: Client, role: str, expected: set[str]
) -> None:
    login(client, f"{role} (español)")
    assert actions(client, site_tree.country["es", "CU"]) == expected


@pytest.mark.parametrize(
    ("group", "allowed"),
    [
        ("Editors", {"images", "documents", "kinds"}),
        ("Moderators", {"images", "documents", "kinds", "redirects"}),
        ("Translators (español)", {"images", "documents"}),
        ("Reviewers (español)", {"images", "documents"}),
        # The form adds a kind in the source language unless it is asked for another.
        ("Editors (español)", {"images", "documents"}),
    ],
)
def test_the_rest_of_the_admin(site_tree: SiteTree, client: Client, group: str, allowed: set[str]) -> None:
    login(client, group)
    addresses = {
        "images": reverse("wagtailimages:add"),
        "documents": reverse("wagtaildocs:add"),
        "redirects": reverse("wagtailredirects:add"),
        "kinds": reverse("wagtailsnippets_regions_newskind:add"),
        "users": reverse("wagtailusers_users:index"),
        "groups": reverse("wagtailusers_groups:index"),
        "sites": reverse("wagtailsites:index"),
        "locales": reverse("wagtaillocales:index"),
        "workflows": reverse("wagtailadmin_workflows:index"),
    }
    assert {name for name, address in addresses.items() if client.get(address).status_code == 200} == allowed


@pytest.mark.parametrize(("group", "may"), [("Editors", False), ("Moderators", True), ("Translators (español)", False)])
def test_files_of_others(site_tree: SiteTree, client: Client, group: str, may: bool) -> None:
    owner = get_user_model().objects.create_user("owner")
    image, document = ImageFactory(uploaded_by_user=owner), DocumentFactory(uploaded_by_user=owner)
    user = login(client, group)
    own = ImageFactory(uploaded_by_user=user), DocumentFactory(uploaded_by_user=user)
    for action in ("edit", "delete"):
        assert (client.get(reverse(f"wagtailimages:{action}", args=[image.pk])).status_code == 200) is may
        assert (client.get(reverse(f"wagtaildocs:{action}", args=[document.pk])).status_code == 200) is may
        assert client.get(reverse(f"wagtailimages:{action}", args=[own[0].pk])).status_code == 200
        assert client.get(reverse(f"wagtaildocs:{action}", args=[own[1].pk])).status_code == 200
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    client.post(reverse("wagtailimages:delete", args=[own[0].pk]))
    assert CustomImage.objects.filter(pk=image.pk).exists() is not may
    assert not CustomImage.objects.filter(pk=own[0].pk).exists()
