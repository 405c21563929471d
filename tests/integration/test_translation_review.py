"""Translate, review, publish: as translator, reviewer and editor of one language see it."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow, WorkflowPage, WorkflowState

from regions.models import NewsPage
from tests.integration.reviewing import person, step
from tests.integration.translating import Desk, client_for, desk_open, is_refused, messages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(site_tree) -> Desk:
    """A complete Arabic translation, not yet submitted, at its translator's desk."""
    desk = desk_open(client_for(person("translator")), site_tree.news("Accord"), "ar")
    desk.translate({"Accord": "اتفاق"})
    return desk


def buttons(user, desk) -> set[str]:
    """What the translation editor offers: steps of the bar, and wagtail-localize's own publishing."""
    html = client_for(user).get(desk.edit_url).content.decode()
    names = ("submit", "approve", "reject", "withdraw", "assign")
    found = {name for name in names if reverse(f"translation_review:{name}", args=[desk.record.pk]) in html}
    props = Desk(client=client_for(user), record=desk.record).props()
    return found | ({"publish"} if props["perms"]["canPublish"] else set())


def user_of(desk):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="translator-ar")


def test_from_translation_to_publication(desk) -> None:
    translator, reviewer = user_of(desk), person("reviewer")
    assert buttons(translator, desk) == {"submit"}
    assert messages_of(step(translator, desk, "submit")) == ["Submitted for review. The reviewers have been told."]
    assert not desk.target.live
    assert desk.target.workflow_in_progress
    assert buttons(translator, desk) == {"withdraw"}
    assert buttons(reviewer, desk) == {"approve", "reject", "withdraw"}
    assert messages_of(step(reviewer, desk, "approve")) == ["Approved and published."]
    page = desk.target
    assert (page.live, page.title) == (True, "اتفاق")
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert buttons(translator, desk) == {"submit"}
