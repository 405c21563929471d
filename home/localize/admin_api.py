"""The admin's API, as far as the translation editor reads it."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page


class PublicPagesAdminAPIViewSet(PagesAdminAPIViewSet):
    """Also tells about a page that everybody may read, and changes none.

    The editor shows the titles of the source's linked pages, which stand in a tree where a translator has no rights.
    Listings keep to the pages of the user.

    No screen of the admin asks for the actions that Wagtail offers here, such as publish, copy and revert, and they
    pass by what guards the screens: locks, reviews, incomplete translations, the tree of each language.
    """

    actions: ClassVar[dict[str, Any]] = {}

    def get_base_queryset(self) -> QuerySet[Page]:
        pages = super().get_base_queryset()
        if self.request.method == "GET" and self.action == "detail_view":
            return Page.objects.filter(pk__in=pages.values("pk")) | Page.objects.live().public()
        return pages
