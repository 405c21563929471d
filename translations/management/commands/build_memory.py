"""Fill the translation memory."""

from typing import Any

from django.core.management.base import BaseCommand

from translations.services.memory import memory_record_all


class Command(BaseCommand):
    help = (
        "Puts every translated text into the translation memory, those of texts that no page has any more too. Safe to "
        "run at any time; needed once on a site that was translated before there was a memory."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stored = memory_record_all()
        if options["verbosity"]:
            self.stdout.write(f"{stored.created} texts are new in the memory; {stored.changed} known ones changed.")
