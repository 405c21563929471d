"""Take files of translations in."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from translations.exchange.errors import ExchangeError
from translations.exchange.report import Report
from translations.services.exchange import ImportOptions, exchange_import, size_check

_EPILOG = """\
examples:
  manage.py import_translations ar.zip --dry-run
  manage.py import_translations ar.zip --user leila --partial

exit codes:
  0  imported, or a dry run that found nothing wrong
  1  refused: nothing was written, and the report says why
  2  the command line is wrong
"""


class Command(BaseCommand):
    """Thin: reads the options, calls the service and prints its report."""

    help = (
        "Import translations from an XLIFF 1.2, XLIFF 2 or PO file or a zip of them: all of it, or nothing and a "
        "report that names each text that does not fit. Pages are not published. See docs/translation.md."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = _EPILOG
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Show the same report and write nothing.")
        parser.add_argument("--partial", action="store_true", help="Leave out what does not fit and take the rest.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Replace translations that were changed after the file was made."
        )
        parser.add_argument(
            "--user", metavar="NAME", help="Import with this user's rights and in this user's name; without it, all."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        user = None
        if options["user"]:
            user = get_user_model()._default_manager.filter(username=options["user"]).first()
            if user is None:
                raise CommandError(f"There is no user {options['user']!r}.")
        try:
            size_check(path.stat().st_size)
            data = path.read_bytes()
        except (ExchangeError, OSError) as error:
            raise CommandError(str(error)) from error
        settings = ImportOptions(dry_run=options["dry_run"], partial=options["partial"], overwrite=options["overwrite"])
        report = exchange_import(name=path.name, data=data, user=user, options=settings)
        self._write(report)
        if report.is_refused:
            raise CommandError(report.conclusion())
        self.stdout.write(report.conclusion())

    def _write(self, report: Report) -> None:
        for page in report.pages:
            self.stdout.write(f"{page.name}: {page.summary()}")
            for line in page.lines:
                where = f"“{line.segment}” ({line.path}): " if line.segment else ""
                self.stdout.write(f"  {line.level}: {where}{line.message}")
            if page.more:
                self.stdout.write(f"  and {page.more} more")
