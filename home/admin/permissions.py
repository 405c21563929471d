"""Permission policies of the admin."""

from collections.abc import Collection
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

_NOT_BY_HAND = frozenset({"add", "delete"})


class KeptPermissionPolicy(ModelPermissionPolicy):
    """For objects of which each site and language has exactly one, made by ``setup_site``: editable, and nothing else.

    Nobody adds or deletes them in the admin, superusers included: a second one could never be reached, and a missing
    one would leave a website without its header.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in _NOT_BY_HAND and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        possible = set(actions) - _NOT_BY_HAND
        return bool(possible) and super().user_has_any_permission(user, possible)
