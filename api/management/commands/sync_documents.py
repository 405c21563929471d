"""Register the documents that a frontend ships, so that clients may ask for them by id."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api.cdn.purging import everything_purge_later
from api.persisted.sync import Report, documents_sync
from api.persisted.trusted import SECONDS
from api.schema import schema


def _days(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 36_500:
        raise ArgumentTypeError("a number of days, at least 1")
    return int(text)


def _client(text: str) -> str:
    if not 0 < len(text) <= 60 or not text.isprintable():
        raise ArgumentTypeError("a name of at most 60 characters")
    return text


class Command(BaseCommand):
    help = (
        "Register the documents below a folder: manifests of relay-compiler, graphql-codegen and Apollo, and *.graphql "
        "files. Each is checked against the schema and the limits; one that fails, and nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="The folder that the frontend's build wrote.")
        parser.add_argument(
            "--client", type=_client, default="default", help="The frontend that ships them (default: %(default)s)."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and write nothing.")
        parser.add_argument(
            "--replace", action="store_true", help="Let ids of this client that are no hashes have another text."
        )
        parser.add_argument(
            "--prune", type=_days, metavar="DAYS", help="Remove what this client last shipped more than DAYS days ago."
        )

    def handle(
        self, *args: Any, folder: Path, client: str, dry_run: bool, replace: bool, prune: int | None, **options: Any
    ) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        report = documents_sync(
            folder,
            schema=schema.graphql_schema,
            client=client,
            replace=replace,
            prune_days=prune,
            dry_run=dry_run,
        )
        self._tell(report)
        if report.problems:
            raise CommandError(f"{len(report.problems)} of the documents or files cannot be registered: nothing was.")
        if not report.files:
            raise CommandError(f"There is no *.json, *.graphql or *.gql file below {folder}.")
        states = [accepted.state for accepted in report.accepted]
        # Until then processes may answer by the old text, and what they say may be kept by a CDN.
        if "changed" in states and not dry_run and everything_purge_later(2 * SECONDS):
            self.stdout.write(f"The CDN forgets everything in {2 * SECONDS} seconds: a text was replaced.")
        counts = f"{states.count('new')} new, {states.count('changed')} changed, {states.count('known')} known"
        verb = "would be registered" if dry_run else "registered"
        self.stdout.write(f"{len(states)} documents {verb} for {client!r}: {counts}; {len(report.pruned)} removed.")

    def _tell(self, report: Report) -> None:
        for accepted in report.accepted:
            shipped = accepted.shipped
            about = f"{accepted.operations}  cost {accepted.cost:,}  {shipped.source}"
            self.stdout.write(f"{accepted.state:7} {shipped.document_id}  {about}")
        for document_id in report.pruned:
            self.stdout.write(f"removed {document_id}")
        for problem in report.problems:
            name = f"{problem.document_id}  " if problem.document_id else ""
            self.stderr.write(f"REFUSED {name}{problem.source}: {problem.message}")
