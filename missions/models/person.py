"""Somebody who holds, or held, an office."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.admin.record_panels import RowsPanel
from home.models import BasePage, RecordPage
from home.record_checks import Fault, Rows
from missions.models.checks import office_faults
from missions.models.choices import OfficeKind
from missions.models.rows import Period, at_most_one_clean, country_field, organisation_field


class PersonPage(RecordPage):
    """A person by name, with the offices held. The title is the name, in the script of the page's language.

    Posts at missions are kept with the mission (``MissionAppointment``).
    """

    parent_page_types = ["missions.PersonIndexPage"]
    subpage_types: list[str] = []

    fact_fields = ("nationality",)
    translated_fields = ("courtesy_title", "offices")

    courtesy_title = models.CharField(
        _("form of address"), max_length=100, blank=True, help_text=_("Before the name: S. M. le Roi, Mme, H.E.")
    )
    nationality = country_field(
        _("Whose country’s offices; empty: our own."), verbose_name=_("country"), related_name="people"
    )

    content_panels = [
        *RecordPage.title_panels,
        MultiFieldPanel([FieldPanel("courtesy_title"), FieldPanel("nationality")], heading=_("Person")),
        FieldPanel("introduction"),
        BasePage.image_panel,
        RowsPanel("offices", label=_("Office"), heading=_("Offices held")),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.FilterField("nationality_id")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["locale_code", "record_key"], name="missions_person_key_per_locale")
        ]

    def row_faults(self, rows: Rows) -> Iterator[Fault]:
        return office_faults(rows.get("offices", ()))

    def get_face(self, *, facts: Any, gate: Any) -> dict[str, Any]:
        from missions.selectors.plain_face import person_face
        from regions.extensions import face_sections

        face = person_face(person=self, facts=facts, gate=gate)
        return {**face, "sections": face_sections(page=self, gate=gate)}


class PersonOffice(TranslatableMixin, Orderable, Period):
    """An office that somebody held. The title is translated; the rest is read from the source."""

    page = ParentalKey(PersonPage, on_delete=models.CASCADE, related_name="offices")
    kind = models.CharField(_("office"), max_length=20, choices=OfficeKind.choices, help_text=_("What sort of office."))
    title = models.CharField(
        _("title"), max_length=255, blank=True, help_text=_("In full, in this language; empty: the name of its kind.")
    )
    country = country_field(_("Of which country; empty: our own, or an organisation’s."))
    organisation = organisation_field(_("Of which organisation."))

    translatable_fields = [
        TranslatableField("title"),
        *(
            SynchronizedField(name, overridable=False)
            for name in ("kind", "country", "organisation", "starts_on", "ends_on")
        ),
    ]
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("country"), FieldPanel("organisation")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")

    def clean(self) -> None:
        """Raise ValidationError for an office of a country and of an organisation at once."""
        super().clean()
        # Translations repeat facts that nobody reads or edits there.
        if self.locale_id is None or self.locale.language_code == settings.DIWAN_SOURCE_LOCALE:
            at_most_one_clean(self, ("country", "organisation"))
