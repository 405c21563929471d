"""What a mission was before."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from home.models.dates import date_truncated, precision_field
from missions.models.choices import MissionStatus


class MissionStatusChange(Orderable):
    """A status that a mission had before that of its page, and from when on; the next one ended it."""

    page = ParentalKey("missions.MissionPage", on_delete=models.CASCADE, related_name="status_history")
    status = models.CharField(
        pgettext_lazy("mission", "status"),
        max_length=10,
        choices=MissionStatus.choices,
        help_text=_("What it was then."),
    )
    since = models.DateField(_("since"), help_text=_("The day from which it was that; the earliest row stands first."))
    precision = precision_field()

    panels = [FieldRowPanel([FieldPanel("status"), FieldPanel("since"), FieldPanel("precision")])]

    class Meta(Orderable.Meta):
        verbose_name = _("earlier status")
        verbose_name_plural = _("earlier statuses")

    def clean(self) -> None:
        """Keep no more of the date than is known, then validate as usual."""
        super().clean()
        if self.since:
            self.since = date_truncated(self.since, self.precision)
