"""Approved terms."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Locale
from wagtail.search import index


class GlossaryTerm(index.Indexed, models.Model):
    """How the ministry says a term in another language: titles, institutions, official names of countries.

    The translation editor marks the term in the source, and the checks before review look for the approved form and
    for the forbidden ones.
    """

    class Kind(models.TextChoices):
        """What a term names."""

        TITLE = "title", _("Title or office")
        INSTITUTION = "institution", _("Institution")
        COUNTRY = "country", _("Country or place")
        AGREEMENT = "agreement", _("Agreement or event")
        OTHER = "other", _("Other")

    source_locale = models.ForeignKey(
        Locale,
        verbose_name=_("from"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The language of the term."),
    )
    target_locale = models.ForeignKey(
        Locale,
        verbose_name=_("into"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The language of its translation."),
    )
    source_term = models.CharField(_("term"), max_length=200, help_text=_("As it stands in the source."))
    target_term = models.CharField(_("approved translation"), max_length=200)
    forbidden = models.TextField(
        _("forbidden forms"),
        blank=True,
        max_length=2000,
        help_text=_("Translations that must not be used, one on each line."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    match_case = models.BooleanField(
        _("capitals matter"),
        default=False,
        help_text=_("Find the term only where it is written with the same capital letters."),
    )
    note = models.TextField(_("note"), blank=True, max_length=2000, help_text=_("When to use it, and its source."))
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    panels = [
        FieldRowPanel([FieldPanel("source_locale"), FieldPanel("target_locale")]),
        FieldPanel("source_term"),
        FieldPanel("target_term"),
        FieldPanel("forbidden"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("match_case")]),
        FieldPanel("note"),
    ]
    search_fields = [
        index.SearchField("source_term"),
        index.SearchField("target_term"),
        index.AutocompleteField("source_term"),
        index.AutocompleteField("target_term"),
        index.FilterField("source_locale_id"),
        index.FilterField("target_locale_id"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["source_term", "target_locale_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_locale", "target_locale", "source_term"],
                name="translations_glossary_term_once",
                violation_error_message=_("The glossary has this term already for these two languages."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_term} → {self.target_term}"

    def clean(self) -> None:
        super().clean()
        if self.source_locale_id and self.source_locale_id == self.target_locale_id:
            raise ValidationError({"target_locale": _("Choose another language than that of the term.")})
        if self.target_term.strip() in self.forbidden_list():
            raise ValidationError({"forbidden": _("The approved translation cannot be forbidden.")})

    def forbidden_list(self) -> list[str]:
        """The forbidden forms, without empty lines."""
        return [line.strip() for line in self.forbidden.splitlines() if line.strip()]
