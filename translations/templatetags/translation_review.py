"""The bar of the translation editor that leads from a translation to its publication."""

import json
from typing import Any

from django import template
from wagtail.models import Page

from home.localize.schedule import schedule_of_record
from translations.models import TranslationAssignment
from translations.selectors.people import can_assign
from translations.selectors.reviews import review_standing
from translations.services.schedules import can_schedule

register = template.Library()


@register.inclusion_tag("translations/admin/review_bar.html", takes_context=True)
def review_bar(context: Any) -> dict[str, Any]:
    """Shows the standing of the page and the buttons of its next steps.

    wagtail-localize's editor, drawn after it, offers to publish by the right to publish alone: while the page is under
    review that button is left out, as only an approval publishes then.
    """
    request, record, target = context["request"], context["translation"], context["instance"]
    bar = {"record": record, "csrf_token": context.get("csrf_token"), "next_url": request.path}
    bar["can_assign"] = can_assign(user=request.user, target=target)
    if not isinstance(target, Page):
        bar["assignment"] = TranslationAssignment.objects.filter(translation=record).select_related("assignee").first()
        return bar
    standing = review_standing(page=target, user=request.user)
    bar["can_schedule"] = can_schedule(user=request.user, target=target)
    bar["schedule"] = schedule_of_record(record=record)
    if standing.in_review:
        props = json.loads(context["props"])
        props["perms"]["canPublish"] = False
        context["props"] = json.dumps(props)
    return {**bar, "standing": standing, "assignment": standing.assignment}
