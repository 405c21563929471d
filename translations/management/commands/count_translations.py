"""Count how far every translation is."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Page

from translations.services.sources import source_text_note
from translations.services.states import states_count_all


class Command(BaseCommand):
    help = "Notes what every live source says, and counts how far every translation is. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        sources = Page.objects.live().filter(
            locale__language_code=settings.DIWAN_SOURCE_LOCALE, alias_of=None, depth__gt=1
        )
        noted = sum(source_text_note(instance=page) for page in sources.specific().iterator(chunk_size=200))
        counted = states_count_all()
        self.stdout.write(f"{noted} sources have changed since they were last noted; {counted} translations counted.")
