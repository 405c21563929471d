"""What the pages of this app add to the Wagtail admin. Hooks stay thin: the work is in ``regions/admin``."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from regions.admin.listings import CountryListingViewSet, NewsListingViewSet
from regions.admin.viewsets import ReferenceViewSetGroup

register_snippet(ReferenceViewSetGroup)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "regions/icons/newspaper.svg"]


@hooks.register("register_admin_viewset")
def register_listings() -> list[object]:
    return [NewsListingViewSet(), CountryListingViewSet()]
