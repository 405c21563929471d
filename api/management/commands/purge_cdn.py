"""Purges the caches in front of Diwan by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from api.cache.tags import EVERYTHING
from api.cdn.purging import tag_backends, tags_purge


class Command(BaseCommand):
    """Sends the purge at once and waits for the answer, so that it shows whether the settings are right."""

    help = "Have the CDN forget every answer of Diwan, or those with one of the tags given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tags", nargs="*", default=[], help="Tags as the header Cache-Tag has them; none: all.")

    def handle(self, *args: Any, **options: Any) -> None:
        backends = tag_backends()
        if not backends:
            raise CommandError("No cache is configured: PURGE_CDN is not set.")
        tags = options["tags"] or [EVERYTHING]
        failed = tags_purge(tags)
        for name in backends:
            if name not in failed:
                self.stdout.write(f"{name}: purged {' '.join(tags)}")
        if failed:
            raise CommandError("; ".join(f"{name} could not be purged: {error}" for name, error in failed.items()))
