"""An agreement between states, or with organisations."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from home.admin.record_panels import RowsPanel
from home.models import BasePage, RecordPage
from home.models.dates import date_truncated, precision_field
from home.record_checks import Fault, Rows
from missions.models.languages import validate_language_codes
from missions.models.rows import country_field, one_of_clean, organisation_field
from relations.models.checks import agreement_row_faults
from relations.models.choices import AgreementField, AgreementKind, AgreementLinkKind, AgreementStageKind


class AgreementPage(RecordPage):
    """An instrument of the register: parties, stages from negotiation to its end, texts. The title is its title.

    We are a party to each; ``parties`` are the others.
    """

    parent_page_types = ["relations.AgreementIndexPage"]
    subpage_types: list[str] = []

    fact_fields = ("kind", "field")
    fact_relations = ("parties", "stages", "texts", "links", "news_links")
    translated_fields = ("place",)

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=AgreementKind.choices,
        default=AgreementKind.AGREEMENT,
        help_text=_("What the instrument calls itself."),
    )
    field = models.CharField(
        _("field"), max_length=15, choices=AgreementField.choices, help_text=_("What it is about in the main.")
    )
    place = models.CharField(
        _("signed at"), max_length=255, blank=True, help_text=_("The city, in the language of this page.")
    )

    content_panels = [
        *RecordPage.title_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("kind"), FieldPanel("field")]), FieldPanel("place")], heading=_("Agreement")
        ),
        FieldPanel("introduction"),
        RowsPanel("parties", label=_("Party"), heading=_("Parties besides us")),
        RowsPanel("stages", label=_("Stage"), heading=_("Stages")),
        RowsPanel("texts", label=_("Text"), heading=_("Texts")),
        RowsPanel("links", label=_("Instrument"), heading=_("Other instruments")),
        RowsPanel("news_links", label=_("News item"), heading=_("News")),
        BasePage.image_panel,
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.FilterField("kind"), index.FilterField("field")]

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.UniqueConstraint(fields=["locale_code", "record_key"], name="relations_agreement_key_per_locale")
        ]

    def row_faults(self, rows: Rows) -> Iterator[Fault]:
        return agreement_row_faults(self, rows)

    def get_face(self, *, facts: Any, gate: Any) -> dict[str, Any]:
        from relations.selectors.plain_face import agreement_face

        return agreement_face(agreement=self, facts=facts, gate=gate)

    def get_search_head(self) -> list[str]:
        return [self.place]


class AgreementParty(Orderable):
    """A country or organisation that an agreement is with."""

    page = ParentalKey(AgreementPage, on_delete=models.CASCADE, related_name="parties")
    country = country_field(_("A country."), related_name="agreement_parties")
    organisation = organisation_field(_("An organisation."), related_name="agreement_parties")

    panels = [FieldRowPanel([FieldPanel("country"), FieldPanel("organisation")])]

    class Meta(Orderable.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(fields=["page", "country"], name="relations_party_country_once"),
            models.UniqueConstraint(fields=["page", "organisation"], name="relations_party_organisation_once"),
        ]

    def clean(self) -> None:
        """Raise ValidationError unless it names one country or one organisation."""
        super().clean()
        one_of_clean(self, ("country", "organisation"))


class AgreementStage(Orderable):
    """Something that became of an agreement, and when."""

    page = ParentalKey(AgreementPage, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(_("stage"), max_length=12, choices=AgreementStageKind.choices, help_text=_("What became."))
    date = models.DateField(_("date"), help_text=_("When."))
    precision = precision_field()
    reference = models.CharField(
        _("reference"), max_length=255, blank=True, help_text=_("Number of the official journal, of the dahir or law …")
    )

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("date"), FieldPanel("precision"), FieldPanel("reference")])]

    class Meta(Orderable.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        indexes = [models.Index(fields=["page", "date"], name="relations_stage_date")]

    def clean(self) -> None:
        super().clean()
        if self.date:
            self.date = date_truncated(self.date, self.precision)


class AgreementText(Orderable):
    """The text of an agreement in one language, as a document."""

    page = ParentalKey(AgreementPage, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(
        _("language"), max_length=12, validators=[validate_language_codes], help_text=_("ISO 639 code: fr, ar, es, en.")
    )
    document = models.ForeignKey(
        "home.CustomDocument",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The text as a file."),
    )
    is_authentic = models.BooleanField(
        _("authentic"), default=True, help_text=_("Whether the agreement says that this text is binding.")
    )

    panels = [FieldRowPanel([FieldPanel("language"), FieldPanel("is_authentic")]), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")


class AgreementLink(Orderable):
    """What an agreement does to another one."""

    page = ParentalKey(AgreementPage, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(
        _("relation"), max_length=10, choices=AgreementLinkKind.choices, help_text=_("What this one does to that one.")
    )
    agreement = models.ForeignKey(
        AgreementPage,
        verbose_name=_("agreement"),
        on_delete=models.CASCADE,
        related_name="linked_from",
        help_text=_("The other instrument."),
    )

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("agreement")])]

    class Meta(Orderable.Meta):
        verbose_name = _("relation between instruments")
        verbose_name_plural = _("relations between instruments")
        constraints = [
            models.UniqueConstraint(fields=["page", "kind", "agreement"], name="relations_agreement_link_once")
        ]

    def clean(self) -> None:
        """Raise ValidationError for an instrument that does something to itself."""
        super().clean()
        if self.agreement_id and self.agreement_id == getattr(self, "page_id", None):
            raise ValidationError({"agreement": _("This is the instrument itself.")})


class AgreementNewsLink(Orderable):
    """A news item about an agreement."""

    page = ParentalKey(AgreementPage, on_delete=models.CASCADE, related_name="news_links")
    news = models.ForeignKey(
        "regions.NewsPage",
        verbose_name=_("news item"),
        on_delete=models.CASCADE,
        related_name="agreement_links",
        help_text=_("In any language: readers get their own."),
    )

    panels = [FieldPanel("news")]

    class Meta(Orderable.Meta):
        verbose_name = _("news item of an agreement")
        verbose_name_plural = _("news items of an agreement")
        constraints = [models.UniqueConstraint(fields=["page", "news"], name="relations_agreement_news_once")]
