"""What Diwan adds to the Wagtail admin. Hooks stay thin: the work is in ``home/admin`` and ``home/localize``."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from home.admin.dashboard import JustPublishedPanel
from home.admin.deletion import bulk_delete_refuse, page_delete_refuse, snippet_delete_refuse
from home.admin.permissions import KeptPermissionPolicy
from home.admin.publication import GuardedPageViewSet, bulk_publish_refuse
from home.admin.viewsets import SiteViewSetGroup
from home.localize import hooks as localize_hooks  # noqa: F401  # registers the guards of translation
from home.localize.views import bulk
from home.models import NavigationMenu, SiteSettings
from home.selectors.source_pages import page_queryset_choosable
from home.services.schedules import GIVEN_UP

for model in (SiteSettings, NavigationMenu):
    register_permission_policy(model, KeptPermissionPolicy(model))

register_snippet(SiteViewSetGroup)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("home/css/admin.css"))


@hooks.register("construct_homepage_panels")
def add_just_published(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(JustPublishedPanel())


# After Wagtail's own viewset for pages, which this one replaces.
@hooks.register("register_admin_viewset", order=1)
def register_pages() -> GuardedPageViewSet:
    return GuardedPageViewSet()


# After Wagtail's own: of two actions with one name, the last is taken.
for action in (
    bulk.CascadingMoveBulkAction,
    bulk.CascadingUnpublishBulkAction,
    bulk.CascadingDeleteBulkAction,
    bulk.GuardedPublishBulkAction,
):
    hooks.register("register_bulk_action", action, order=1)

hooks.register("construct_page_chooser_queryset", page_queryset_choosable)
hooks.register("before_bulk_action", bulk_publish_refuse)
hooks.register("before_bulk_action", bulk_delete_refuse)
hooks.register("before_delete_page", page_delete_refuse)
hooks.register("before_delete_snippet", snippet_delete_refuse)


@hooks.register("register_log_actions")
def register_schedule_log(actions: Any) -> None:
    @actions.register_action(GIVEN_UP)
    class GivenUpFormatter(LogFormatter):
        label = gettext_lazy("Give up a scheduled publication")

        def format_message(self, log_entry: Any) -> str:
            reasons = "; ".join(log_entry.data.get("reasons", ()))
            return gettext("Scheduled publication given up: %(reasons)s") % {"reasons": reasons}
