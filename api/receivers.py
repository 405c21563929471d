"""What the endpoint does when the content changes; connected when the app is ready."""

from typing import Any

from django.dispatch import receiver

from api.cache.stores import writing_begins, writing_ends
from home.services.content_version import content_changed, content_changing


@receiver(content_changing, dispatch_uid="api.cache_writing_begins")
def cache_writing_begins(**kwargs: Any) -> None:
    """Readers of the shared cache look into the database until the change is told."""
    writing_begins()


@receiver(content_changed, dispatch_uid="api.cache_writing_ends")
def cache_writing_ends(**kwargs: Any) -> None:
    """The shared cache may tell the version again."""
    writing_ends()
