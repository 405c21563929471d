"""What the published version of a source says, and since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class SourceText(models.Model):
    """A fingerprint of the translatable texts of a live page, and when they last changed.

    Publishing a page with a new picture changes no text: its translations stay current.
    ``translations.services.sources`` writes; whoever reads compares ``changed_at`` with the last publication of a
    translation.
    """

    wagtail_reference_index_ignore = True

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    texts = models.JSONField(default=list, help_text="Sorted digests of each text with its place on the page.")
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("source text")
        verbose_name_plural = _("source texts")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="translations_source_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.locale_id}"
