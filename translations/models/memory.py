"""The translation memory: every text that was ever translated, with its translation."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class MemoryUnit(models.Model):
    """One source text and one translation of it, apart from the pages that they came from, which may be deleted.

    Texts are as wagtail-localize keeps them: HTML with numbered links. ``translations.services.memory`` writes.
    """

    wagtail_reference_index_ignore = True

    class Origin(models.TextChoices):
        """Where a unit came from."""

        TRANSLATION = "translation", _("Translation")
        IMPORT = "import", _("Imported memory")
        MACHINE = "machine", _("Machine translation")

    source_locale = models.ForeignKey(Locale, verbose_name=_("from"), on_delete=models.CASCADE, related_name="+")
    target_locale = models.ForeignKey(Locale, verbose_name=_("into"), on_delete=models.CASCADE, related_name="+")
    source_text = models.TextField(_("source text"))
    source_hash = models.CharField(max_length=64, help_text="SHA-256 of source_text, hexadecimal.")
    target_text = models.TextField(_("translation"))
    target_hash = models.CharField(max_length=64, help_text="SHA-256 of target_text, hexadecimal.")
    length = models.PositiveIntegerField(help_text="Characters of the source as plain text.")
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices)
    origin_name = models.CharField(
        _("origin"), max_length=255, blank=True, help_text=_("The page, or the file, that it came from.")
    )
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translator"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uses = models.PositiveIntegerField(_("uses"), default=1)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    used_at = models.DateTimeField(_("last used at"), default=timezone.now)

    class Meta:
        verbose_name = _("memory unit")
        verbose_name_plural = _("translation memory")
        constraints = [
            models.UniqueConstraint(
                fields=["source_locale", "target_locale", "source_hash", "target_hash"],
                name="translations_memory_unit_once",
            )
        ]

    def __str__(self) -> str:
        return self.source_text[:80]


class MemoryWord(models.Model):
    """A word of a unit's source: how similar texts are found on every database.

    The languages are those of the unit: what is known between two others must not stand before it in the index.
    """

    wagtail_reference_index_ignore = True

    unit = models.ForeignKey(MemoryUnit, on_delete=models.CASCADE, related_name="words")
    source_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    target_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_locale", "target_locale", "word", "unit"], name="translations_memory_word_of_pair_once"
            )
        ]

    def __str__(self) -> str:
        return self.word
