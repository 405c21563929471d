"""Something that happened between us and others."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.admin.record_panels import RowsPanel
from home.models import BasePage, RecordPage, SearchTexts
from home.models.dates import date_last, date_truncated, precision_field
from home.record_checks import Fault, Rows
from missions.models.rows import at_most_one_clean, country_field, organisation_field, person_field
from relations.models.checks import event_row_faults
from relations.models.choices import EventKind, VisitDirection


class EventPage(RecordPage):
    """A visit, a summit, a recognition …: what, when, where, who. The title says it in a line, the summary in a few."""

    parent_page_types = ["relations.EventIndexPage"]
    subpage_types: list[str] = []

    fact_fields = (
        "kind",
        "direction",
        "number",
        "starts_on",
        "starts_precision",
        "ends_on",
        "ends_precision",
        "agreement",
    )
    fact_relations = ("country_links", "continent_links", "organisation_links", "news_links", "documents", "sources")
    translated_fields = ("place", "participants")

    kind = models.CharField(_("kind"), max_length=25, choices=EventKind.choices, help_text=_("What happened."))
    direction = models.CharField(
        _("direction"), max_length=10, blank=True, choices=VisitDirection.choices, help_text=_("Of visits alone.")
    )
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("The how-manieth session or summit: 3.")
    )
    starts_on = models.DateField(_("date"), help_text=_("The day, or the first one."))
    starts_precision = precision_field()
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; empty: that one day."))
    ends_precision = precision_field()
    place = models.CharField(
        _("place"), max_length=255, blank=True, help_text=_("Cities, in the language of this page: Mexico, Brasilia.")
    )
    agreement = models.ForeignKey(
        "relations.AgreementPage",
        verbose_name=_("agreement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
        help_text=_("What was signed there."),
    )

    content_panels = [
        *RecordPage.title_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("direction"), FieldPanel("number")]),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("starts_precision")]),
                FieldRowPanel([FieldPanel("ends_on"), FieldPanel("ends_precision")]),
                FieldPanel("place"),
            ],
            heading=_("Event"),
        ),
        FieldPanel("introduction", heading=_("Purpose and outcome")),
        RowsPanel("country_links", label=_("Country"), heading=_("Countries")),
        RowsPanel("continent_links", label=_("Continent"), heading=_("Continents")),
        RowsPanel("organisation_links", label=_("Organisation"), heading=_("Organisations")),
        RowsPanel("participants", label=_("Participant"), heading=_("Who took part")),
        FieldPanel("agreement"),
        RowsPanel("news_links", label=_("News item"), heading=_("News")),
        RowsPanel("documents", label=_("Document"), heading=_("Documents")),
        RowsPanel("sources", label=_("Source"), heading=_("Sources")),
        BasePage.image_panel,
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.FilterField("kind"),
        index.FilterField("direction"),
        index.FilterField("starts_on"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["locale_code", "record_key"], name="relations_event_key_per_locale")
        ]
        indexes = [models.Index(fields=["locale_code", "-starts_on", "-page_ptr"], name="relations_event_date")]

    def clean(self) -> None:
        """Keep no more of the dates than is known, then validate as usual."""
        if self.starts_on:
            self.starts_on = date_truncated(self.starts_on, self.starts_precision)
        if self.ends_on:
            self.ends_on = date_truncated(self.ends_on, self.ends_precision)
        super().clean()

    def column_faults(self) -> Iterator[Fault]:
        """An end before the beginning; a visit without direction, or a direction of what is no visit."""
        if self.starts_on and self.ends_on and date_last(self.ends_on, self.ends_precision) < self.starts_on:
            yield Fault(_("This is before the beginning."), "ends_on")
        if self.direction and self.kind and self.kind != EventKind.VISIT:
            yield Fault(_("Only visits have a direction."), "direction")
        if self.kind == EventKind.VISIT and not self.direction:
            yield Fault(_("Say who visited whom."), "direction", missing=True)

    def row_faults(self, rows: Rows) -> Iterator[Fault]:
        return event_row_faults(rows)

    def get_search_texts(self) -> SearchTexts | None:
        texts = super().get_search_texts()
        if texts is not None and self.starts_on:
            texts.day = self._meta.get_field("starts_on").to_python(self.starts_on)
        return texts

    def get_face(self, *, facts: Any, gate: Any) -> dict[str, Any]:
        from relations.selectors.plain_face import event_face

        return event_face(event=self, facts=facts, gate=gate)

    def get_search_head(self) -> list[str]:
        return [self.place]


class EventCountryLink(Orderable):
    """A country that an event is about."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="country_links")
    country = models.ForeignKey(
        "regions.CountryPage",
        verbose_name=_("country"),
        on_delete=models.CASCADE,
        related_name="event_links",
        help_text=_("The event stands in this country’s timeline."),
    )

    panels = [FieldPanel("country")]

    class Meta(Orderable.Meta):
        verbose_name = _("country of an event")
        verbose_name_plural = _("countries of an event")
        constraints = [models.UniqueConstraint(fields=["page", "country"], name="relations_event_country_once")]


class EventContinentLink(Orderable):
    """A continent that an event is about as a whole; that of its countries needs no link."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="continent_links")
    continent = models.ForeignKey(
        "regions.ContinentPage",
        verbose_name=_("continent"),
        on_delete=models.CASCADE,
        related_name="event_links",
        help_text=_("The event stands in this continent’s timeline."),
    )

    panels = [FieldPanel("continent")]

    class Meta(Orderable.Meta):
        verbose_name = _("continent of an event")
        verbose_name_plural = _("continents of an event")
        constraints = [models.UniqueConstraint(fields=["page", "continent"], name="relations_event_continent_once")]


class EventOrganisationLink(Orderable):
    """An organisation that an event is about."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="organisation_links")
    organisation = models.ForeignKey(
        "missions.OrganisationPage",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="event_links",
        help_text=_("The event stands in this organisation’s timeline."),
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = _("organisation of an event")
        verbose_name_plural = _("organisations of an event")
        constraints = [
            models.UniqueConstraint(fields=["page", "organisation"], name="relations_event_organisation_once")
        ]


class EventParticipant(TranslatableMixin, Orderable):
    """Somebody who took part. Name and capacity are translated; the rest is read from the source."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="participants")
    person = person_field(_("Somebody of whom there is an entry; or give the name."), related_name="participations")
    name = models.CharField(_("name"), max_length=255, blank=True, help_text=_("Where there is no entry."))
    capacity = models.CharField(
        _("in the capacity of"), max_length=255, blank=True, help_text=_("Head of state, minister …, in this language.")
    )
    country = country_field(_("For which country; empty: ours, or an organisation."))
    organisation = organisation_field(_("For which organisation."))

    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("capacity"),
        *(SynchronizedField(name, overridable=False) for name in ("person", "country", "organisation")),
    ]
    panels = [
        FieldRowPanel([FieldPanel("person"), FieldPanel("name")]),
        FieldPanel("capacity"),
        FieldRowPanel([FieldPanel("country"), FieldPanel("organisation")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def clean(self) -> None:
        """Raise ValidationError for nobody, and for somebody who was there for a country and an organisation."""
        super().clean()
        # Translations repeat facts that nobody reads or edits there.
        if self.locale_id is not None and self.locale.language_code != settings.DIWAN_SOURCE_LOCALE:
            return
        at_most_one_clean(self, ("country", "organisation"))
        if not self.person_id and not self.name:
            raise ValidationError({"name": _("Choose a person, or give a name.")})


class EventNewsLink(Orderable):
    """A news item about an event."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="news_links")
    news = models.ForeignKey(
        "regions.NewsPage",
        verbose_name=_("news item"),
        on_delete=models.CASCADE,
        related_name="event_links",
        help_text=_("In any language: readers get their own."),
    )

    panels = [FieldPanel("news")]

    class Meta(Orderable.Meta):
        verbose_name = _("news item of an event")
        verbose_name_plural = _("news items of an event")
        constraints = [models.UniqueConstraint(fields=["page", "news"], name="relations_event_news_once")]


class EventDocument(Orderable):
    """A document about an event."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "home.CustomDocument",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("A joint statement, minutes …"),
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("document of an event")
        verbose_name_plural = _("documents of an event")


class EventSource(Orderable):
    """Where it is written that it happened."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="sources")
    label = models.CharField(_("source"), max_length=255, help_text=_("Title, author, date: as one cites it."))
    url = models.URLField(_("link"), blank=True, help_text=_("Where it can be read."))

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
