"""When a translation goes before readers, where that is not when its source does."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TranslationSchedule(models.Model):
    """The dates of one translated page that its language's editors have set.

    They narrow those of the source: a translation goes live no earlier than its source and ends no later
    (``home.localize.schedule``).
    """

    translation = models.OneToOneField(
        Translation, verbose_name=_("translation"), on_delete=models.CASCADE, related_name="schedule"
    )
    go_live_at = models.DateTimeField(
        _("goes live"),
        null=True,
        blank=True,
        help_text=_("Empty: when its source does, or at once where that is live."),
    )
    expire_at = models.DateTimeField(_("ends"), null=True, blank=True, help_text=_("Empty: when its source does."))

    class Meta:
        verbose_name = _("schedule of a translation")
        verbose_name_plural = _("schedules of translations")

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.go_live_at or '-'} / {self.expire_at or '-'}"
