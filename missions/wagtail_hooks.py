"""What the pages of this app add to the Wagtail admin. Hooks stay thin: the work is in ``missions/admin``."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from missions.admin.listings import MissionListingViewSet, OrganisationListingViewSet, PersonListingViewSet
from missions.admin.menu import DiplomacyMenuItem, listing_menu_item
from missions.admin.reports import (
    AppointmentsView,
    IncompleteMissionsView,
    OfficesView,
    report_menu_item,
    report_paths,
)
from missions.models import MissionPage
from missions.views.post_access import post_access, post_access_is_permitted, post_access_url

_listings = (MissionListingViewSet(), OrganisationListingViewSet(), PersonListingViewSet())


@hooks.register("register_admin_viewset")
def register_listings() -> list[object]:
    return list(_listings)


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return DiplomacyMenuItem()


for _listing in _listings:
    hooks.register("register_diplomacy_menu_item", lambda listing=_listing: listing_menu_item(listing))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    urls = [path("<int:page_id>/access/", post_access, name="access")]
    reports = [
        *report_paths("incomplete-missions", IncompleteMissionsView),
        *report_paths("appointments-without-end", AppointmentsView),
        *report_paths("offices-without-end", OfficesView),
    ]
    return [
        path("posts/", include((urls, "missions_post"), namespace="missions_post")),
        path("reports/records/", include((reports, "missions_reports"), namespace="missions_reports")),
    ]


for _order, _view in enumerate((IncompleteMissionsView, AppointmentsView, OfficesView)):
    hooks.register("register_reports_menu_item", lambda view=_view, order=_order: report_menu_item(view, 500 + order))


@hooks.register("register_page_header_buttons")
def post_access_button(
    page: Page, user: Any, next_url: str | None = None, view_name: str | None = None
) -> Iterator[Button]:
    if issubclass(page.specific_class or Page, MissionPage) and post_access_is_permitted(user):
        yield Button(_("Access of the post"), post_access_url(page=page), priority=70, icon_name="group")
