"""E-mails about dates of travel advice: reviews that are due, and sheets that end."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from home.models.dates import ministry_today
from home.services.mails import mails_send
from travel.models import TravelAdviceReminder
from travel.selectors.reminders import DueSheet, people_of, sheets_due

_TEMPLATES = {
    part: f"travel/mails/reminder{ending}"
    for part, ending in (("subject", "_subject.txt"), ("text", ".txt"), ("html", ".html"))
}


@dataclass
class ReminderReport:
    """Of how many dates people were reminded, and how many e-mails that made."""

    dates: int = 0
    mails: int = 0


def reminder_send_all(*, today: datetime.date | None = None) -> ReminderReport:
    """Remind of reviews due and of sheets that end within DIWAN_REMINDER_DAYS days, and of reviews overdue.

    Once of each date of each sheet, and once more when a review is overdue; another date is another reminder. A person
    gets one e-mail about all of them, in her language. Of what concerns nobody who has an address nothing is noted, so
    that whoever comes hears of it.
    """
    today = today or ministry_today()
    report = ReminderReport()
    mails: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    with transaction.atomic():
        for due in sheets_due(today=today, until=today + datetime.timedelta(days=settings.DIWAN_REMINDER_DAYS)):
            if _is_sent(due):
                continue
            people = people_of(page=due.page)
            if not people:
                continue
            # Two schedulers at once: the second waits for the first one's row, and finds it.
            _reminder, is_new = TravelAdviceReminder.objects.get_or_create(
                sheet_key=due.page.translation_key, reason=due.reason, due_on=due.due_on
            )
            if is_new:
                report.dates += 1
                for person in people:
                    mails[person].append(_item(due))
        for person, items in mails.items():
            mails_send(templates=_TEMPLATES, recipients=[person], context={"items": items})
            report.mails += 1
    return report


def _is_sent(due: DueSheet) -> bool:
    return TravelAdviceReminder.objects.filter(
        sheet_key=due.page.translation_key, reason=due.reason, due_on=due.due_on
    ).exists()


def _item(due: DueSheet) -> dict[str, Any]:
    return {
        "title": due.page.get_admin_display_title(),
        "locale": due.page.locale,
        "reason": due.reason.label,
        "due_on": due.due_on,
        "url": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[due.page.pk]),
    }
