"""Whom and which organisations a news item is about: rows of the item, kept by this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from regions.models import NewsPage


class NewsPersonLink(Orderable):
    """A person that a news item is about."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="person_links")
    person = models.ForeignKey(
        "missions.PersonPage",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="news_links",
        help_text=_("Readers are told what the person was on that day, and whether that is past."),
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = _("person of a news item")
        verbose_name_plural = _("people of a news item")
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="missions_news_person_once")]


class NewsOrganisationLink(Orderable):
    """An organisation that a news item is about."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="organisation_links")
    organisation = models.ForeignKey(
        "missions.OrganisationPage",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="news_links",
        help_text=_("The item is listed on its page in every language."),
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = _("organisation of a news item")
        verbose_name_plural = _("organisations of a news item")
        constraints = [models.UniqueConstraint(fields=["page", "organisation"], name="missions_news_organisation_once")]
