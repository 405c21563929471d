"""What the pages of this app add to the Wagtail admin. Hooks stay thin: the work is in ``relations/admin``."""

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from missions.admin.menu import listing_menu_item
from missions.admin.reports import report_menu_item, report_paths
from relations.admin.listings import AgreementListingViewSet, EventListingViewSet
from relations.admin.reports import NotRatifiedView

_listings = (EventListingViewSet(), AgreementListingViewSet())


@hooks.register("register_admin_viewset")
def register_listings() -> list[object]:
    return list(_listings)


for _listing in _listings:
    hooks.register("register_diplomacy_menu_item", lambda listing=_listing: listing_menu_item(listing))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    reports = report_paths("agreements-not-ratified", NotRatifiedView)
    return [path("reports/register/", include((reports, "relations_reports"), namespace="relations_reports"))]


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return report_menu_item(NotRatifiedView, 510)
