"""The rights of a post on its own sheet: given to a group of its own, kept up with the mission's translations."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from home.selectors.locales import locale_source
from home.services.groups import permissions_by_label
from missions.models import MissionPage, PostGroup
from missions.selectors.post_groups import CHANGE, PUBLISH

_ADMIN = "wagtailadmin.access_admin"
_ADD = ("wagtailimages.add_image", "wagtaildocs.add_document")
_CHOOSE = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
_NAME_LENGTH = 150


def post_access_give(*, mission: MissionPage, users: Iterable[Any], may_publish: bool = False) -> PostGroup:
    """Let ``users``, and nobody else, edit a mission's pages of all languages as its post; make the group if needed.

    They edit and hand over for moderation; with ``may_publish`` the page of the source language goes live at once.
    Translations are reviewed as everybody's. Files they add go to a collection of the post; they may use all others.
    """
    with transaction.atomic():
        post = PostGroup.objects.filter(mission_key=mission.translation_key).select_related("group").first()
        if post is None:
            post = _post_make(mission)
        post.group.user_set.set(users)
        _rights_give(post)
        source = MissionPage.objects.get(translation_key=mission.translation_key, locale_code=locale_source())
        publishing = GroupPagePermission.objects.filter(group=post.group, permission__codename=PUBLISH)
        if may_publish:
            _on_pages(post.group, [source], PUBLISH)
        else:
            publishing.delete()
    return post


def post_access_follow(*, page: MissionPage) -> None:
    """Give a mission's post, if it has one, the right on a page of it that was made later."""
    post = PostGroup.objects.filter(mission_key=page.translation_key).select_related("group").first()
    if post is not None:
        _on_pages(post.group, [page], CHANGE)


def post_access_follow_all() -> int:
    """The same for every post and page: pages are also made in bulk, which tells nobody. Four statements.

    Return how many rights were new.
    """
    groups = dict(PostGroup.objects.values_list("mission_key", "group_id"))
    if not groups:
        return 0
    permission = _page_permission(CHANGE)
    pages = MissionPage.objects.filter(translation_key__in=groups).order_by().values_list("pk", "translation_key")
    wanted = {(groups[key], page_id) for page_id, key in pages}
    held = GroupPagePermission.objects.filter(group__in=groups.values(), permission=permission)
    missing = wanted.difference(held.values_list("group_id", "page_id"))
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group_id=group, page_id=page, permission=permission) for group, page in sorted(missing)],
        ignore_conflicts=True,
    )
    return len(missing)


def post_access_end(*, mission_key: Any) -> None:
    """Take away the group of a mission; its users stay, without these rights. Its files stay too."""
    Group.objects.filter(post__mission_key=mission_key).delete()


def _post_make(mission: MissionPage) -> PostGroup:
    group = Group.objects.create(name=_name_free(f"Post: {mission.record_key}"))
    collection = Collection.get_first_root_node().add_child(name=mission.title[:255])
    return PostGroup.objects.create(mission_key=mission.translation_key, group=group, collection=collection)


def _name_free(name: str) -> str:
    candidate, number = name[:_NAME_LENGTH], 2
    while Group.objects.filter(name=candidate).exists():
        end = f" {number}"
        candidate, number = f"{name[: _NAME_LENGTH - len(end)]}{end}", number + 1
    return candidate


def _rights_give(post: PostGroup) -> None:
    permissions = permissions_by_label([_ADMIN, *_ADD, *_CHOOSE])
    post.group.permissions.add(permissions[_ADMIN])
    wanted = [(Collection.get_first_root_node(), label) for label in _CHOOSE]
    if post.collection:
        wanted += [(post.collection, label) for label in (*_ADD, *_CHOOSE)]
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=post.group, collection=collection, permission=permissions[label])
            for collection, label in wanted
        ],
        ignore_conflicts=True,
    )
    _on_pages(post.group, MissionPage.objects.filter(translation_key=post.mission_key), CHANGE)


def _page_permission(codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)


def _on_pages(group: Group, pages: Iterable[Page], codename: str) -> None:
    """Give a right on pages."""
    permission = _page_permission(codename)
    held = set(GroupPagePermission.objects.filter(group=group, permission=permission).values_list("page_id", flat=True))
    missing = [page.pk for page in pages if page.pk not in held]
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page_id=page_id, permission=permission) for page_id in missing],
        ignore_conflicts=True,
    )
