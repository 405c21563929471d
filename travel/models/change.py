"""What was said of a country, and when: the history of travel advice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from travel.models.advice import AlertLevel, TravelAdvicePage


class TravelAdviceChange(models.Model):
    """One publication of travel advice in one language. Written when it goes live, and never changed.

    A row of a translation names the row of the source language whose text it carries: readers of the language are shown
    it in the place of that one.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(TravelAdvicePage, on_delete=models.CASCADE, related_name="changes")
    locale_code = models.CharField(_("language"), max_length=12)
    published_at = models.DateTimeField(_("published"), db_index=True)
    level = models.PositiveSmallIntegerField(_("alert level"), choices=AlertLevel.choices)
    note = models.CharField(_("what has changed"), max_length=500, blank=True)
    is_minor = models.BooleanField(_("minor change"), default=False)
    source_change = models.ForeignKey(
        "self",
        verbose_name=_("change of the source"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="translations",
    )
    # What readers were shown, in few characters: tells a publication that changes nothing from one that does.
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    # The id of the revision that was published; no foreign key, because revisions are purged and this stays.
    of_revision = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("change of travel advice")
        verbose_name_plural = _("changes of travel advice")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["locale_code", "-published_at"], name="travel_change_latest")]
        constraints = [models.UniqueConstraint(fields=["page", "published_at"], name="travel_change_once")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.published_at:%Y-%m-%d}"
