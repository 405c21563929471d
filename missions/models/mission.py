"""A diplomatic or consular mission: one of ours abroad, or one of others here."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.admin.record_panels import RowsPanel
from home.models import BasePage, RecordPage
from home.models.dates import date_truncated, ministry_today, precision_field
from home.record_checks import Fault, Rows
from missions.admin.hours import OpeningHoursPanel
from missions.admin.place import place_panel
from missions.models.checks import mission_row_faults, mission_status_faults
from missions.models.choices import (
    ClosureKind,
    MissionDirection,
    MissionKind,
    MissionStatus,
    ServiceKind,
    Weekday,
)
from missions.models.degrees import DegreesField
from missions.models.languages import validate_language_codes
from missions.models.rows import Period, country_field, one_of_clean, organisation_field
from missions.models.time_zones import validate_time_zone
from missions.schedules import status_on


class MissionPage(RecordPage):
    """A mission: where it is, whom it is accredited to, what it does for people and when, and who heads it."""

    parent_page_types = ["missions.MissionIndexPage"]
    subpage_types: list[str] = []

    fact_fields = (
        "direction",
        "kind",
        "host_country",
        "sending_country",
        "sending_organisation",
        "status",
        "status_since",
        "status_precision",
        "status_until",
        "address",
        "latitude",
        "longitude",
        "time_zone",
        "working_languages",
    )
    fact_relations = ("status_history", "accreditations", "contacts", "opening_hours", "appointments")
    translated_fields = ("city", "address_text", "district", "services", "closures")

    direction = models.CharField(
        _("direction"),
        max_length=10,
        choices=MissionDirection.choices,
        default=MissionDirection.ABROAD,
        help_text=_("Ours in another country, or that of another country or organisation here."),
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=MissionKind.choices, help_text=_("What sort of mission it is.")
    )
    host_country = country_field(
        _("Where one of ours stands; leave it empty for a mission here."), verbose_name=_("host country")
    )
    sending_country = country_field(_("Whose mission here it is."), verbose_name=_("sending country"))
    sending_organisation = organisation_field(
        _("Whose office here it is, when it is not a country’s."), verbose_name=_("sending organisation")
    )
    city = models.CharField(
        _("city"), max_length=255, blank=True, help_text=_("In the language of this page, for example Mexico.")
    )
    status = models.CharField(
        pgettext_lazy("mission", "status"),
        max_length=10,
        choices=MissionStatus.choices,
        default=MissionStatus.OPEN,
        help_text=_("Whether it is at work."),
    )
    status_since = models.DateField(
        _("since"),
        null=True,
        blank=True,
        help_text=_(
            "The day from which the status holds; one to come is announced, and the mission is open until then. "
            "Empty: not known."
        ),
    )
    status_precision = precision_field()
    status_until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day of a suspension; from the next one the mission counts as open. Empty: not known."),
    )
    address = models.TextField(
        pgettext_lazy("mission", "address"),
        blank=True,
        help_text=_("As letters are addressed there, in the language and form of the place."),
    )
    address_text = models.TextField(
        _("address in this language"), blank=True, help_text=_("For readers of this page; empty: the address above.")
    )
    district = models.TextField(
        _("consular district"), blank=True, help_text=_("Which provinces or countries it is responsible for, in words.")
    )
    latitude = DegreesField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees, north positive (WGS 84)."),
    )
    longitude = DegreesField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees, east positive (WGS 84)."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Of the IANA database, for example America/Mexico_City; opening hours need it."),
    )
    working_languages = models.CharField(
        _("working languages"),
        max_length=255,
        blank=True,
        validators=[validate_language_codes],
        help_text=_("ISO 639 codes with commas between them, for example fr, ar, es."),
    )

    content_panels = [
        *RecordPage.title_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("direction"), FieldPanel("kind")]),
                FieldPanel("host_country"),
                FieldRowPanel([FieldPanel("sending_country"), FieldPanel("sending_organisation")]),
                FieldPanel("city"),
                FieldPanel("working_languages"),
            ],
            heading=_("Mission"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_until")]),
                FieldRowPanel([FieldPanel("status_since"), FieldPanel("status_precision")]),
            ],
            heading=pgettext_lazy("mission", "Status"),
        ),
        RowsPanel("status_history", label=pgettext_lazy("mission", "Status"), heading=_("Earlier statuses")),
        FieldPanel("introduction"),
        place_panel(heading=_("Place")),
        RowsPanel("contacts", label=_("Contact"), heading=_("Telephones, addresses and links")),
        RowsPanel("services", label=_("Service"), heading=_("Services")),
        OpeningHoursPanel("opening_hours", label=_("Hours"), heading=_("Opening hours")),
        RowsPanel("closures", label=_("Closure"), heading=_("Holidays and closures")),
        RowsPanel("appointments", label=_("Appointment"), heading=_("Head of mission and staff")),
        RowsPanel("accreditations", label=_("Accreditation"), heading=_("Also accredited to")),
        FieldPanel("district"),
        BasePage.image_panel,
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("city"),
        index.FilterField("kind"),
        index.FilterField("direction"),
        index.FilterField("status"),
        index.FilterField("host_country_id"),
        index.FilterField("sending_country_id"),
    ]

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        constraints = [
            models.UniqueConstraint(fields=["locale_code", "record_key"], name="missions_mission_key_per_locale")
        ]
        indexes = [
            models.Index(fields=["locale_code", "host_country", "kind"], name="missions_mission_host"),
            models.Index(fields=["locale_code", "latitude", "longitude"], name="missions_mission_place"),
        ]

    @property
    def status_today(self) -> MissionStatus:
        """The status that holds today, by the ministry's calendar, of a page that keeps the facts."""
        day = ministry_today()
        return MissionStatus(status_on(status=self.status, since=self.status_since, until=self.status_until, day=day))

    def clean(self) -> None:
        """Keep no more of the date than is known, then validate as usual."""
        if self.status_since:
            self.status_since = date_truncated(self.status_since, self.status_precision)
        super().clean()

    def column_faults(self) -> Iterator[Fault]:
        """Where the two ends, the status and its days, or the coordinates, do not fit together."""
        yield from mission_status_faults(self)
        if self.direction == MissionDirection.ABROAD:
            if not self.host_country_id:
                yield Fault(_("A mission of ours stands in some country."), "host_country", missing=True)
            for name in ("sending_country", "sending_organisation"):
                if getattr(self, f"{name}_id"):
                    yield Fault(_("A mission of ours is sent by us."), name)
        else:
            if self.host_country_id:
                yield Fault(_("A mission here stands in our own country."), "host_country")
            given = bool(self.sending_country_id) + bool(self.sending_organisation_id)
            if given != 1:
                message = _("Name the country or the organisation that sends it, one of them.")
                yield Fault(message, "sending_country", missing=not given)
        if (self.latitude is None) != (self.longitude is None):
            name = "latitude" if self.latitude is None else "longitude"
            yield Fault(_("A place has both coordinates, or none."), name)
        for name in ("latitude", "longitude"):
            value = getattr(self, name)
            if isinstance(value, float) and not isfinite(value):
                yield Fault(_("This is no number of degrees."), name)

    def row_faults(self, rows: Rows) -> Iterator[Fault]:
        return mission_row_faults(self, rows)

    def get_face(self, *, facts: Any, gate: Any) -> dict[str, Any]:
        from missions.selectors.plain_face import mission_face

        return mission_face(mission=self, facts=facts, gate=gate)

    def get_search_head(self) -> list[str]:
        return [self.city, self.address, self.address_text, self.district]


class MissionAccreditation(Orderable, Period):
    """A country or organisation that a mission is accredited to besides its host, for some time."""

    page = ParentalKey(MissionPage, on_delete=models.CASCADE, related_name="accreditations")
    country = country_field(_("A country where it does not reside."))
    organisation = organisation_field(_("An organisation."))

    panels = [
        FieldRowPanel([FieldPanel("country"), FieldPanel("organisation")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")

    def clean(self) -> None:
        """Raise ValidationError unless it names one country or one organisation."""
        super().clean()
        one_of_clean(self, ("country", "organisation"))


class MissionService(TranslatableMixin, Orderable):
    """Something that a mission does for people. The conditions are translated; the rest is read from the source."""

    page = ParentalKey(MissionPage, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(_("service"), max_length=20, choices=ServiceKind.choices, help_text=_("Each once."))
    conditions = models.TextField(
        _("conditions"), blank=True, help_text=_("For whom, with which papers, at what price, in this language.")
    )
    booking_url = models.URLField(_("booking link"), blank=True, help_text=_("Where an appointment is made."))

    translatable_fields = [
        TranslatableField("conditions"),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("booking_url", overridable=False),
    ]
    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("booking_url")]), FieldPanel("conditions")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [models.UniqueConstraint(fields=["page", "kind"], name="missions_service_once")]


class MissionOpening(Orderable):
    """Hours of one day of the week, by the clock of the mission's time zone; of one service, or of the mission.

    ``closes`` at 00:00 means the end of the day. Hours past midnight are two rows.
    """

    page = ParentalKey(MissionPage, on_delete=models.CASCADE, related_name="opening_hours")
    service = models.CharField(
        _("service"),
        max_length=20,
        blank=True,
        choices=ServiceKind.choices,
        help_text=_("Empty: the mission, and every service without hours of its own."),
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices, help_text=_("Day of the week."))
    opens = models.TimeField(_("opens"), help_text=_("For example 09:00."))
    closes = models.TimeField(_("closes"), help_text=_("For example 12:30; 00:00 is midnight, the end of the day."))

    panels = [FieldRowPanel([FieldPanel("service"), FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta(Orderable.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        indexes = [models.Index(fields=["weekday", "opens", "page"], name="missions_opening_times")]

    def clean(self) -> None:
        """Raise ValidationError for hours that end before they begin."""
        super().clean()
        if self.opens is None or self.closes is None:
            return
        ends_at_midnight = not (self.closes.hour or self.closes.minute)
        if self.closes <= self.opens and not ends_at_midnight:
            raise ValidationError({"closes": _("This is before the opening. Hours past midnight are two rows.")})


class MissionClosure(TranslatableMixin, Orderable):
    """Days on which a mission is closed, both included. The reason is translated; the rest is read from the source."""

    page = ParentalKey(MissionPage, on_delete=models.CASCADE, related_name="closures")
    starts_on = models.DateField(_("first day"), help_text=_("The first day on which it is closed."))
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Included; empty: that one day."))
    kind = models.CharField(
        _("kind"),
        max_length=15,
        choices=ClosureKind.choices,
        default=ClosureKind.PUBLIC_HOLIDAY,
        help_text=_("A holiday of the calendar, or a closure for some other reason."),
    )
    reason = models.CharField(
        _("reason"), max_length=255, blank=True, help_text=_("The name of the holiday, or why, in this language.")
    )

    translatable_fields = [
        TranslatableField("reason"),
        *(SynchronizedField(name, overridable=False) for name in ("starts_on", "ends_on", "kind")),
    ]
    panels = [
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("kind")]),
        FieldPanel("reason"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        indexes = [models.Index(fields=["page", "starts_on"], name="missions_closure_days")]

    def clean(self) -> None:
        """Raise ValidationError for a closure that ends before it begins."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("This is before the first day.")})
