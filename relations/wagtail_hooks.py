"""What the pages of this app add to the Wagtail admin. Hooks stay thin: the work is in ``relations/admin``."""

from wagtail import hooks

from missions.admin.menu import listing_menu_item
from relations.admin.listings import AgreementListingViewSet, EventListingViewSet

_listings = (EventListingViewSet(), AgreementListingViewSet())


@hooks.register("register_admin_viewset")
def register_listings() -> list[object]:
    return list(_listings)


for _listing in _listings:
    hooks.register("register_diplomacy_menu_item", lambda listing=_listing: listing_menu_item(listing))
