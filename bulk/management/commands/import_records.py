"""Take missions, organisations, agreements or events in from a table."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from bulk.columns.types import RECORD_TYPES
from bulk.services.importing import ImportOptions, records_import
from bulk.services.report import ImportReport
from bulk.sheets import SheetError, SheetLimits
from bulk.sheets.reading import ENCODINGS, size_check

_EPILOG = """\
examples:
  manage.py import_records missions missions.xlsx --dry-run
  manage.py import_records events events.csv --delimiter ";" --encoding windows-1252 --map "Ville=place" --map "Note="

exit codes:
  0  imported, or a dry run that found nothing wrong
  1  refused: nothing was written, and the report says why, line by line
  2  the command line is wrong
"""


class Command(BaseCommand):
    """Thin: reads the options, calls the service and prints its report."""

    help = (
        "Import missions, organisations, agreements or events from CSV or XLSX: the whole file, or nothing and a "
        "report by line. Rows are found again by the column “key”; a second run changes nothing. See docs/bulk.md."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = _EPILOG
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("type", choices=list(RECORD_TYPES))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Show the same report and write nothing.")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="THEIRS=OURS",
            help="Read a column as one of ours; once for each. Without a name of ours it is left out.",
        )
        parser.add_argument("--delimiter", default="", help="What separates the cells of CSV; found out unless given.")
        parser.add_argument(
            "--encoding", default="", choices=["", *ENCODINGS], metavar="NAME", help=f"Of CSV: {', '.join(ENCODINGS)}."
        )
        parser.add_argument(
            "--over-drafts",
            action="store_true",
            help="Publish over entries that an editor has changed and not published.",
        )
        parser.add_argument(
            "--user", metavar="NAME", help="Import with this user's rights and in this user's name; without it, all."
        )
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, metavar="CODE", help="Of the report (%(default)s)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = None
        if options["user"]:
            user = get_user_model()._default_manager.filter(username=options["user"]).first()
            if user is None:
                raise CommandError(f"There is no user {options['user']!r}.")
        with translation.override(options["language"]):
            path: Path = options["file"]
            try:
                size_check(path.stat().st_size, SheetLimits.in_force())
                data = path.read_bytes()
            except (SheetError, OSError) as error:
                raise CommandError(str(error)) from error
            report = records_import(
                record_type=RECORD_TYPES[options["type"]],
                data=data,
                user=user,
                options=ImportOptions(
                    dry_run=options["dry_run"],
                    mapping=mapping_read(options["map"]),
                    encoding=options["encoding"],
                    delimiter={"\\t": "\t", "tab": "\t"}.get(options["delimiter"], options["delimiter"]),
                    over_drafts=options["over_drafts"],
                ),
            )
            self._write(report)

    def _write(self, report: ImportReport) -> None:
        for problem in report.problems:
            self.stderr.write(f"{problem.where()}: {problem.message}")
        if report.is_refused:
            raise CommandError(report.conclusion())
        self.stdout.write(report.conclusion())


def mapping_read(pairs: list[str]) -> dict[str, str]:
    """``Ville=city`` as a mapping; raise CommandError for what is no pair."""
    found = {}
    for pair in pairs:
        theirs, sign, ours = pair.rpartition("=")
        if not sign or not theirs.strip():
            raise CommandError(f"--map takes THEIRS=OURS, not {pair!r}.", returncode=2)
        found[theirs.strip()] = ours.strip()
    return found
