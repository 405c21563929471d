"""An international or regional organisation."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from home.admin.record_panels import RowsPanel
from home.models import BasePage, RecordPage
from home.record_checks import Fault, Rows
from missions.models.checks import member_faults
from missions.models.choices import OrganisationKind, Standing
from missions.models.rows import Period, country_field


class OrganisationPage(RecordPage):
    """The United Nations, the African Union …: its names, its members, and what we are to it. The title is its name."""

    parent_page_types = ["missions.OrganisationIndexPage"]
    subpage_types: list[str] = []

    fact_fields = ("kind", "seat_country", "website", "founded_on", "standing", "standing_since")
    fact_relations = ("members",)
    translated_fields = ("acronym", "formal_name", "seat_city")

    acronym = models.CharField(
        _("acronym"), max_length=50, blank=True, help_text=_("In the language of this page: ONU, CARICOM.")
    )
    formal_name = models.CharField(
        _("formal name"), max_length=255, blank=True, help_text=_("Where it differs from the title.")
    )
    kind = models.CharField(
        _("kind"), max_length=15, choices=OrganisationKind.choices, help_text=_("How far it reaches.")
    )
    seat_city = models.CharField(
        _("city of the seat"), max_length=255, blank=True, help_text=_("In the language of this page.")
    )
    seat_country = country_field(_("Where its seat is."), verbose_name=_("country of the seat"))
    website = models.URLField(_("website"), blank=True, help_text=_("Its own, with https://."))
    founded_on = models.DateField(_("founded"), null=True, blank=True, help_text=_("The day it came into being."))
    standing = models.CharField(
        _("our standing"), max_length=10, blank=True, choices=Standing.choices, help_text=_("Empty: none.")
    )
    standing_since = models.DateField(
        _("since"), null=True, blank=True, help_text=_("The day from which our standing holds.")
    )

    content_panels = [
        *RecordPage.title_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("acronym"), FieldPanel("formal_name")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("founded_on")]),
                FieldRowPanel([FieldPanel("seat_city"), FieldPanel("seat_country")]),
                FieldRowPanel([FieldPanel("standing"), FieldPanel("standing_since")]),
                FieldPanel("website"),
            ],
            heading=_("Organisation"),
        ),
        FieldPanel("introduction"),
        BasePage.image_panel,
        FieldPanel("body"),
        RowsPanel("members", label=_("Member"), heading=_("Members")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("acronym"),
        index.SearchField("formal_name"),
        index.FilterField("kind"),
        index.FilterField("standing"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(fields=["locale_code", "record_key"], name="missions_organisation_key_per_locale")
        ]

    def column_faults(self) -> Iterator[Fault]:
        """A standing that began before the organisation, or the day of none."""
        if self.standing_since and not self.standing:
            yield Fault(_("Say what we are to it, too."), "standing_since")
        elif self.standing_since and self.founded_on and self.standing_since < self.founded_on:
            yield Fault(_("The organisation was founded after this."), "standing_since")

    def row_faults(self, rows: Rows) -> Iterator[Fault]:
        return member_faults(rows.get("members", ()))

    def get_search_head(self) -> list[str]:
        return [self.acronym, self.formal_name, self.seat_city]


class OrganisationMember(Orderable, Period):
    """A country that belongs to an organisation, from when until when."""

    page = ParentalKey(OrganisationPage, on_delete=models.CASCADE, related_name="members")
    country = models.ForeignKey(
        "regions.CountryPage",
        verbose_name=_("country"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Which country."),
    )
    standing = models.CharField(
        _("standing"),
        max_length=10,
        choices=Standing.choices,
        default=Standing.MEMBER,
        help_text=_("What the country is to the organisation."),
    )

    panels = [
        FieldRowPanel([FieldPanel("country"), FieldPanel("standing")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")
        indexes = [models.Index(fields=["country", "page"], name="missions_member_country")]
