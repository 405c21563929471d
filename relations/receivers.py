"""What happens when a site is set up, and when it is filled with the demonstration. Thin: the work is in services."""

from collections.abc import Callable, Mapping
from typing import Any

from home.models import HomePage
from regions.services.demo.pages import DemoTrees
from regions.services.trees import index_pages_setup
from regions.signals import demo_loaded, demo_rows_made, site_set_up
from relations.models import AgreementIndexPage, EventIndexPage
from relations.services import demo


def index_pages_make(sender: Any, homes: list[HomePage], say: Callable[[str], None], **kwargs: Any) -> None:
    """Give each language the pages that hold those of this app."""
    index_pages_setup(models=[EventIndexPage, AgreementIndexPage], homes=homes, say=say)


def demo_rows_make(
    sender: Any, trees: Mapping[str, DemoTrees], report: Callable[[str, int], None], **kwargs: Any
) -> None:
    """The demonstration begins: make the rows of this app's records."""
    report("events and agreements", demo.demo_rows_load(trees=trees))


def demo_texts_write(sender: Any, trees: Mapping[str, DemoTrees], report: Callable[..., None], **kwargs: Any) -> None:
    """Everything of the demonstration has its place: write this app's records."""
    report("texts of events and agreements", demo.demo_texts_load(trees=trees), verb="written and published")


def register() -> None:
    """Connect the handlers; called once, when the apps are ready."""
    site_set_up.connect(index_pages_make, dispatch_uid="relations.index_pages")
    demo_rows_made.connect(demo_rows_make, dispatch_uid="relations.demo_rows")
    demo_loaded.connect(demo_texts_write, dispatch_uid="relations.demo_texts")
