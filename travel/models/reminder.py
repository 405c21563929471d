"""Which reminders about travel advice were sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TravelAdviceReminder(models.Model):
    """One e-mail about one date of one sheet, so that it is not sent again.

    ``sheet_key`` is the translation key of the sheet: its languages share their dates as a rule, and then one of them
    is written about.
    """

    wagtail_reference_index_ignore = True

    class Reason(models.TextChoices):
        """What a date brings."""

        EXPIRY = "expiry", _("Expires soon")
        REVIEW = "review", _("Review due soon")
        OVERDUE = "overdue", _("Review overdue")

    sheet_key = models.UUIDField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    due_on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reminder of travel advice")
        verbose_name_plural = _("reminders of travel advice")
        constraints = [
            models.UniqueConstraint(fields=["sheet_key", "reason", "due_on"], name="travel_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_key} {self.reason} {self.due_on}"
