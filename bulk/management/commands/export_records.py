"""Write missions, organisations, agreements or events as a table, or the directory of missions for other programs."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from bulk.columns.types import RECORD_TYPES
from bulk.services.exporting import FORMATS, records_export

_DIRECTORY = ("geojson", "vcard", "ics")


class Command(BaseCommand):
    """Thin: calls the service and writes its file."""

    help = (
        "Write all missions, organisations, agreements or events as CSV or XLSX, which import_records reads as "
        "unchanged; or the public directory of missions as GeoJSON, vCard, or its closures as iCalendar."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("type", choices=list(RECORD_TYPES))
        parser.add_argument("--format", choices=[*FORMATS, *_DIRECTORY], default="csv", help="Of the file (csv).")
        parser.add_argument("--output", type=Path, required=True, help="The file; - for the standard output.")
        parser.add_argument("--delimiter", default=",", help="What separates the cells of CSV (,).")
        parser.add_argument(
            "--locale",
            default=settings.DIWAN_SOURCE_LOCALE,
            choices=list(dict(settings.LANGUAGES)),
            help="Whose texts geojson, vcard and ics have (%(default)s).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        form: str = options["format"]
        if form in _DIRECTORY and options["type"] != "missions":
            raise CommandError(f"{form} is a format of missions alone.", returncode=2)
        if form in _DIRECTORY:
            data = self._directory(form, options["locale"])
        else:
            with translation.override(options["locale"]):
                data = records_export(
                    record_type=RECORD_TYPES[options["type"]], form=form, delimiter=options["delimiter"]
                )
        path: Path = options["output"]
        if str(path) == "-":
            sys.stdout.buffer.write(data)
            return
        try:
            path.write_bytes(data)
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: {len(data)} bytes")

    def _directory(self, form: str, locale: str) -> bytes:
        from bulk.directory.files import directory_file

        return directory_file(form=form, locale=locale)
