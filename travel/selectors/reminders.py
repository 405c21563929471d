"""Which sheets of travel advice somebody should look at, and who that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from travel.models import TravelAdvicePage, TravelAdviceReminder

Reason = TravelAdviceReminder.Reason


@dataclass(frozen=True)
class DueSheet:
    """A public sheet, and the day that somebody should know of."""

    page: TravelAdvicePage
    reason: Reason
    due_on: date


def sheets_due(*, today: date, until: date) -> list[DueSheet]:
    """Public sheets whose review is due ``until`` a day or overdue, and those that end by then. Two statements.

    A review is asked for once for all languages, of the page that keeps the date. Of an end that several languages
    share, the source's comes first.
    """
    pages = TravelAdvicePage.objects.filter(live=True, alias_of__isnull=True).select_related(
        "locale", "owner", "latest_revision__user"
    )
    reviewed = pages.filter(locale_code=settings.DIWAN_SOURCE_LOCALE, review_due_on__lte=until).order_by(
        "review_due_on", "pk"
    )
    due = [
        DueSheet(page, Reason.OVERDUE if page.review_due_on < today else Reason.REVIEW, page.review_due_on)
        for page in reviewed
        if page.review_due_on
    ]
    ending = [page for page in pages.filter(expire_at__gt=timezone.now()).order_by("expire_at", "pk") if page.expire_at]
    ending.sort(key=lambda page: page.locale_code != settings.DIWAN_SOURCE_LOCALE)
    for page in ending:
        day = timezone.localdate(page.expire_at)
        if day <= until:
            due.append(DueSheet(page, Reason.EXPIRY, day))
    return due


def people_of(*, page: TravelAdvicePage) -> list[Any]:
    """Whom a date of a sheet concerns: who wrote it last and its owner, as far as they may edit it still.

    Where neither can be told, those who publish there: somebody has to know.
    """
    revision = page.latest_revision
    own = _who_hear(page, [revision.user if revision else None, page.owner])
    return own or _who_hear(page, _publishers(page))


def _who_hear(page: TravelAdvicePage, users: Iterable[Any]) -> list[Any]:
    return [
        user
        for user in dict.fromkeys(users)
        if user and user.is_active and user.email and page.permissions_for_user(user).can_edit()
    ]


def _publishers(page: TravelAdvicePage) -> QuerySet[Any]:
    above = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    groups = GroupPagePermission.objects.filter(page__path__in=above, permission__codename="publish_page")
    users = get_user_model()._default_manager.filter(is_active=True, groups__in=groups.values("group"))
    return users.distinct().order_by("pk")
