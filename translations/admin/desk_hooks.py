"""The desk in the admin: addresses, the menu, styles."""

from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import Locale

from home.selectors.locales import locale_name
from translations.views import coverage, desk, difference, jobs


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLResolver]:
    urls = [
        path("coverage/", coverage.coverage, name="coverage"),
        path("jobs/", jobs.job_list, name="jobs"),
        path("jobs/<int:job_id>/", jobs.job_detail, name="job"),
        path("jobs/<int:job_id>/progress/", jobs.job_progress, name="job_progress"),
        path("jobs/<int:job_id>/restart/", jobs.job_restart, name="job_restart"),
        path("jobs/<int:job_id>/file/", jobs.job_result, name="job_result"),
        path("difference/<int:translation_id>/", difference.difference, name="difference"),
        path("into/<slug:code>/", desk.DeskView.as_view(), name="desk"),
        path("into/<slug:code>/results/", desk.DeskView.as_view(results_only=True), name="desk_results"),
        path("into/<slug:code>/action/", desk.desk_action, name="action"),
    ]
    return [path("translations/", include((urls, "translation_desk"), namespace="translation_desk"))]


def _desk_locales(request: Any) -> list[Locale]:
    """The menu asks more than once in a request, on every page of the admin."""
    if not hasattr(request, "desk_locales"):
        request.desk_locales = desk.desk_locales(request.user)
    locales: list[Locale] = request.desk_locales
    return locales


class _DeskMenu(Menu):
    """A desk for each locale of the user, then what all desks share."""

    def menu_items_for_request(self, request: Any) -> list[MenuItem]:
        items: list[MenuItem] = [
            MenuItem(
                locale_name(locale.language_code),
                reverse("translation_desk:desk", args=[locale.language_code]),
                name=f"desk-{locale.language_code}",
                icon_name="wagtail-localize-language",
                order=number,
            )
            for number, locale in enumerate(_desk_locales(request))
        ]
        return [*items, *super().menu_items_for_request(request)]


desk_menu = _DeskMenu(register_hook_name="register_desk_menu_item")


@hooks.register("register_desk_menu_item")
def register_coverage() -> MenuItem:
    return MenuItem(_("Coverage"), reverse("translation_desk:coverage"), name="coverage", icon_name="globe", order=100)


@hooks.register("register_desk_menu_item")
def register_jobs() -> MenuItem:
    return MenuItem(_("Jobs"), reverse("translation_desk:jobs"), name="jobs", icon_name="history", order=900)


class _DeskMenuItem(SubmenuMenuItem):
    """Shown to whoever translates."""

    def is_shown(self, request: Any) -> bool:
        return bool(_desk_locales(request))


@hooks.register("register_admin_menu_item")
def register_desk_menu() -> MenuItem:
    return _DeskMenuItem(
        _("Translation desk"), desk_menu, name="desk", icon_name="wagtail-localize-language", order=130
    )


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("translations/css/desk.css"))
