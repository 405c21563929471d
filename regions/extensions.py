"""What apps above may add to the pages of this one: rows of a news item that those apps keep."""

from wagtail.admin.panels import Panel

from regions.models import NewsPage


def news_panel_add(panel: Panel) -> None:
    """Show one more panel when a news item is edited; called while the apps get ready, before any form is made."""
    NewsPage.content_panels.append(panel)
