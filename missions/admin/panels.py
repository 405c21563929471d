"""Panels for the pages of this app, and those that it adds to news."""

from django.utils.translation import gettext_lazy as _

from home.admin.record_panels import RowsPanel
from regions.extensions import news_panel_add


def news_panels_add() -> None:
    """Let editors say whom and which organisations a news item is about."""
    news_panel_add(RowsPanel("person_links", label=_("Person"), heading=_("People")))
    news_panel_add(RowsPanel("organisation_links", label=_("Organisation"), heading=_("Organisations")))
