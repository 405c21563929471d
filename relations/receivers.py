"""What happens when a site is set up. Thin: the work is in services."""

from collections.abc import Callable
from typing import Any

from home.models import HomePage
from regions.services.trees import index_pages_setup
from regions.signals import site_set_up
from relations.models import AgreementIndexPage, EventIndexPage


def index_pages_make(sender: Any, homes: list[HomePage], say: Callable[[str], None], **kwargs: Any) -> None:
    """Give each language the pages that hold those of this app."""
    index_pages_setup(models=[EventIndexPage, AgreementIndexPage], homes=homes, say=say)


def register() -> None:
    """Connect the handlers; called once, when the apps are ready."""
    site_set_up.connect(index_pages_make, dispatch_uid="relations.index_pages")
