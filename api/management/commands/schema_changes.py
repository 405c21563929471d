"""Check that the schema breaks no client of the last release."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api.schema import schema
from api.schema_changes import NoReleaseError, UnreadableReleaseError, breaking_changes, last_release

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = "api/schema.graphql"


class Command(BaseCommand):
    help = (
        "Compare the schema that the code serves with that of the last release (git tag v*); fail where clients break."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repository",
            type=Path,
            default=ROOT,
            help="The checkout to look at (default: this one).",
        )

    def handle(self, *args: Any, repository: Path, **options: Any) -> None:
        try:
            release = last_release(repository, SCHEMA)
            version = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
            changes = breaking_changes(release, schema.graphql_schema, version=version)
        except NoReleaseError as error:
            self.stdout.write(f"Not compared with a release: {error}.")
            return
        except UnreadableReleaseError as error:
            raise CommandError(str(error)) from error
        if changes:
            lines = "".join(f"\n- {change}" for change in changes)
            raise CommandError(
                f"Clients of {release.tag} would break; deprecate for one minor release what is to go:{lines}"
            )
        self.stdout.write(f"No client of {release.tag} breaks.")
