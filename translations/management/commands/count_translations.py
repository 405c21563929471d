"""Count how far every translation is."""

from typing import Any

from django.core.management.base import BaseCommand

from translations.services.sources import source_texts_note_all
from translations.services.states import states_count_all


class Command(BaseCommand):
    help = "Notes what every live source says, and counts how far every translation is. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        noted = source_texts_note_all()
        counted = states_count_all()
        self.stdout.write(f"{noted} sources have changed since they were last noted; {counted} translations counted.")
