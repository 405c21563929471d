"""The schema as files: the committed SDL and the introspection JSON of graphene-django's command."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from graphql import build_client_schema, build_schema, lexicographic_sort_schema, print_schema


def test_introspection_json_is_the_committed_schema(tmp_path: Path) -> None:
    out = tmp_path / "schema.json"
    call_command("graphql_schema", out=str(out), verbosity=0)

    served = build_client_schema(json.loads(out.read_text(encoding="utf-8"))["data"])
    committed = build_schema((Path(settings.BASE_DIR) / "api/schema.graphql").read_text(encoding="utf-8"))

    assert print_schema(lexicographic_sort_schema(served)) == print_schema(lexicographic_sort_schema(committed))
