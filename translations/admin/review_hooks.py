"""Review and assignment in the admin: addresses, log entries, permissions that administrators can give."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLResolver, include, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from translations.views.assignments import assignment_edit
from translations.views.reviews import ReviewedPageViewSet, review_step
from translations.views.schedules import schedule_edit


@hooks.register("register_admin_urls")
def register_review_urls() -> list[URLResolver]:
    record = "<int:translation_id>/"
    steps = [
        path(f"{record}{step}/", review_step, {"step": step}, name=step)
        for step in ("submit", "approve", "reject", "withdraw")
    ]
    urls = [
        *steps,
        path(f"{record}assign/", assignment_edit, name="assign"),
        path(f"{record}schedule/", schedule_edit, name="schedule"),
    ]
    return [path("translations/review/", include((urls, "translation_review"), namespace="translation_review"))]


# After the one that guards publication, which this one replaces.
@hooks.register("register_admin_viewset", order=2)
def register_pages() -> ReviewedPageViewSet:
    return ReviewedPageViewSet()


@hooks.register("register_permissions")
def register_assignment_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="translations", content_type__model="translationassignment"
    )


@hooks.register("register_log_actions")
def register_assignment_log(actions: Any) -> None:
    @actions.register_action("translations.assign")
    class AssignFormatter(LogFormatter):
        label = gettext_lazy("Assign a translation")

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data
            if data.get("assignee") and data.get("due_on"):
                return _("Translation assigned to %(person)s, due %(date)s") % {
                    "person": data["assignee"],
                    "date": data["due_on"],
                }
            if data.get("assignee"):
                return _("Translation assigned to %(person)s") % {"person": data["assignee"]}
            return _("Translation assigned to nobody")

    actions.register_action(
        "translations.schedule", gettext_lazy("Schedule a translation"), gettext_lazy("Translation scheduled")
    )
