"""Dates of which only the year or the month may be known."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def ministry_today() -> date:
    """The ministry's day: what is current, past or due is told by its calendar, whatever zone an editor works in."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", pgettext_lazy("precision", "Day")
    MONTH = "month", pgettext_lazy("precision", "Month")
    YEAR = "year", pgettext_lazy("precision", "Year")


def date_truncated(day: date, precision: str) -> date:
    """The first day of what is known: a month of 2005 is kept as its first day, a year as 1 January."""
    if precision == DatePrecision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == DatePrecision.MONTH else day


def date_last(day: date, precision: str) -> date:
    """The last day that may be meant."""
    if precision == DatePrecision.YEAR:
        return day.replace(month=12, day=31)
    if precision == DatePrecision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def precision_field(**options: Any) -> models.CharField[str, str]:
    """The column that says how much of the date beside it is known."""
    return models.CharField(
        _("known to the"),
        max_length=5,
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
        help_text=_("Month or year: the rest of the date is not shown."),
        **options,
    )
