"""What happens when editors publish. Thin: the work is in services."""

from typing import Any

from wagtail.signals import page_published

from regions.models import ContinentPage, CountryPage
from regions.services.mirroring import page_mirror, page_slug_follow


def counterparts_make(sender: type, instance: ContinentPage | CountryPage, **kwargs: Any) -> None:
    """Give a continent or country of the source locale its pages in the others, under the same slug."""
    page_mirror(page=instance)
    page_slug_follow(page=instance)


def register() -> None:
    """Connect the handlers; called once, when the apps are ready."""
    for model in (ContinentPage, CountryPage):
        page_published.connect(counterparts_make, sender=model, dispatch_uid=f"regions.counterparts.{model.__name__}")
