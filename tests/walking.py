"""Writes queries that ask for everything the schema has, down to a depth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
    is_required_argument,
    parse,
)

# What a list is asked for: all that the walked site has.
WHOLE_LIST = "first: 100"
# Arguments, written in GraphQL, by type and field; one use of the field for each. Root fields have those of their uses.
Arguments = Mapping[tuple[str, str], Sequence[str]]
# A root field with its arguments.
Root = tuple[str, Mapping[str, str]]


class UnknownArgumentsError(AssertionError):
    """A field has required arguments, and the walk knows no values for them."""


@dataclass
class Walk:
    """Queries over one schema.

    Every type is a fragment for each depth, whose fields bear the name of the type: so fields of one name never meet,
    whatever interface or union they are selected on. ``arguments`` holds values for fields with required arguments. A
    field is asked for once more with each value of each enum that it takes.
    """

    schema: GraphQLSchema
    arguments: Arguments = field(default_factory=dict)
    fields: set[tuple[str, str]] = field(default_factory=set, init=False)
    """Every field that was asked for, by type and name."""
    _fragments: dict[tuple[str, int], str] = field(default_factory=dict, init=False)

    def document(self, roots: Iterable[Root], depth: int) -> DocumentNode:
        """One query of root fields, each with everything below it, ``depth`` levels of objects deep.

        Raises UnknownArgumentsError.
        """
        self._fragments = {}
        query = self.schema.query_type
        assert query is not None
        parts = []
        for number, (name, arguments) in enumerate(roots):
            found = query.fields[name]
            self.fields.add((query.name, name))
            given = ", ".join(f"{key}: {value}" for key, value in arguments.items())
            called = f"{name}({given})" if given else name
            parts.append(f"r{number}: {called} {self._selection(get_named_type(found.type), depth)}")
        texts = ["\n".join(["{", *parts, "}"]), *self._fragments.values()]
        return DocumentNode(definitions=tuple(_definition(text) for text in texts))

    def _selection(self, named: GraphQLNamedType, depth: int) -> str:
        if is_leaf_type(named):
            return ""
        types: Sequence[Any] = [named]
        if is_abstract_type(named):
            types = self.schema.get_possible_types(named)  # type: ignore[arg-type] # is_abstract_type has just said so
        return "{ __typename " + " ".join(f"...{self._fragment(each, depth)}" for each in types) + " }"

    def _fragment(self, named: GraphQLObjectType, depth: int) -> str:
        assert is_object_type(named)
        name = f"{named.name}_{depth}"
        if (named.name, depth) not in self._fragments:
            self._fragments[named.name, depth] = ""  # its place, before those it needs
            fields = [part for each in named.fields for part in self._field(named, each, depth)]
            inner = " ".join(fields) or "__typename"
            self._fragments[named.name, depth] = f"fragment {name} on {named.name} {{ {inner} }}"
        return name

    def _field(self, parent: GraphQLObjectType, name: str, depth: int) -> list[str]:
        found = parent.fields[name]
        kind = get_named_type(found.type)
        if depth == 0 and not is_leaf_type(kind):
            return []
        self.fields.add((parent.name, name))
        # The nodes of edges are those of `nodes`: their leaves are enough.
        below = 0 if name == "node" and parent.name.endswith("Edge") else depth - 1
        uses = self._uses(parent, name, found)
        parts = [f"{parent.name}_{name}_{number}: {name}{use} " for number, use in enumerate(uses)]
        # Other orders of a list hold the same: its leaves are enough there too.
        is_list = "first" in found.args
        return [
            part + self._selection(kind, min(below, 1) if is_list and number else below)
            for number, part in enumerate(parts)
        ]

    def _uses(self, parent: GraphQLObjectType, name: str, found: GraphQLField) -> list[str]:
        required = [key for key, argument in found.args.items() if is_required_argument(argument)]
        given = self.arguments.get((parent.name, name), [""])
        if required and (parent.name, name) not in self.arguments:
            raise UnknownArgumentsError(f"Give the walk values for {parent.name}.{name}({', '.join(required)}).")
        paged = [WHOLE_LIST] if "first" in found.args else []
        uses = [[*([use] if use else []), *paged] for use in given]
        uses += [
            [*use, f"{key}: {value}"]
            for key, argument in found.args.items()
            for value in _enum_values(argument)
            for use in uses[:1]
        ]
        return [f"({', '.join(use)})" if use else "" for use in uses]


@lru_cache(maxsize=2_000)
def _definition(text: str) -> DefinitionNode:
    """Parsed once: the fragments of one root field's query are those of another's, in whatever language it is asked."""
    return parse(text, no_location=True).definitions[0]


def _enum_values(argument: GraphQLArgument) -> list[str]:
    kind: Any = argument.type
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    return list(kind.values) if isinstance(kind, GraphQLEnumType) else []


def enum_roots(schema: GraphQLSchema, reader: Mapping[str, str]) -> list[Root]:
    """The root fields without required arguments, once for each value of each of their enums but the language.

    ``reader`` are the arguments of those that take them.
    """
    assert schema.query_type is not None
    roots: list[Root] = []
    for name, found in schema.query_type.fields.items():
        if any(is_required_argument(argument) for argument in found.args.values()):
            continue
        own = {key: value for key, value in reader.items() if key in found.args}
        for key, argument in found.args.items():
            roots += [(name, {**own, key: value}) for value in _enum_values(argument) if key not in own]
    return roots


def every_field(schema: GraphQLSchema) -> set[tuple[str, str]]:
    """Every field of every object type, by type and name."""
    return {
        (named.name, name)
        for named in schema.type_map.values()
        if isinstance(named, GraphQLObjectType) and not named.name.startswith("__")
        for name in named.fields
    }


def strings_in(value: Any) -> list[str]:
    """Every string anywhere in an answer."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings_in(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings_in(item)]
    return [value] if isinstance(value, str) else []
