"""docs/graphql.md says what is so: its queries are valid, its tables complete."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from graphql import FieldNode, GraphQLObjectType, GraphQLUnionType, OperationDefinitionNode, parse, validate

from api.errors import ErrorCode
from api.images.presets import STEPS, ImagePreset
from api.limits import Limits
from api.schema import schema

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "graphql.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```graphql\n(.*?)```", TEXT, re.DOTALL)


def section(title: str) -> str:
    """The text below a heading, up to the next of its level."""
    [body] = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    return str(body)


def first_cells(text: str) -> list[list[str]]:
    """The names in backquotes in the first cell of each row of a table."""
    rows = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return [re.findall(r"`([^`]+)`", row) for row in rows]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_every_query_is_valid(query: str) -> None:
    assert validate(schema.graphql_schema, parse(query)) == []


def test_each_query_is_followed_by_its_answer() -> None:
    assert len(QUERIES) >= 10
    assert len(re.findall(r"```graphql\n.*?```\n\n```json\n", TEXT, re.DOTALL)) == len(QUERIES)


def test_every_code_is_in_the_list_of_errors() -> None:
    codes = [code for row in first_cells(section("Errors")) for code in row]
    assert sorted(codes) == sorted(code.value for code in ErrorCode)


def test_every_code_is_raised_and_no_other() -> None:
    """Codes come from the list alone, and none of the list is a promise that nothing keeps."""
    api = Path(__file__).resolve().parents[2] / "api"
    texts = {path.relative_to(api).as_posix(): path.read_text(encoding="utf-8") for path in api.rglob("*.py")}
    errors = texts.pop("errors.py")
    elsewhere = "\n".join(texts.values())
    raised = set(re.findall(r"\bErrorCode\.([A-Z_]+)", elsewhere))
    # Exceptions of api.errors have their code with them.
    for name, code in re.findall(r"^class (\w+)\(ApiError\):.*?ErrorCode\.([A-Z_]+)", errors, re.DOTALL | re.MULTILINE):
        if f"raise {name}(" in elsewhere:
            raised.add(code)
    assert raised == set(ErrorCode.__members__)
    assert [name for name, text in texts.items() if re.search(r"\bextensions=\{", text)] == []


def test_every_limit_stands_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|", section("Limits"), re.MULTILINE)
    defaults = Limits()
    assert {name: int(number) for name, number in rows} == {
        field.name: getattr(defaults, field.name) for field in fields(Limits)
    }


def test_every_block_stands_with_its_fields() -> None:
    union = schema.graphql_schema.type_map["BodyBlock"]
    assert isinstance(union, GraphQLUnionType)
    rows = re.findall(r"^\| `(\w+)` \| `(\w[^`]*)`", section("Bodies: blocks and rich text"), re.MULTILINE)
    described = {
        name: re.findall(r"\w+", re.sub(r"\{.*?\}", "", re.sub(r"\{ \w+ \}", "", text))) for name, text in rows
    }
    assert {name: sorted(names) for name, names in described.items()} == {
        block.name: sorted(set(block.fields) - {"id"}) for block in union.types
    }


def test_every_preset_stands_with_its_widths() -> None:
    rows = re.findall(r"^\| `([A-Z]+)`[^|]*\|[^|]*\| ?([\d, ]*)\|", section("Pictures and documents"), re.MULTILINE)
    assert {name: tuple(map(int, re.findall(r"\d+", widths))) for name, widths in rows} == {
        preset.name: preset.value.widths for preset in ImagePreset
    }
    assert ", ".join(map(str, STEPS[:-1])) + f" or {STEPS[-1]}" in " ".join(section("Pictures and documents").split())


def test_every_root_field_is_an_entry_point() -> None:
    names = {name for row in first_cells(section("Entry points")) for name in row}
    query = schema.graphql_schema.query_type
    assert isinstance(query, GraphQLObjectType)
    assert {name.partition("(")[0] for name in names} == set(query.fields)


def test_every_root_field_stands_in_a_query_with_its_answer() -> None:
    asked = {
        selection.name.value
        for text in QUERIES
        for operation in parse(text).definitions
        if isinstance(operation, OperationDefinitionNode)
        for selection in operation.selection_set.selections
        if isinstance(selection, FieldNode)
    }
    query = schema.graphql_schema.query_type
    assert isinstance(query, GraphQLObjectType)
    assert asked == set(query.fields)
