"""``make messages`` and ``make messages-check``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms import catalogues
from cms.env import BASE_DIR


class Command(BaseCommand):
    help = "Collect interface texts into locale/*/LC_MESSAGES/django.po and compile them; or check that this was done."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when a catalogue is not right.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            found = list(catalogues.problems())
            if found:
                raise CommandError("\n".join([*found, "Run make messages, then translate what is new."]))
            self.stdout.write(f"Catalogues are complete and current: {', '.join(catalogues.languages())}")
            return
        for path in catalogues.catalogues_update():
            self.stdout.write(f"wrote {path.relative_to(BASE_DIR)}")
