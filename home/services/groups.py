"""Groups of users and what they may do."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


def permission_list(labels: Iterable[str]) -> list[Permission]:
    """The permissions named ``app_label.codename``. Raise Permission.DoesNotExist when one is unknown."""
    wanted = sorted(set(labels))
    if not wanted:
        return []
    query = Q(pk__in=[])
    for label in wanted:
        app_label, codename = label.split(".")
        query |= Q(content_type__app_label=app_label, codename=codename)
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(query).select_related("content_type")
    }
    missing = [label for label in wanted if label not in found]
    if missing:
        raise Permission.DoesNotExist(f"No such permission: {', '.join(missing)}. Run migrate first.")
    return [found[label] for label in wanted]


def group_grant_pages(*, group: Group, pages: Sequence[Page], permission_types: Sequence[str]) -> None:
    """Let a group do ``permission_types`` (add, change, publish …) on pages and everything below them."""
    permissions = permission_list(f"wagtailcore.{kind}_page" for kind in permission_types)
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page_id=page.pk, permission=permission)
            for page in pages
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


def group_grant_collections(*, group: Group, labels: Sequence[str]) -> None:
    """Let a group do ``labels`` with the images and documents of every collection."""
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=root, permission=permission)
            for permission in permission_list(labels)
        ],
        ignore_conflicts=True,
    )


def group_clear(*, group: Group) -> None:
    """Take away everything that a group may do."""
    group.permissions.clear()
    GroupPagePermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.filter(group=group).delete()
