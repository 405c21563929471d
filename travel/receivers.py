"""What happens when a site is set up or filled with the demonstration, and when advice goes live. Thin."""

from collections.abc import Callable, Mapping
from typing import Any

from wagtail.signals import page_published

from home.models import HomePage
from regions.services.demo.pages import DemoTrees
from regions.services.trees import index_pages_setup
from regions.signals import demo_loaded, demo_rows_made, site_set_up
from travel.models import TravelAdviceIndexPage, TravelAdvicePage
from travel.services import demo


def index_pages_make(sender: Any, homes: list[HomePage], say: Callable[[str], None], **kwargs: Any) -> None:
    """Give each language the pages that hold those of this app."""
    index_pages_setup(models=[TravelAdviceIndexPage], homes=homes, say=say)


def advice_published(sender: Any, instance: TravelAdvicePage, revision: Any = None, **kwargs: Any) -> None:
    """Keep what was said, whichever way it was published."""
    from travel.services.changes import change_note_publication

    change_note_publication(page=instance, revision=revision)


def demo_rows_make(
    sender: Any, trees: Mapping[str, DemoTrees], report: Callable[[str, int], None], **kwargs: Any
) -> None:
    """The demonstration begins: make the rows of this app's records."""
    report("travel advice", demo.demo_rows_load(trees=trees))


def demo_texts_write(sender: Any, trees: Mapping[str, DemoTrees], report: Callable[..., None], **kwargs: Any) -> None:
    """Everything of the demonstration has its place: write this app's records."""
    report("texts of travel advice", demo.demo_texts_load(trees=trees), verb="written and published")


def register() -> None:
    """Connect the handlers; called once, when the apps are ready."""
    site_set_up.connect(index_pages_make, dispatch_uid="travel.index_pages")
    page_published.connect(advice_published, sender=TravelAdvicePage, dispatch_uid="travel.advice_published")
    demo_rows_made.connect(demo_rows_make, dispatch_uid="travel.demo_rows")
    demo_loaded.connect(demo_texts_write, dispatch_uid="travel.demo_texts")
