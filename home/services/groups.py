"""Groups of users and what they may do."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from home.models import GroupGrant


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


# A right: the permission's label, and the id of the page on which it holds; None where it belongs to no page.
Right = tuple[str, int | None]


def grants_read(*, groups: Iterable[Group]) -> dict[int, set[Right]]:
    """What was ever given to each of ``groups``, by the group's id."""
    given: dict[int, set[Right]] = {group.pk: set() for group in groups}
    for grant in GroupGrant.objects.filter(group__in=given):
        given[grant.group_id].add((grant.label, grant.page_id))
    return given


def grants_note(*, group: Group, rights: Iterable[Right]) -> None:
    """Note that ``rights`` were given."""
    GroupGrant.objects.bulk_create(
        [GroupGrant(group=group, label=label, page_id=page_id) for label, page_id in sorted(rights, key=str)],
        ignore_conflicts=True,
    )


def group_give(
    *, group: Group, rights: Iterable[Right], on_collections: Iterable[str], permissions: Mapping[str, Permission]
) -> list[str]:
    """Give ``rights`` to a group and note them. Return the labels of those that it did not have.

    Those named in ``on_collections`` hold for the pictures and documents of every collection.
    """
    rights, on_collections = set(rights), set(on_collections)
    held = set(group.permissions.values_list("pk", flat=True))
    root = Collection.get_first_root_node()
    held_on_pages = set(GroupPagePermission.objects.filter(group=group).values_list("permission_id", "page_id"))
    held_there = set(
        GroupCollectionPermission.objects.filter(group=group, collection=root).values_list("permission_id", flat=True)
    )
    everywhere, pages, collections, new = [], [], [], []
    for label, page_id in sorted(rights, key=str):
        permission = permissions[label]
        if page_id is not None:
            is_new = (permission.pk, page_id) not in held_on_pages
            pages.append(GroupPagePermission(group=group, page_id=page_id, permission=permission))
        elif label in on_collections:
            is_new = permission.pk not in held_there
            collections.append(GroupCollectionPermission(group=group, collection=root, permission=permission))
        else:
            is_new = permission.pk not in held
            everywhere.append(permission)
        if is_new and label not in new:
            new.append(label)
    group.permissions.add(*everywhere)
    GroupPagePermission.objects.bulk_create(pages, ignore_conflicts=True)
    GroupCollectionPermission.objects.bulk_create(collections, ignore_conflicts=True)
    grants_note(group=group, rights=rights)
    return new


def group_clear(*, group: Group) -> None:
    """Take away everything that a group may do, and forget that it was given."""
    group.permissions.clear()
    GroupPagePermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.filter(group=group).delete()
    GroupGrant.objects.filter(group=group).delete()
