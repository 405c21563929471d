"""What the endpoint does when the content changes; connected when the app is ready."""

from typing import Any

from django.dispatch import receiver

from api.cache import answer_store
from api.cdn.purging import changes_purge_task
from home.services.content_changes import ContentChanges, content_rows_changed
from home.services.content_version import content_changed, content_changing


@receiver(content_changing, dispatch_uid="api.cache_change_begins")
def cache_change_begins(**kwargs: Any) -> None:
    """Readers of the shared cache look into the database until the change is over."""
    answer_store().change_begins()


@receiver(content_changed, dispatch_uid="api.cache_change_ends")
def cache_change_ends(**kwargs: Any) -> None:
    """The shared cache may tell the version again."""
    answer_store().change_ends()


@receiver(content_rows_changed, dispatch_uid="api.cdn_purged")
def cdn_purged(*, changes: ContentChanges, **kwargs: Any) -> None:
    """Caches in front of us forget what the change made old; the editor does not wait for them."""
    if changes != ContentChanges():
        changes_purge_task.enqueue(changes.as_json())
