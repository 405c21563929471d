"""Writes queries that ask for everything the schema has, down to a depth."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
    parse,
)


def selection(schema: GraphQLSchema, named: GraphQLNamedType, depth: int) -> str:
    """A selection set with every field of ``named`` that needs no argument, ``depth`` levels of objects deep.

    Empty when nothing can be selected. Every possible type of an interface or union is selected under aliases of its
    own, so that fields of the same name never meet.
    """
    if is_leaf_type(named):
        return ""
    if is_abstract_type(named):
        parts = []
        for possible in schema.get_possible_types(named):  # type: ignore[arg-type] # is_abstract_type has just said so
            inner = _fields(schema, possible, depth, prefix=f"{possible.name}_")
            parts.append(f"... on {possible.name} {{ {inner} }}")
        return "{ __typename " + " ".join(parts) + " }"
    assert is_object_type(named)
    return "{ __typename " + _fields(schema, named, depth, prefix="") + " }"  # type: ignore[arg-type] # as above


def _fields(schema: GraphQLSchema, named: GraphQLObjectType, depth: int, *, prefix: str) -> str:
    parts = []
    for name, field in named.fields.items():
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        inner_type = get_named_type(field.type)
        if is_leaf_type(inner_type):
            parts.append(f"{prefix}{name}: {name}")
        elif depth > 0:
            # The nodes of edges are those of `nodes`: their own fields are enough.
            inner = min(depth - 1, 1) if name == "edges" else depth - 1
            parts.append(f"{prefix}{name}: {name} {selection(schema, inner_type, inner)}")
    return " ".join(parts) or f"{prefix}nothing: __typename"


def everything(schema: GraphQLSchema, roots: Sequence[tuple[str, Mapping[str, str]]], depth: int) -> DocumentNode:
    """One query of root fields with their arguments (written in GraphQL), each with everything below it."""
    assert schema.query_type is not None
    number = count()
    parts = []
    for name, arguments in roots:
        field: GraphQLField = schema.query_type.fields[name]
        given = ", ".join(f"{key}: {value}" for key, value in arguments.items())
        called = f"{name}({given})" if given else name
        parts.append(f"r{next(number)}: {called} {selection(schema, get_named_type(field.type), depth)}")
    return parse("{ " + "\n".join(parts) + " }", no_location=True)


def strings_in(value: Any) -> list[str]:
    """Every string anywhere in an answer."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings_in(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings_in(item)]
    return [value] if isinstance(value, str) else []
