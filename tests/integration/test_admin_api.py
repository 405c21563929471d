"""The admin's own API is no way round what guards its screens."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page, Revision, WorkflowState

from home.localize.admin_api import PublicPagesAdminAPIViewSet
from regions.models import NewsIndexPage, NewsPage
from regions.services.access import MODERATORS
from tests.factories import SiteTree
from tests.integration.reviewing import person
from tests.integration.translating import client_for, desk_open
from translations.services.reviews import review_submit

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[True, False], ids=["diwan", "wagtail"])
def guarded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """False with the actions that Wagtail offers."""
    if not request.param:
        monkeypatch.setattr(PublicPagesAdminAPIViewSet, "actions", PagesAdminAPIViewSet.actions)
    return bool(request.param)


def act(user: Any, page: Page, action: str, **data: Any) -> int:
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    status: int = client_for(user).post(url, data, content_type="application/json").status_code
    return status


def test_an_incomplete_translation_is_not_published(site_tree: SiteTree, admin: Any, guarded: bool) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    act(person("editor"), desk.target, "publish")
    # Else the French text would be live.
    assert (desk.target.live, desk.target.title) == (not guarded, "Accord")


def test_a_review_is_neither_ended_nor_given_another_text(site_tree: SiteTree, admin: Any, guarded: bool) -> None:
    desk = desk_open(client_for(admin), site_tree.news("Accord"), "ar")
    desk.translate_all("ع ")
    untranslated, translator = desk.target.latest_revision, person("translator")
    review_submit(record=desk.record, user=translator)
    submitted = desk.target.latest_revision_id
    act(translator, desk.target, "revert_to_page_revision", revision_id=untranslated.pk)
    assert (desk.target.latest_revision_id == submitted) is guarded
    act(person("editor"), desk.target, "publish")
    state = WorkflowState.objects.get()
    assert state.status == (WorkflowState.STATUS_IN_PROGRESS if guarded else WorkflowState.STATUS_CANCELLED)


def test_an_alias_does_not_stay_live_with_the_text_of_another_language(
    site_tree: SiteTree, admin: Any, guarded: bool
) -> None:
    alias = site_tree.news("Accord").copy_for_translation(site_tree.locale["ar"], copy_parents=True, alias=True)
    act(person("translator"), alias, "convert_alias")
    assert (NewsPage.objects.get(pk=alias.pk).alias_of_id is not None) is guarded


@pytest.mark.parametrize("action", ["copy", "create_alias"])
def test_no_page_comes_into_the_tree_of_another_language(site_tree: SiteTree, guarded: bool, action: str) -> None:
    moderator = get_user_model().objects.create_user("moderator")
    moderator.groups.set(Group.objects.filter(name=MODERATORS))
    index = NewsIndexPage.objects.get(locale=site_tree.locale["ar"])
    act(moderator, site_tree.news("Accord"), action, destination_page_id=index.pk)
    french = Page.objects.descendant_of(index).filter(locale=site_tree.locale["fr"])
    assert french.exists() is not guarded


def test_no_action_changes_anything(site_tree: SiteTree, admin: Any) -> None:
    """Not those of a later release of Wagtail either."""
    page = site_tree.country["ar", "MX"]
    revision = page.save_revision()
    before = list(Page.objects.order_by("pk").values())
    data = {"revision_id": revision.pk, "destination_page_id": site_tree.home["ar"].pk}
    assert len(PagesAdminAPIViewSet.actions) >= 9
    for action in PagesAdminAPIViewSet.actions:
        # Django looks for what is not there below the language's prefix.
        assert act(admin, page, action, **data) == 302
    assert list(Page.objects.order_by("pk").values()) == before
    assert Revision.objects.get() == revision
