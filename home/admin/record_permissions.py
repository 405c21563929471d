"""Rights on records. Models import this file."""

from typing import Any

from wagtail.models import PagePermissionTester


class RecordPermissionTester(PagePermissionTester):
    """What a user may do with a record.

    A right on the record itself, as a mission's post has, is to write it: to edit, to hand over, to publish. To delete,
    unpublish, move, copy or close a record takes the right on a page above it.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.above = PagePermissionTester(user, page)
        if hasattr(self.above, "permissions"):
            self.above.permissions = {
                granted.permission.codename.rsplit("_", maxsplit=1)[0]
                for granted in self.permission_policy.get_cached_permissions_for_user(user)
                if page.path.startswith(granted.page.path) and page.path != granted.page.path
            }

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(self.above.can_delete(ignore_bulk=ignore_bulk))

    def can_unpublish(self) -> bool:
        return bool(self.above.can_unpublish())

    def can_set_view_restrictions(self) -> bool:
        return bool(self.above.can_set_view_restrictions())

    def can_copy(self) -> bool:
        return bool(self.above.can_copy())
