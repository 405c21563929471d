"""What travel advice adds to the Wagtail admin. Hooks stay thin: the work is in ``travel/admin``."""

from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from travel.admin.listings import TravelAdviceListingViewSet
from travel.admin.reports import UnreviewedAdviceMenuItem, UnreviewedAdviceView


@hooks.register("register_admin_viewset")
def register_listing() -> object:
    return TravelAdviceListingViewSet()


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLResolver]:
    urls = [
        path("unreviewed/", UnreviewedAdviceView.as_view(), name="unreviewed"),
        path("unreviewed/results/", UnreviewedAdviceView.as_view(results_only=True), name="unreviewed_results"),
    ]
    return [path("reports/travel-advice/", include((urls, "travel_reports"), namespace="travel_reports"))]


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return UnreviewedAdviceMenuItem(
        _("Unreviewed advice"),
        reverse("travel_reports:unreviewed"),
        name="unreviewed-advice",
        icon_name="warning",
        order=730,
    )


@hooks.register("insert_global_admin_css")
def advice_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("travel/css/admin.css"))
