"""What the documents of real frontends need of each limit: the table in docs/graphql.md, and a margin."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from graphql import DocumentNode, OperationDefinitionNode, Source, get_introspection_query, parse

from api.limits import Costs, LimitExceededError, Limits, check_shape, scan
from api.schema import schema
from tests.budgets.test_frontend_queries import FAN_OUT
from tests.contract.test_graphql_reference import QUERIES, section

DOCUMENTS = sorted((Path(__file__).resolve().parents[1] / "clients" / "documents").glob("*.graphql"))
# How often over a limit must hold what the most demanding frontend asks.
MARGIN = 2
INTROSPECTION = get_introspection_query(specified_by_url=True, input_value_deprecation=True)
SHAPE = ("depth", "fields", "repetitions", "aliases", "root_fields", "directives", "fragments")
NAMES = ("body_bytes", "tokens", "nesting", *SHAPE, "list_size", "cost")


def needed(text: str) -> dict[str, int]:
    """How much of each limit a document with one operation takes, with the defaults of its variables."""
    document = parse(text)
    operation = next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    return {
        "body_bytes": len(text.encode()),
        "tokens": scan(Source(text), Limits()),
        "nesting": _requested("nesting", text, document),
        **{name: _requested(name, text, document) for name in SHAPE},
        "list_size": max([int(size) for size in re.findall(r"(?:first|last):\s*(\d+)", text)], default=20),
        "cost": Costs(schema.graphql_schema, document, Limits()).of(operation, {}),
    }


def _requested(name: str, text: str, document: DocumentNode) -> int:
    """The number that a refusal tells, under the largest limit that refuses."""
    # The scan stops at the first bracket too many, so the limit is raised until it is met.
    found = 0
    while True:
        try:
            scan(Source(text), Limits(**{name: found}))
            check_shape(document, Limits(**{name: found}))
        except LimitExceededError as exceeded:
            found = exceeded.requested
        else:
            return found


def documents() -> dict[str, dict[str, int]]:
    examples = [needed(query) for query in QUERIES]
    return {
        **{path.stem: needed(path.read_text(encoding="utf-8")) for path in DOCUMENTS},
        "examples": {name: max(each[name] for each in examples) for name in NAMES},
        "fan-out": needed(FAN_OUT),
    }


def table() -> list[str]:
    found = {
        **documents(),
        "introspection": needed(INTROSPECTION),
        "allowed": {name: getattr(Limits(), name) for name in NAMES},
    }
    return [
        f"| | {' | '.join(found)} |",
        "| --- " + "| ---: " * len(found) + "|",
        *(f"| {name} | {' | '.join(str(numbers[name]) for numbers in found.values())} |" for name in NAMES),
    ]


def test_the_table_says_what_they_need() -> None:
    wanted = table()
    assert "\n".join(wanted) in section("Limits"), "docs/graphql.md should have\n" + "\n".join(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_each_limit_holds_twice_what_frontends_need(name: str) -> None:
    largest = max(numbers[name] for numbers in documents().values())
    # A list of all countries of a continent is asked for with the largest size there is.
    margin = 1 if name == "list_size" else MARGIN
    assert largest * margin <= getattr(Limits(), name)


def test_the_introspection_query_of_tools_is_within_every_limit() -> None:
    numbers = needed(INTROSPECTION)
    assert all(numbers[name] <= getattr(Limits(), name) for name in NAMES), numbers


def test_no_limit_is_forgotten() -> None:
    # Of one list; the table has what a list may have as a rule.
    of_the_directory = {"directory_size"}
    about_the_server = {"heavy_cost", "heavy_operations", "heavy_waiting", "heavy_wait_ms", "document_cache_bytes"}
    in_variables = {"variable_depth"}
    assert {field.name for field in fields(Limits)} - about_the_server - in_variables - of_the_directory == set(NAMES)
