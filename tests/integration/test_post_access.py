"""A post edits the sheet of its own mission, in every language, and nothing else."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import CustomImage
from home.selectors.permissions import locale_list_permitted
from home.services.bulk import page_bulk_create
from missions.models import MissionPage, PostGroup
from missions.services.post_access import post_access_give
from regions.services.access import MODERATORS
from regions.services.site_setup import site_setup_all
from tests.factories import DocumentFactory, ImageFactory
from tests.factories.small_site import user_make
from tests.integration.record_world import RecordWorld, record_world_make, translated
from tests.tables import MISSION, csv_table, import_table

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def world(site_tree) -> RecordWorld:
    return record_world_make(site_tree)


@pytest.fixture
def consul(world):
    """A user of the post in Mexico."""
    user = user_make("consul")
    post_access_give(mission=world.mexico, users=[user])
    return user


@pytest.fixture
def post(client, consul) -> Client:
    client.force_login(consul)
    return client


SCREENS = (
    "edit", "view_draft", "history", "revisions_index", "usage", "delete", "unpublish", "move", "copy", "set_privacy",
    "workflow_history",
)  # fmt: skip


def page_url(name: str, page: Page, *more: Any) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])


def statuses(client: Client, page: Page) -> dict[str, int]:
    return {name: client.get(page_url(name, page)).status_code for name in SCREENS}


def form_of(client: Client, page: Page) -> dict[str, Any]:
    """What the form of a page sends when it is saved as it is."""
    html = client.get(page_url("edit", page)).content
    form = BeautifulSoup(html, "html.parser").find("form", id="page-edit-form")
    data: dict[str, Any] = nested_form_data({"body": streamfield([])})
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name or (kind in ("checkbox", "radio") and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            data[name] = chosen.get("value", "") if chosen else ""
        else:
            data[name] = field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
    return data


def state(*pages: Page) -> list[Any]:
    """All that may not change of pages: columns, revisions, restrictions, children."""
    found = Page.objects.filter(pk__in=[page.pk for page in pages]).order_by("pk")
    return [
        (
            row,
            list(MissionPage.objects.filter(pk=row["id"]).values()),
            Page.objects.get(pk=row["id"]).revisions.count(),
            Page.objects.get(pk=row["id"]).get_view_restrictions().count(),
        )
        for row in found.values()
    ]


# --- What it reaches ---------------------------------------------------------------------------------------------
def test_its_own_sheet_is_edited_and_nothing_else_done_to_it(post, world) -> None:
    assert statuses(post, world.mexico) == {
        "edit": 200, "view_draft": 200, "history": 200, "revisions_index": 302, "usage": 200, "workflow_history": 200,
        "delete": 302, "unpublish": 302, "move": 302, "copy": 302, "set_privacy": 302,
    }  # fmt: skip
    before = state(world.mexico)
    parent = world.mexico.get_parent()
    forms = {
        "delete": {}, "unpublish": {}, "move": {"new_parent_page": parent.pk}, "set_privacy": {
            "restriction_type": "login"}, "copy": {"new_title": "X", "new_slug": "x", "new_parent_page": parent.pk},
    }  # fmt: skip
    for name, data in forms.items():
        assert post.post(page_url(name, world.mexico), data).status_code == 302
    assert post.post(page_url("move_confirm", world.mexico, world.tree.home["fr"].pk)).status_code == 302
    assert (state(world.mexico), MissionPage.objects.count()) == (before, 3)


@pytest.mark.parametrize("may_publish", [False, True])
def test_bulk_actions_and_the_api_leave_every_page_alone(client, world, consul, may_publish) -> None:
    """With the right to publish too: a sheet that goes offline is not the post's to decide."""
    post_access_give(mission=world.mexico, users=[consul], may_publish=may_publish)
    client.force_login(consul)
    pages = (world.mexico, world.consulate, world.cuba, world.un, world.tree.home["fr"])
    before, number = state(*pages), Page.objects.count()
    for page in pages:
        for action in ("delete", "unpublish", "move", "publish"):
            if (page, action) == (world.mexico, "publish"):
                continue
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
            client.post(f"{url}?id={page.pk}", {"chooser": world.tree.home["fr"].pk, "include_descendants": "on"})
            url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
            data = {"destination_page_id": world.tree.home["fr"].pk}
            assert client.post(url, data, content_type="application/json", follow=True).status_code == 404
    for page in (world.mexico, world.consulate):
        for action in ("copy", "create_alias", "copy_for_translation", "convert_alias"):
            url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
            data = {"locale": "ar", "destination_page_id": page.get_parent().pk, "slug": "x", "title": "x"}
            assert client.post(url, data, content_type="application/json", follow=True).status_code == 404
    assert (state(*pages), Page.objects.count()) == (before, number)


@pytest.mark.parametrize("name", ["consulate", "cuba", "un", "ahead", "visit", "trade"])
def test_no_other_record_is_reached(post, world, name) -> None:
    page = getattr(world, name)
    revision = page.revisions.first() or page.save_revision()
    before = state(page)
    found = statuses(post, page)
    assert set(found.values()) == {302}, found
    for screen in SCREENS:
        assert post.post(page_url(screen, page), {"title": "Changed"}).status_code == 302
    for screen in ("revisions_revert", "revisions_view"):
        assert post.get(page_url(screen, page, revision.pk)).status_code == 302
    assert post.get(page_url("revisions_compare", page, "earliest", "latest")).status_code == 302
    assert state(page) == before


def test_nothing_is_added_anywhere(post, world) -> None:
    index = world.mexico.get_parent()
    assert post.get(reverse("wagtailadmin_pages:add_subpage", args=[index.pk])).status_code == 302
    url = reverse("wagtailadmin_pages:add", args=["missions", "missionpage", index.pk])
    assert (post.get(url).status_code, post.post(url, {"title": "X"}).status_code) == (302, 302)
    assert post.post(reverse("missions:choose_parent"), {"parent_page": index.pk}, follow=True).status_code == 200
    assert MissionPage.objects.count() == 3


def test_it_sees_its_sheet_in_explorer_and_listing(post, world) -> None:
    listed = {page.title for page in post.get(reverse("missions:index")).context["pages"]}
    assert listed == {"Ambassade à Mexico"}
    shown = post.get(reverse("wagtailadmin_explore", args=[world.mexico.get_parent().pk]), follow=True).content.decode()
    assert "Ambassade à Mexico" in shown
    assert "Consulat à São Paulo" not in shown
    for name in ("organisations", "people", "events", "agreements", "news", "countries"):
        assert list(post.get(reverse(f"{name}:index")).context["pages"]) == []


def test_it_works_in_no_language(post, consul, world) -> None:
    """The translators' desk, the glossary, kinds of news and menus are for whoever has a branch of a tree."""
    translated(world.mexico, world.tree, title="السفارة")
    assert locale_list_permitted(consul) == []
    addresses = [
        reverse("translation_desk:desk", args=["ar"]),
        reverse("translation_desk:coverage"),
        reverse("translation_desk:jobs"),
        reverse("translations_exchange:index"),
        reverse("diwan_localize:untranslated"),
        reverse("wagtailsnippets_regions_newskind:list"),
        reverse("wagtailsnippets_home_navigationmenu:list"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_groups:index"),
        reverse("missions_post:access", args=[world.mexico.pk]),
    ]
    assert {post.get(url).status_code for url in addresses} <= {302, 403}
    assert post.post(addresses[-1], {"users": [consul.pk]}).status_code == 302


def test_it_changes_its_own_files_alone(post, consul, world) -> None:
    image, document = ImageFactory(), DocumentFactory()
    for url in (
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages:delete", args=[image.pk]),
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtaildocs:delete", args=[document.pk]),
    ):
        assert (post.get(url).status_code, post.post(url, {"title": "X"}).status_code) == (302, 302)
    own = PostGroup.objects.get().collection
    other = Collection.get_first_root_node().add_child(name="Autre")
    for collection in (other, Collection.get_first_root_node(), own):
        file = SimpleUploadedFile("facade.png", get_test_image_file().file.getvalue())
        data = {"title": "Façade", "file": file, "collection": collection.pk}
        assert post.post(reverse("wagtailimages:add"), data).status_code == 302
    made = CustomImage.objects.filter(title="Façade")
    assert list(made.values_list("collection", flat=True)) == [own.pk] * 3
    assert post.get(reverse("wagtailimages:edit", args=[made[0].pk])).status_code == 200


# --- What it writes ----------------------------------------------------------------------------------------------
def test_what_it_writes_waits_for_moderation(post, consul, world) -> None:
    data = form_of(post, world.mexico)
    response = post.post(page_url("edit", world.mexico), {**data, "city": "Mexico D. F.", "action-publish": "1"})
    assert response.status_code == 302
    page = MissionPage.objects.get(pk=world.mexico.pk)
    assert (page.city, page.has_unpublished_changes) == ("Mexico", True)
    assert page.get_latest_revision_as_object().city == "Mexico D. F."
    response = post.post(page_url("edit", world.mexico), {**form_of(post, world.mexico), "action-submit": "1"})
    assert response.status_code == 302
    page = MissionPage.objects.get(pk=world.mexico.pk)
    assert page.workflow_in_progress
    url = page_url("workflow_action", page, "approve", page.current_workflow_task_state.pk)
    post.post(url, {"comment": ""})
    assert MissionPage.objects.get(pk=page.pk).city == "Mexico"
    moderator = user_make("moderator", groups=(Group.objects.get(name=MODERATORS),))
    post.force_login(moderator)
    assert post.post(url, {"comment": ""}).status_code == 302
    assert MissionPage.objects.get(pk=page.pk).city == "Mexico D. F."
    assert statuses(post, page)["delete"] == statuses(post, page)["unpublish"] == 200


def test_with_the_right_it_publishes_and_reverts(post, consul, world) -> None:
    post_access_give(mission=world.mexico, users=[consul], may_publish=True)
    first = world.mexico.latest_revision
    data = form_of(post, world.mexico)
    post.post(page_url("edit", world.mexico), {**data, "city": "Mexico D. F.", "action-publish": "1"})
    assert MissionPage.objects.get(pk=world.mexico.pk).city == "Mexico D. F."
    assert post.get(page_url("revisions_revert", world.mexico, first.pk)).status_code == 200
    assert post.get(page_url("unpublish", world.mexico)).status_code == 302
    post_access_give(mission=world.mexico, users=[consul])
    data = form_of(post, world.mexico)
    post.post(page_url("edit", world.mexico), {**data, "city": "Ailleurs", "action-publish": "1"})
    assert MissionPage.objects.get(pk=world.mexico.pk).city == "Mexico D. F."


def test_its_translations_belong_to_it_whenever_they_are_made(post, consul, world) -> None:
    """Those that were made without a word, at the next set-up."""
    arabic = translated(world.mexico, world.tree, title="السفارة")
    assert post.get(page_url("edit", arabic)).status_code == 200
    assert post.get(page_url("delete", arabic)).status_code == 302
    other = translated(world.consulate, world.tree, title="القنصلية")
    assert post.get(page_url("edit", other)).status_code == 302
    parent = other.get_parent().get_translation(world.tree.locale["es"])
    spanish = MissionPage(
        title="Embajada", slug="embajada", locale=world.tree.locale["es"], translation_key=world.mexico.translation_key,
        record_key="embajada", kind="embassy",
    )  # fmt: skip
    page_bulk_create(children=[(parent, spanish)])
    assert post.get(page_url("edit", spanish)).status_code == 302
    said: list[str] = []
    codes = {"continent_codes": {"002", "019"}, "country_codes": {"MX"}}
    site_setup_all(options={}, say=said.append, **codes)
    assert "rights of posts: 1 given" in said
    assert post.get(page_url("edit", spanish)).status_code == 200
    said.clear()
    site_setup_all(options={}, say=said.append, **codes)
    assert "rights of posts: as they were" in said


def test_a_translation_that_is_imported_belongs_to_it(client, site_tree, tmp_path) -> None:
    french = {name: value for name, value in MISSION.items() if not name.endswith("_ar")}
    import_table(tmp_path, csv_table(french))
    consul = user_make("consul")
    post_access_give(mission=MissionPage.objects.get(), users=[consul])
    import_table(tmp_path, csv_table(MISSION))
    client.force_login(consul)
    assert {client.get(page_url("edit", page)).status_code for page in MissionPage.objects.all()} == {200}
    assert MissionPage.objects.count() == 2


# --- Who gives it ------------------------------------------------------------------------------------------------
def test_an_administrator_gives_and_takes_access_on_the_page_of_the_mission(client, world) -> None:
    client.force_login(user_make("chief", superuser=True))
    consul, clerk = user_make("consul"), user_make("clerk")
    url = reverse("missions_post:access", args=[world.mexico.pk])
    assert url in client.get(page_url("edit", world.mexico)).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"users": [consul.pk, clerk.pk], "may_publish": "on"}).status_code == 302
    group = Group.objects.get(name="Post: ambassade-a-mexico")
    assert set(group.user_set.all()) == {consul, clerk}
    rights = GroupPagePermission.objects.filter(group=group).values_list("permission__codename", "page")
    assert set(rights) == {("change_page", world.mexico.pk), ("publish_page", world.mexico.pk)}
    checked = BeautifulSoup(client.get(url).content, "html.parser").find_all("input", checked=True)
    assert {field.get("value") for field in checked} >= {str(consul.pk), str(clerk.pk)}
    client.post(url, {"users": [consul.pk]})
    assert list(group.user_set.all()) == [consul]
    assert GroupPagePermission.objects.filter(group=group).count() == 1
    client.post(url, {"users": []})
    assert (Group.objects.filter(pk=group.pk).count(), PostGroup.objects.count()) == (0, 0)
    assert consul.groups.count() == 0
    assert client.post(url, {"users": ["x"]}).status_code == 200
    assert client.get(reverse("missions_post:access", args=[world.un.pk]), follow=True).status_code == 404


def test_a_moderator_gives_no_access(client, world) -> None:
    client.force_login(user_make("moderator", groups=(Group.objects.get(name=MODERATORS),)))
    url = reverse("missions_post:access", args=[world.mexico.pk])
    assert url not in client.get(page_url("edit", world.mexico)).content.decode()
    assert (client.get(url).status_code, client.post(url, {"users": []}).status_code) == (302, 302)


def test_the_command_gives_and_takes_access(world, capsys) -> None:
    user_make("consul")
    user_make("clerk")
    call_command("grant_post", mission="ambassade-a-mexico", user=["consul"], publish=True)
    call_command("grant_post", mission="ambassade-a-mexico", user=["clerk"])
    call_command("grant_post", mission="ambassade-a-mexico", remove=["consul"], no_publish=True)
    call_command("grant_post", mission="ambassade-a-mexico", remove=["clerk"])
    assert capsys.readouterr().out.splitlines() == [
        "Post: ambassade-a-mexico: consul may edit ambassade-a-mexico and publish it.",
        "Post: ambassade-a-mexico: clerk, consul may edit ambassade-a-mexico and publish it.",
        "Post: ambassade-a-mexico: clerk may edit ambassade-a-mexico.",
        "ambassade-a-mexico: nobody has access as this post.",
    ]
    assert GroupCollectionPermission.objects.filter(group__name__startswith="Post:").count() == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mission": "nowhere", "user": ["consul"]}, "No mission has the key 'nowhere'."),
        ({"mission": "ambassade-a-mexico", "user": ["nobody"]}, "No active user without all rights is called nobody."),
        (
            {"mission": "ambassade-a-mexico", "user": ["consul"], "publish": True, "no_publish": True},
            "Either --publish or --no-publish.",
        ),
    ],
)
def test_the_command_refuses(world, options, message) -> None:
    user_make("consul")
    with pytest.raises(CommandError, match=message):
        call_command("grant_post", **options)
    assert PostGroup.objects.count() == 0


def test_the_group_goes_with_the_mission(world, consul) -> None:
    arabic = translated(world.mexico, world.tree, title="السفارة")
    arabic.delete()
    assert PostGroup.objects.count() == 1
    MissionPage.objects.get(pk=world.mexico.pk).delete()
    assert (PostGroup.objects.count(), consul.groups.count()) == (0, 0)
