"""A post edits the sheet of its own mission, in every language, and nothing else."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from missions.services.post_access import post_access_give
from tests.factories.kept_rows import KeptRows
from tests.factories.small_site import user_make
from tests.integration.record_world import RecordWorld, record_world_make

pytestmark = pytest.mark.django_db
_kept = KeptRows(record_world_make)


@pytest.fixture
def world(site_tree) -> RecordWorld:
    made: RecordWorld = _kept.restore(site_tree)
    return made


@pytest.fixture
def consul(world):
    """A user of the post in Mexico."""
    user = user_make("consul")
    post_access_give(mission=world.mexico, users=[user])
    return user


def page_url(name: str, page: Page, *more: int) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])


def statuses(client, page: Page) -> dict[str, int]:
    return {name: client.get(page_url(name, page)).status_code for name in SCREENS}


SCREENS = ("edit", "view_draft", "history", "revisions_index", "usage", "delete", "unpublish", "move", "copy",
           "set_privacy", "workflow_history")  # fmt: skip


# --- What it reaches ---------------------------------------------------------------------------------------------
def test_its_own_sheet_is_edited_and_nothing_else_done_to_it(client, world, consul) -> None:
    client.force_login(consul)
    assert statuses(client, world.mexico) == {
        "edit": 200, "view_draft": 200, "history": 200, "revisions_index": 302, "usage": 200, "workflow_history": 200,
        "delete": 302, "unpublish": 302, "move": 302, "copy": 302, "set_privacy": 302,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["consulate", "cuba", "un", "ahead", "visit", "trade"])
def test_no_other_record_is_reached(client, world, consul, name) -> None:
    client.force_login(consul)
    found = statuses(client, getattr(world, name))
    assert set(found.values()) == {302}, found
    for screen in SCREENS:
        assert client.post(page_url(screen, getattr(world, name)), {"title": "Changed"}).status_code == 302
