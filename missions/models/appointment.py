"""Who holds which post at a mission."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from missions.models.choices import PostKind
from missions.models.rows import Period


class MissionAppointment(Orderable, Period):
    """Who holds a post at a mission, from when until when."""

    page = ParentalKey("missions.MissionPage", on_delete=models.CASCADE, related_name="appointments")
    person = models.ForeignKey(
        "missions.PersonPage",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="appointments",
        help_text=_("Who it is."),
    )
    post = models.CharField(_("post"), max_length=30, choices=PostKind.choices, help_text=_("As what."))
    credentials_copy_on = models.DateField(
        _("copy of credentials"), null=True, blank=True, help_text=_("The day a copy of the letters was handed over.")
    )
    credentials_on = models.DateField(
        _("credentials presented"), null=True, blank=True, help_text=_("The day the letters were presented.")
    )

    panels = [
        FieldRowPanel([FieldPanel("person"), FieldPanel("post")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldRowPanel([FieldPanel("credentials_copy_on"), FieldPanel("credentials_on")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        indexes = [models.Index(fields=["person", "page"], name="missions_appointment_person")]

    def clean(self) -> None:
        """Raise ValidationError for credentials before their copy, before the beginning, or after the end.

        The copy may be handed over up to a year before the post is taken up.
        """
        super().clean()
        if self.credentials_copy_on and self.credentials_on and self.credentials_on < self.credentials_copy_on:
            raise ValidationError({"credentials_on": _("The copy was handed over after this.")})
        if self.starts_on and self.credentials_on and self.credentials_on < self.starts_on:
            raise ValidationError({"credentials_on": _("This is before the beginning of the appointment.")})
        copied = self.credentials_copy_on
        if self.starts_on and copied and (self.starts_on - copied).days > 366:
            message = _("This is more than a year before the beginning of the appointment.")
            raise ValidationError({"credentials_copy_on": message})
        for name in ("credentials_copy_on", "credentials_on"):
            day = getattr(self, name)
            if day and self.ends_on and day > self.ends_on:
                raise ValidationError({name: _("This is after the end of the appointment.")})
