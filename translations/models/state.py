"""How far each translation is, counted when something changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class TranslationState(models.Model):
    """The counts and the status of one translation, so that the desk and the API need not count texts.

    ``translations.services.states`` writes; it can be made anew at any time (``manage.py count_translations``).
    """

    wagtail_reference_index_ignore = True

    class Status(models.TextChoices):
        """What is to be done next, in the order in which it is asked."""

        OUTDATED = "outdated", _("Outdated")
        ERROR = "error", _("With errors")
        NEW = "new", _("Not started")
        IN_PROGRESS = "in_progress", _("In progress")
        IN_REVIEW = "in_review", _("Awaiting review")
        READY = "ready", _("Ready")
        UP_TO_DATE = "up_to_date", _("Up to date")

    translation = models.OneToOneField(
        Translation, verbose_name=_("translation"), on_delete=models.CASCADE, related_name="state"
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    segments = models.PositiveIntegerField(_("texts"), default=0, help_text=_("Texts to translate, slugs left out."))
    segments_done = models.PositiveIntegerField(_("texts translated"), default=0)
    words = models.PositiveIntegerField(_("words"), default=0, help_text=_("Words of the source."))
    words_left = models.PositiveIntegerField(_("words left"), default=0, help_text=_("Words not translated yet."))
    errors = models.PositiveIntegerField(_("texts with errors"), default=0)
    segments_changed = models.PositiveIntegerField(
        _("texts changed"),
        default=0,
        help_text=_("Texts of the published source that differ from those being translated."),
    )
    counted_at = models.DateTimeField(_("counted at"), auto_now=True)

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")
        indexes = [models.Index(fields=["status", "translation"], name="translations_state_status")]

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.status}"
