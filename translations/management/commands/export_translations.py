"""Write translations to a file for translation tools."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale

from translations.exchange.errors import ExchangeError
from translations.exchange.units import Format
from translations.models import TranslationState
from translations.selectors.exchange import record_list
from translations.services.exchange_export import exchange_export


class Command(BaseCommand):
    """Thin: reads the options, calls the service and writes the file."""

    help = (
        "Write the translations into one language that are under way: one page as a file of its own, several as a zip "
        "with a manifest. See docs/translation.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--locale", required=True, help="The language translated into: ar, es.")
        parser.add_argument("--format", choices=[form.value for form in Format], default=Format.XLIFF21.value)
        parser.add_argument(
            "--pages", type=int, nargs="+", metavar="ID", help="Pages of either language; without it, everything."
        )
        parser.add_argument(
            "--status", nargs="+", choices=TranslationState.Status.values, help="Only translations that are so far."
        )
        parser.add_argument("--output", type=Path, required=True, help="The file to write.")
        parser.add_argument("--zip", action="store_true", help="Make a zip of a single page too.")

    def handle(self, *args: Any, **options: Any) -> None:
        locale = Locale.objects.filter(language_code=options["locale"]).first()
        if locale is None:
            raise CommandError(f"There is no language {options['locale']!r}.")
        records = record_list(locale=locale, pages=options["pages"], statuses=options["status"])
        output: Path = options["output"]
        try:
            export = exchange_export(records=records, form=Format(options["format"]), as_archive=options["zip"])
            output.write_bytes(export.data)
        except (ExchangeError, OSError) as error:
            raise CommandError(str(error)) from error
        for record in export.missing:
            self.stderr.write(f"left out, its page was deleted: {record.source.object_repr}")
        self.stdout.write(f"{output}: {len(records) - len(export.missing)} translations")
