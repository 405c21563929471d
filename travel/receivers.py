"""What happens when a site is set up, and when advice goes live. Thin: the work is in services."""

from collections.abc import Callable
from typing import Any

from wagtail.signals import page_published

from home.models import HomePage
from regions.services.trees import index_pages_setup
from regions.signals import site_set_up
from travel.models import TravelAdviceIndexPage, TravelAdvicePage


def index_pages_make(sender: Any, homes: list[HomePage], say: Callable[[str], None], **kwargs: Any) -> None:
    """Give each language the pages that hold those of this app."""
    index_pages_setup(models=[TravelAdviceIndexPage], homes=homes, say=say)


def advice_published(sender: Any, instance: TravelAdvicePage, revision: Any = None, **kwargs: Any) -> None:
    """Keep what was said, whichever way it was published."""
    from travel.services.changes import change_note_publication

    change_note_publication(page=instance, revision=revision)


def register() -> None:
    """Connect the handlers; called once, when the apps are ready."""
    site_set_up.connect(index_pages_make, dispatch_uid="travel.index_pages")
    page_published.connect(advice_published, sender=TravelAdvicePage, dispatch_uid="travel.advice_published")
