"""What happens when editors publish or rename. Thin: the work is in services."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.signals import page_published

from home.tasks import search_entries_refresh_task
from regions.models import ContinentPage, CountryPage, NewsKind, SubRegion
from regions.selectors.listings import page_ids_named_after
from regions.services.mirroring import page_mirror, page_slug_follow


def counterparts_make(sender: type, instance: ContinentPage | CountryPage, **kwargs: Any) -> None:
    """Give a continent or country of the source locale its pages in the others, under the same slug."""
    # The signal tells of what goes live later, too: nothing of it is public before.
    if instance.live:
        page_mirror(page=instance)
        page_slug_follow(page=instance)


def search_follows_names(sender: type, instance: NewsKind | SubRegion, created: bool, **kwargs: Any) -> None:
    """Have pages found by the new name of their kind or sub-region. There may be thousands: nobody waits for it."""
    ids = [] if created else page_ids_named_after(row=instance)
    if ids:
        transaction.on_commit(partial(search_entries_refresh_task.enqueue, ids))


def register() -> None:
    """Connect the handlers; called once, when the apps are ready."""
    for model in (ContinentPage, CountryPage):
        page_published.connect(counterparts_make, sender=model, dispatch_uid=f"regions.counterparts.{model.__name__}")
    for model in (NewsKind, SubRegion):
        post_save.connect(search_follows_names, sender=model, dispatch_uid=f"regions.search.{model.__name__}")
