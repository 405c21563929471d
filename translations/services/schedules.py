"""The dates that the editors of a language give to one translation."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation

from home.localize.schedule import record_follow, source_schedule_get
from home.models import TranslationSchedule


def can_schedule(*, user: Any, target: Any) -> bool:
    """May ``user`` set when ``target`` goes live and ends? Whoever may publish it; what is scheduled is locked."""
    return isinstance(target, Page) and bool(target.permissions_for_user(user).can_publish())


def date_said(moment: datetime) -> str:
    """``moment`` as people read it, in the active language and time zone."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


@transaction.atomic
def translation_schedule_set(
    *, record: Translation, user: Any, go_live_at: datetime | None, expire_at: datetime | None
) -> None:
    """Set the dates of one translation; None leaves it to the source. What is live or approved gets them at once.

    Raise PermissionDenied, or ValidationError by field for dates outside those of the source.
    """
    target = record.get_target_instance()
    if not can_schedule(user=user, target=target):
        raise PermissionDenied
    problems = _problems(record, go_live_at, expire_at)
    if problems:
        raise ValidationError(problems)
    if go_live_at or expire_at:
        TranslationSchedule.objects.update_or_create(
            translation=record, defaults={"go_live_at": go_live_at, "expire_at": expire_at}
        )
    else:
        TranslationSchedule.objects.filter(translation=record).delete()
    record_follow(record=Translation.objects.select_related("source").get(pk=record.pk))
    log(
        instance=target,
        action="translations.schedule",
        user=user,
        data={
            "go_live_at": go_live_at.isoformat() if go_live_at else "",
            "expire_at": expire_at.isoformat() if expire_at else "",
        },
    )


def _problems(record: Translation, start: datetime | None, end: datetime | None) -> dict[str, str]:
    problems = {}
    source = source_schedule_get(record=record)
    if start and source.go_live_at and start < source.go_live_at:
        problems["go_live_at"] = _("Its source goes live on %(date)s: the translation cannot go live before it.") % {
            "date": date_said(source.go_live_at)
        }
    if end and end <= timezone.now():
        problems["expire_at"] = _("This date has passed.")
    elif end and start and end <= start:
        problems["expire_at"] = _("It would end before it goes live.")
    elif end and source.expire_at and end > source.expire_at:
        problems["expire_at"] = _("Its source ends on %(date)s: the translation cannot end after it.") % {
            "date": date_said(source.expire_at)
        }
    return problems
