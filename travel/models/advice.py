"""Travel advice for one country."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import ChoiceBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.admin.record_panels import RowsPanel
from home.blocks.texts import block_texts
from home.models import BasePage, IndexPage, RecordPage, SearchTexts
from home.models.dates import ministry_today
from home.record_checks import Fault
from home.selectors.locales import locale_source
from travel.admin.forms import TravelAdviceForm

NOTE_IS_MISSING = _("Say in a sentence what has changed for readers, even if the change is minor.")


class AlertLevel(models.IntegerChoices):
    """How much to beware, higher being worse."""

    NORMAL = 1, _("Normal vigilance")
    HEIGHTENED = 2, _("Heightened vigilance")
    ESSENTIAL_ONLY = 3, _("Advised against unless for compelling reasons")
    AVOID = 4, _("Formally advised against")


class SectionKind(models.TextChoices):
    """What a section of the advice is about."""

    ENTRY = "entry", _("Entry and stay")
    SAFETY = "safety", _("Safety and security")
    HEALTH = "health", _("Health")
    LAWS = "laws", _("Local laws and customs")
    TRANSPORT = "transport", _("Transport")
    NATURE = "nature", _("Natural hazards")
    MONEY = "money", _("Money")
    CONTACTS = "contacts", _("Useful contacts")


class AdviceSectionBlock(StructBlock):
    """A section: what about, and the advice."""

    kind = ChoiceBlock(choices=SectionKind.choices, label=_("Section"))
    text = RichTextBlock(
        label=_("Advice"), features=["bold", "italic", "h3", "h4", "ol", "ul", "link", "document-link"]
    )

    class Meta:
        icon = "doc-full"
        label = _("Section")
        template = "travel/blocks/advice_section.html"


class AdviceStreamBlock(StreamBlock):
    """The sections of the advice, in the order in which readers see them."""

    section = AdviceSectionBlock()


class TravelAdviceIndexPage(IndexPage):
    """Holds the travel advice of one language."""

    subpage_types = ["travel.TravelAdvicePage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.selectors.plain_face import gate_of_request
        from travel.selectors.plain_face import advice_list

        context = super().get_context(request, *args, **kwargs)
        return {**context, "sheets": advice_list(locale=self.locale, gate=gate_of_request(request))}

    class Meta:
        verbose_name = _("list of travel advice")
        verbose_name_plural = _("lists of travel advice")
        constraints = [models.UniqueConstraint(fields=["locale_code"], name="travel_advice_index_per_locale")]


class TravelAdvicePage(RecordPage):
    """What travellers to a country should know: alert levels, a summary, sections, and when it was last looked at.

    The level is read from the page of the source language in every language: nobody reads yesterday's level because a
    translation waits.
    """

    parent_page_types = ["travel.TravelAdviceIndexPage"]
    subpage_types: list[str] = []

    fact_fields = ("country", "level", "reviewed_on", "review_due_on", "is_minor_change")
    unique_facts = ("country",)
    translated_fields = ("sections", "change_note", "areas")

    country = models.ForeignKey(
        "regions.CountryPage",
        verbose_name=_("country"),
        on_delete=models.PROTECT,
        related_name="travel_advice",
        help_text=_("The country that the advice is for; one sheet for each country."),
    )
    level = models.PositiveSmallIntegerField(
        _("alert level"),
        choices=AlertLevel.choices,
        default=AlertLevel.NORMAL,
        help_text=_("Of the country as a whole."),
    )
    sections = StreamField(
        AdviceStreamBlock(), verbose_name=_("sections"), blank=True, help_text=_("Entry, safety, health …")
    )
    reviewed_on = models.DateField(
        _("reviewed on"), null=True, blank=True, help_text=_("The day somebody last made sure that all of it holds.")
    )
    review_due_on = models.DateField(
        _("next review"), null=True, blank=True, help_text=_("The day by which somebody should look at it again.")
    )
    change_note = models.CharField(
        _("what has changed"),
        max_length=500,
        blank=True,
        help_text=_("One sentence for readers and for the feed of changes, in this language. Begins empty each time."),
    )
    is_minor_change = models.BooleanField(
        _("minor change"), default=False, help_text=_("A correction: readers are not told that the advice is new.")
    )

    content_panels = [
        *RecordPage.title_panels,
        MultiFieldPanel([FieldPanel("country"), FieldPanel("level")], heading=_("Travel advice")),
        RowsPanel("areas", label=_("Part of the country"), heading=_("Parts with a level of their own")),
        FieldPanel("introduction", heading=_("Summary")),
        FieldPanel("sections"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due_on")]),
                FieldPanel("change_note"),
                FieldPanel("is_minor_change"),
            ],
            heading=_("This version"),
        ),
        BasePage.image_panel,
        FieldPanel("body"),
    ]
    base_form_class = TravelAdviceForm
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("sections"),
        index.FilterField("level"),
        index.FilterField("country_id"),
        index.FilterField("reviewed_on"),
    ]

    class Meta:
        verbose_name = _("travel advice")
        verbose_name_plural = _("travel advice")
        constraints = [
            models.UniqueConstraint(fields=["locale_code", "record_key"], name="travel_advice_key_per_locale")
        ]

    def column_faults(self) -> Iterator[Fault]:
        yield from super().column_faults()
        if self.country_id and self.country.locale_code != locale_source():
            yield Fault(_("Choose the country's page of the source language."), "country")
        if self.reviewed_on and self.reviewed_on > ministry_today():
            yield Fault(_("This day is still to come."), "reviewed_on")
        if self.reviewed_on and self.review_due_on and self.review_due_on <= self.reviewed_on:
            yield Fault(_("The next review must come after the last one."), "review_due_on")

    def publication_check(self) -> None:
        """Raise ValidationError for a version that changes what readers see and does not say what has changed."""
        from travel.services.changes import advice_changes_for_readers

        super().publication_check()
        if not self.change_note.strip() and advice_changes_for_readers(version=self):
            raise ValidationError({"change_note": NOTE_IS_MISSING})

    def get_face(self, *, facts: Any, gate: Any) -> dict[str, Any]:
        from travel.selectors.plain_face import advice_context

        return advice_context(page=self, facts=facts, gate=gate)

    def get_search_texts(self) -> SearchTexts | None:
        texts = super().get_search_texts()
        if texts is not None:
            texts.text = [*block_texts(self.sections.stream_block, list(self.sections.raw_data)), *texts.text]
        return texts


class TravelAdviceArea(TranslatableMixin, Orderable):
    """A part of a country with a level of its own. The name is translated; the level is read from the source."""

    page = ParentalKey(TravelAdvicePage, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(
        _("part"), max_length=255, help_text=_("In the language of this page: the northern border.")
    )
    level = models.PositiveSmallIntegerField(
        _("alert level"), choices=AlertLevel.choices, help_text=_("Of this part alone.")
    )

    translatable_fields = [TranslatableField("name"), SynchronizedField("level", overridable=False)]
    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("level")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("part of a country")
        verbose_name_plural = _("parts of a country")
