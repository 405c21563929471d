"""What follows from a page being published; connected when the app is ready."""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from home.models import BasePage
from home.services.embeds import embeds_missing, page_video_urls
from home.tasks import embeds_store_task


@receiver(page_published, dispatch_uid="home.embeds_after_publishing")
def embeds_after_publishing(*, instance: Any, **kwargs: Any) -> None:
    """Have the videos of the page looked up in the background."""
    if not isinstance(instance, BasePage):
        return
    urls = page_video_urls(page=instance)
    missing = embeds_missing(urls=urls) if urls else []
    if missing:
        transaction.on_commit(partial(embeds_store_task.enqueue, missing))
