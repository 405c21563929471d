"""What never stands in the schema: the editors' side of the content, and arguments that name columns."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
)

SCHEMA = build_schema((Path(settings.BASE_DIR) / "api/schema.graphql").read_text(encoding="utf-8"))

# Words of names, in lower case; a name is parted at its capitals.
EDITORS_WORDS = {
    "draft", "drafts", "unpublished", "live", "revision", "revisions", "workflow", "task", "moderation", "lock",
    "locked", "comment", "comments", "permission", "permissions", "group", "groups", "user", "users", "username",
    "owner", "author", "editor", "password", "session", "restriction", "private", "token", "admin", "collection",
    "collections", "raw", "numchild", "filename", "file", "files", "storage", "upload", "original",
}  # fmt: skip
EDITORS_NAMES = {
    "goLiveAt", "expireAt", "expired", "hasUnpublishedChanges", "latestRevision", "createdAt", "modifiedAt", "treePath",
    "depth", "urlPath", "contentTypeId", "showInMenus", "fileHash", "filePath", "rawValue", "pk",
}  # fmt: skip
# `depth` of a node of a rich text is its place in that text; ORIGINAL is a picture's own size, ready to be shown.
ALLOWED = {"RichTextNode.depth", "ImagePreset.ORIGINAL"}
# Free text is asked for under these names; codes and slugs are checked against their form, cursors are opaque.
FREE_TEXT = {"text", "query", "path", "site"}
# `organisation` is an id or an acronym.
CODES = {"code", "country", "continent", "subregion", "kind", "organisation", "acronym"}
CURSORS = {"after", "before"}


def nullable(kind: Any) -> Any:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def names(schema: GraphQLSchema) -> Iterator[str]:
    """Every name in the schema, with that of its type."""
    for named in schema.type_map.values():
        if named.name.startswith("__"):
            continue
        yield named.name
        if isinstance(named, GraphQLEnumType):
            yield from (f"{named.name}.{value}" for value in named.values)
        elif isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in named.fields.items():
                yield f"{named.name}.{name}"
                yield from (f"{named.name}.{name}.{argument}" for argument in getattr(field, "args", ()))


def inputs(schema: GraphQLSchema) -> Iterator[tuple[str, str, GraphQLArgument | GraphQLInputField]]:
    """Every argument and every field of an input type: where it stands, its name, itself."""
    for named in schema.type_map.values():
        if named.name.startswith("__"):
            continue
        if isinstance(named, GraphQLInputObjectType):
            yield from ((f"{named.name}.{name}", name, field) for name, field in named.fields.items())
        elif isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
            for field_name, field in named.fields.items():
                for name, argument in field.args.items():
                    yield f"{named.name}.{field_name}({name})", name, argument


def editors_side(schema: GraphQLSchema) -> list[str]:
    """The names that speak of what only editors see."""
    return sorted(
        name
        for name in names(schema)
        if name not in ALLOWED and ((last := name.rpartition(".")[2]) in EDITORS_NAMES or words(last) & EDITORS_WORDS)
    )


def free_inputs(schema: GraphQLSchema) -> list[str]:
    """The arguments whose strings nothing bounds: neither a known kind of text, nor an enum, nor an input type."""
    return sorted(
        where
        for where, name, given in inputs(schema)
        if get_named_type(given.type).name in ("String", "JSON", "JSONString", "GenericScalar")
        and name not in FREE_TEXT | CODES | CURSORS
    )


def unordered(schema: GraphQLSchema) -> list[str]:
    """Orders that are no enum, and filters that are no input type."""
    kinds: dict[str, Any] = {"orderBy": GraphQLEnumType, "order": GraphQLEnumType, "filter": GraphQLInputObjectType}
    return sorted(
        where
        for where, name, given in inputs(schema)
        if name in kinds and not isinstance(nullable(given.type), kinds[name])
    )


def test_no_name_speaks_of_what_only_editors_see() -> None:
    assert editors_side(SCHEMA) == []


def test_orders_are_enums_and_filters_input_types() -> None:
    assert unordered(SCHEMA) == []
    assert {where for where, name, _given in inputs(SCHEMA) if name == "orderBy"}


def test_no_argument_takes_any_string() -> None:
    assert free_inputs(SCHEMA) == []


def test_orders_name_no_columns() -> None:
    orders = [named for named in SCHEMA.type_map.values() if named.name.endswith("Order")]
    values = [value for named in orders if isinstance(named, GraphQLEnumType) for value in named.values]
    assert len(values) == 31
    order = r"(NAME|CODE|DATE|TREE|COUNTRY|DISTANCE|LEVEL|CHANGED)_(ASC|DESC)"
    assert [value for value in values if not re.fullmatch(order, value)] == []


@pytest.mark.parametrize(
    "field",
    ["draftTitle", "workflowState", "currentTask", "owner", "lockedBy", "ownerUsername", "filePath", "latestRevision",
     "hasUnpublishedChanges", "goLiveAt", "rawValue", "isLive"],
)  # fmt: skip
def test_a_name_of_the_editors_side_would_be_noticed(field: str) -> None:
    assert editors_side(build_schema(f"type Query {{ {field}: String }}")) == [f"Query.{field}"]


@pytest.mark.parametrize("arguments", ["orderBy: String", "orderBy: [String!]", "order: String!", "filter: String"])
def test_a_string_that_orders_or_filters_would_be_noticed(arguments: str) -> None:
    schema = build_schema(f"type Query {{ news({arguments}): Int }}")
    name = arguments.partition(":")[0]
    assert unordered(schema) == free_inputs(schema) == [f"Query.news({name})"]


def test_other_strings_would_be_noticed_too() -> None:
    schema = build_schema(
        "input PageFilter { lookup: String title_icontains: [String!] } type Query { a(by: PageFilter): Int }"
    )
    assert free_inputs(schema) == ["PageFilter.lookup", "PageFilter.title_icontains"]
