"""Write the schema that the code serves to ``api/schema.graphql``, or check that the file is that schema."""

from argparse import ArgumentParser
from difflib import unified_diff
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from graphql import lexicographic_sort_schema, print_schema

from api.schema import schema

PATH = Path(__file__).resolve().parents[2] / "schema.graphql"


class Command(BaseCommand):
    help = "Write api/schema.graphql, or check with --check that it is up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail with the differences when the file is stale."
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        # Sorted, so that the order of imports never shows in a diff.
        text = print_schema(lexicographic_sort_schema(schema.graphql_schema)) + "\n"
        stored = PATH.read_text(encoding="utf-8") if PATH.exists() else ""
        if not check:
            PATH.write_text(text, encoding="utf-8")
            self.stdout.write(f"api/{PATH.name}: {len(text.splitlines())} lines")
            return
        if stored != text:
            difference = unified_diff(
                stored.splitlines(), text.splitlines(), "api/schema.graphql", "the schema served", lineterm="", n=2
            )
            self.stdout.write("\n".join(difference))
            raise CommandError("api/schema.graphql is not the schema that the code serves: run make schema.")
