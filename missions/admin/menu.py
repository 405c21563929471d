"""The menu "Diplomacy": the listings of records, those of the apps above this one too.

An app adds an item by the hook ``register_diplomacy_menu_item``.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permission_policies.pages import PagePermissionPolicy

diplomacy_menu = Menu(register_hook_name="register_diplomacy_menu_item")


class _ListingMenuItem(MenuItem):
    """Shown to whom the listing is: whoever may do something with some page."""

    def is_shown(self, request: Any) -> bool:
        return bool(
            PagePermissionPolicy().user_has_any_permission(
                request.user, {"add", "change", "publish", "bulk_delete", "lock", "unlock"}
            )
        )


def listing_menu_item(listing: PageListingViewSet) -> MenuItem:
    """The item that leads to a listing."""
    return _ListingMenuItem(
        listing.menu_label,
        listing.menu_url,
        name=listing.name,
        icon_name=listing.icon,
        order=listing.menu_order,
    )


class DiplomacyMenuItem(SubmenuMenuItem):
    """Below "Countries", above the desk of translators."""

    def __init__(self) -> None:
        super().__init__(_("Diplomacy"), diplomacy_menu, name="diplomacy", icon_name="site", order=125)
