"""Import a page of the old portal, saved as text."""

import datetime
import json
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from regions.legacy.reading import ENCODINGS
from regions.services.legacy_import import LegacyImportError, legacy_page_import

_EPILOG = """\
examples:
  manage.py import_legacy_page amerique.txt --locale fr --continent 019 --dry-run
  manage.py import_legacy_page amerique.txt --locale fr --continent 019 --publish --date 2017-06-30

exit codes:
  0  imported, or nothing to do; the report says what became of each line
  1  refused: the reason is on standard error and nothing was written
  2  the command line is wrong
"""


def day(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ArgumentTypeError(f"{value!r} is no day of the calendar written YYYY-MM-DD") from None


class Command(BaseCommand):
    """Thin: reads the options, calls the service and prints its report."""

    help = (
        "Create or update a continent's page and its news from a page of the old portal that was saved as text. "
        "A second run changes nothing, and a page that an editor changed is kept. See docs/importing.md."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = _EPILOG
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The saved page.")
        parser.add_argument("--locale", required=True, help="The page's language: fr, ar, es.")
        parser.add_argument("--continent", required=True, help="UN M49 code of the page's continent, such as 019.")
        parser.add_argument("--publish", action="store_true", help="Put the pages live; without it they are drafts.")
        parser.add_argument("--date", type=day, help="YYYY-MM-DD, the date of all items that have none.")
        parser.add_argument("--dry-run", action="store_true", help="Show the same report and write nothing.")
        parser.add_argument("--encoding", choices=list(ENCODINGS), help="Read the file so instead of detecting it.")
        parser.add_argument(
            "--recreate-deleted", action="store_true", help="Make items again that editors deleted after an import."
        )
        parser.add_argument(
            "--allow-shorter",
            action="store_true",
            help="Import a file that says less than the copy imported before, instead of refusing it as cut off.",
        )
        parser.add_argument(
            "--create-events",
            action="store_true",
            help="Make records, as drafts or live as the rest, of the events named in the page that have none.",
        )
        parser.add_argument("--report", choices=["text", "json"], default="text", help="How to write the report.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = legacy_page_import(
                path=options["file"],
                locale_code=options["locale"],
                continent_code=options["continent"],
                publish=options["publish"],
                date=options["date"],
                dry_run=options["dry_run"],
                encoding=options["encoding"],
                recreate_deleted=options["recreate_deleted"],
                allow_shorter=options["allow_shorter"],
                create_events=options["create_events"],
            )
        except LegacyImportError as error:
            raise CommandError(str(error)) from error
        if options["report"] == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(report.as_text())
