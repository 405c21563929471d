"""What follows from a site being set up, and from pages being reviewed and published. Thin: the work is in services."""

from collections.abc import Callable, Sequence
from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published

from home.models import HomePage
from regions.signals import site_set_up
from translations import notifiers
from translations.services.assignments import assignment_complete
from translations.services.review_setup import review_setup_all


def reviews_set_up(*, homes: Sequence[HomePage], say: Callable[[str], None], **kwargs: Any) -> None:
    made = review_setup_all(homes=homes)
    say(f"review of translations: {'set up for ' + ', '.join(made) if made else 'as it was'}")


def assignment_completed(*, instance: Page, **kwargs: Any) -> None:
    assignment_complete(page=instance)


def register() -> None:
    """Connect the handlers; called once, when the apps are ready."""
    site_set_up.connect(reviews_set_up, dispatch_uid="translations.reviews_set_up")
    page_published.connect(assignment_completed, dispatch_uid="translations.assignment_completed")
    notifiers.register()
