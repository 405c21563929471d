"""Groups of users and what they may do."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


def permissions_by_label(labels: Iterable[str]) -> dict[str, Permission]:
    """The permissions named ``app_label.codename``. Raise Permission.DoesNotExist when one is unknown."""
    wanted = set(labels)
    codenames = {label.split(".")[1] for label in wanted}
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(codename__in=codenames).select_related("content_type")
    }
    missing = sorted(wanted.difference(found))
    if missing:
        raise Permission.DoesNotExist(f"No such permission: {', '.join(missing)}. Run migrate first.")
    return {label: found[label] for label in wanted}


def group_grant_pages(*, group: Group, pages: Sequence[Page], permissions: Sequence[Permission]) -> None:
    """Let a group do ``permissions`` (``wagtailcore.add_page`` …) on pages and everything below them."""
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page_id=page.pk, permission=permission)
            for page in pages
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


def group_grant_collections(*, group: Group, permissions: Sequence[Permission]) -> None:
    """Let a group do ``permissions`` with the images and documents of every collection."""
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        [GroupCollectionPermission(group=group, collection=root, permission=permission) for permission in permissions],
        ignore_conflicts=True,
    )


def group_clear(*, group: Group) -> None:
    """Take away everything that a group may do."""
    group.permissions.clear()
    GroupPagePermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.filter(group=group).delete()
