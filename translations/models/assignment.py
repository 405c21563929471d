"""Who translates what, until when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TranslationAssignment(models.Model):
    """The person, the date and the urgency of one translation of one page or snippet into one locale."""

    # Bookkeeping of the desk, not a use of the page that an editor should be warned of.
    wagtail_reference_index_ignore = True

    class Priority(models.IntegerChoices):
        """How urgent a translation is; large numbers come first."""

        LOW = 0, _("Low")
        NORMAL = 1, _("Normal")
        HIGH = 2, _("High")
        URGENT = 3, _("Urgent")

    class Reminder(models.TextChoices):
        """The e-mails that a date due brings, each sent once."""

        SOON = "soon", _("Due soon")
        OVERDUE = "overdue", _("Overdue")

    translation = models.OneToOneField(
        Translation, verbose_name=_("translation"), on_delete=models.CASCADE, related_name="assignment"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translator"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translation_assignments",
        help_text=_("Who translates it."),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translation_reviews",
        help_text=_("Who reads it before it is published; empty when any reviewer of the language may."),
    )
    due_on = models.DateField(_("due"), null=True, blank=True, help_text=_("The day on which it should be ready."))
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NORMAL, help_text=_("The most urgent come first.")
    )
    note = models.TextField(
        _("note"), blank=True, max_length=2000, help_text=_("What the translator should know: context, tone, sources.")
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    assigned_at = models.DateTimeField(_("assigned at"), auto_now=True)
    completed_at = models.DateTimeField(
        _("completed at"), null=True, editable=False, help_text=_("When the translation was published.")
    )
    reminded = models.CharField(
        max_length=16,
        choices=Reminder.choices,
        blank=True,
        editable=False,
        help_text="The last reminder that was sent.",
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [models.Index(fields=["assignee", "due_on"], name="translations_assigned_due")]

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.assignee_id or '-'}"
