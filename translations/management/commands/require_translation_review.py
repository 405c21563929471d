"""Have translations published by review alone, on a site that was set up before there were reviews."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from translations.services.review_setup import review_adopt


class Command(BaseCommand):
    """Thin: reads the option, calls the service, prints what it did."""

    help = (
        "Take the right to publish from the groups of translators and have news in their languages follow the review "
        "of translations. Run setup_site first, and put people into the groups of reviewers and editors."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        done = review_adopt(dry_run=options["dry_run"])
        for name in done.groups:
            self.stdout.write(f"{name}: no longer publishes")
        for path in done.indexes:
            self.stdout.write(f"{path}: follows the review of translations")
        if done.assigning:
            self.stdout.write("Moderators: may assign translations")
        if not done:
            self.stdout.write("nothing to change")
        elif options["dry_run"]:
            self.stdout.write("dry run: nothing was changed")
