"""Panels for the pages of this app, and those that it adds to news."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel

from regions.extensions import news_panel_add


def news_panels_add() -> None:
    """Let editors say whom and which organisations a news item is about."""
    news_panel_add(InlinePanel("person_links", label=_("Person"), heading=_("People")))
    news_panel_add(InlinePanel("organisation_links", label=_("Organisation"), heading=_("Organisations")))
