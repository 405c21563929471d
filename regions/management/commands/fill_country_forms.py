"""Fill the forms of countries' names on a site that was set up before they were there."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from regions.services.country_forms import country_forms_fill


class Command(BaseCommand):
    """Thin: reads the option, calls the service and tells what it did."""

    help = (
        "Write the known forms of countries' names (name in a sentence, “in the country”, inhabitants, adjective) into "
        "fields that are empty, in pages and their drafts. Fields that hold something are never changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Show the same report and write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        filled = country_forms_fill(dry_run=options["dry_run"])
        if options["verbosity"]:
            for page in filled:
                forms = "; ".join(f"{field}: {form}" for field, form in page.forms.items())
                self.stdout.write(f"{page.locale_code} {page.code} {page.title}: {forms}")
        count = "1 page" if len(filled) == 1 else f"{len(filled)} pages"
        self.stdout.write(f"{count} would be filled." if options["dry_run"] else f"{count} filled.")
