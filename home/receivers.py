"""What follows from pages being saved or published, and connections opened; connected when the app is ready."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, post_save, pre_delete, pre_migrate
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed

from home.language.collation import collation_compare, collation_name
from home.localize.aliases import alias_slug_follow
from home.localize.schedule import schedule_follow, schedule_withdraw
from home.models import BasePage
from home.services import content_version
from home.services.embeds import embeds_missing, page_video_urls
from home.services.search_index import search_entry_follow
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


@receiver(page_published, dispatch_uid="home.schedule_after_publishing")
def schedule_after_publishing(*, instance: Page, **kwargs: Any) -> None:
    """Have the translations of a page keep to its dates; the signal tells of what goes live later, too."""
    if not instance.alias_of_id:
        schedule_follow(source=instance)


@receiver(pre_delete, sender=Page, dispatch_uid="home.schedule_before_deleting")
def schedule_before_deleting(*, instance: Page, **kwargs: Any) -> None:
    """Leave no translation that goes live by itself when a page is gone that never was public."""
    schedule_withdraw(source=instance)


@receiver(post_save, dispatch_uid="home.search_entry_after_saving")
def search_entry_after_saving(*, instance: Any, update_fields: Any, raw: bool, **kwargs: Any) -> None:
    """Keep the entry of a page in the public search; its deletion takes the entry along."""
    if isinstance(instance, Page) and not raw:
        search_entry_follow(page=instance, update_fields=update_fields)


@receiver(page_slug_changed, dispatch_uid="home.aliases_after_renaming")
def aliases_after_renaming(*, instance: Page, **kwargs: Any) -> None:
    """Have the aliases in other languages keep the address of the page that they show."""
    alias_slug_follow(page=instance)


@receiver(connection_created, dispatch_uid="home.collations_of_sqlite")
def collations_of_sqlite(*, connection: Any, **kwargs: Any) -> None:
    """Give SQLite the orders of names that PostgreSQL has, under the same names."""
    if connection.vendor == "sqlite":
        for code in dict(settings.LANGUAGES) | dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES):
            connection.connection.create_collation(collation_name(code), partial(collation_compare, locale=code))


@receiver(connection_created, dispatch_uid="home.content_version_watches")
def content_version_watches(*, connection: Any, **kwargs: Any) -> None:
    """See every write that passes the connection."""
    content_version.watch(connection)


@receiver(pre_migrate, dispatch_uid="home.content_version_stops")
def content_version_stops(*, using: str, **kwargs: Any) -> None:
    """Leave the database alone while it is migrated."""
    content_version.migration_starts(using)


@receiver(post_migrate, dispatch_uid="home.content_version_starts")
def content_version_starts(*, sender: Any, using: str, **kwargs: Any) -> None:
    """Watch the migrated database again; the signal comes once for each app."""
    if sender.label == "home":
        content_version.migration_ends(using)
