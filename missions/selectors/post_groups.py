"""Which groups edit which missions."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import GroupPagePermission, Page

from home.selectors.locales import locale_source
from missions.models import MissionPage, PostGroup

CHANGE, PUBLISH = "change_page", "publish_page"


def post_group_of(*, page: Page) -> PostGroup | None:
    """The group that edits a mission, by its page in any language. One statement."""
    return PostGroup.objects.filter(mission_key=page.translation_key).select_related("group").first()


def post_may_publish(*, post: PostGroup | None) -> bool:
    """Whether what the group writes goes live without moderation. One statement, or none."""
    if post is None:
        return False
    return GroupPagePermission.objects.filter(group=post.group, permission__codename=PUBLISH).exists()


def mission_source(*, page: Page) -> MissionPage | None:
    """The page of a mission that keeps its facts. One statement."""
    return MissionPage.objects.filter(translation_key=page.translation_key, locale_code=locale_source()).first()


def post_users_offered() -> QuerySet[Any]:
    """Whom a post may be given to: who may log in, and may not do everything anyway."""
    return get_user_model()._default_manager.filter(is_active=True, is_superuser=False).order_by("username")
