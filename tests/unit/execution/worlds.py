"""Random schemas, queries and data for the comparison with stock execution.

A world is made from one random generator. Its data is a function of the position in the answer, so that every execution
sees the same, wherever it begins and whatever it defers.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLField,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    execute_sync,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

from api.execution import BatchLoader, Deferred, LoaderRegistry, gather

OBJECTS = ["Red", "Green", "Blue"]
ALPHABET = "abcdef"


@dataclass(frozen=True)
class Failure:
    """An error in the place of a value."""

    message: str

    def error(self) -> Exception:
        return ValueError(self.message)


class World:
    """A schema of three object types, an interface and a union, one query, and the data that answers it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        random = Random(seed)
        self.trouble = random.choice([0.0, 0.02, 0.1])  # how often a value is null or fails
        self.schema = self._schema(random)
        self.query = self._query(random)

    def _schema(self, random: Random) -> GraphQLSchema:
        composite: dict[str, Any] = {}

        def wrapped(named: Any) -> GraphQLOutputType:
            result = named
            for _ in range(random.choice([0, 0, 1, 1, 2])):
                result = GraphQLList(GraphQLNonNull(result) if random.random() < 0.4 else result)
            return GraphQLNonNull(result) if random.random() < 0.4 else result

        def any_type() -> GraphQLOutputType:
            return wrapped(random.choice([GraphQLInt, GraphQLString, *composite.values()]))

        shared: dict[str, GraphQLField] = {}

        def fields_of(name: str) -> dict[str, GraphQLField]:
            if not shared:
                shared.update({key: GraphQLField(any_type()) for key in ALPHABET[:2]})
            own = {key: GraphQLField(any_type()) for key in ALPHABET[2:]} if name != "Shape" else {}
            return {**shared, **own}

        composite["Shape"] = GraphQLInterfaceType("Shape", lambda: fields_of("Shape"))
        for name in OBJECTS:
            composite[name] = GraphQLObjectType(name, partial(fields_of, name), interfaces=[composite["Shape"]])
        composite["Colour"] = GraphQLUnionType("Colour", [composite[name] for name in OBJECTS[:2]])
        query, mutation = (GraphQLObjectType(name, partial(fields_of, name)) for name in ("Query", "Mutation"))
        return GraphQLSchema(query, mutation, types=list(composite.values()))

    def _query(self, random: Random) -> str:
        fragments: list[str] = []

        def selection(type_: Any, depth: int) -> str:
            parts = ["__typename"]
            parts += [field(type_, key, depth) for key in getattr(type_, "fields", {}) if random.random() < 0.6]
            if is_abstract_type(type_):
                parts += [fragment(other, depth) for other in random.sample(self.schema.get_possible_types(type_), 2)]
            elif random.random() < 0.2:
                parts.append(fragment(type_, depth))
            if parts[1:] and random.random() < 0.5:
                del parts[0]
            random.shuffle(parts)
            return "{" + " ".join(parts) + "}"

        def field(type_: Any, key: str, depth: int) -> str:
            named = get_named_type(type_.fields[key].type)
            # The same alias for the same field everywhere: selections of one field merge, and never conflict.
            name = f"{random.choice(['', f'{key}2: '])}{key}"
            condition = random.choice(
                ["", "", "", "", " @include(if: true)", " @skip(if: $yes)", " @include(if: $yes)"]
            )
            if is_leaf_type(named):
                return name + condition
            if depth == 0:
                return "__typename"
            return f"{name}{condition} {selection(named, depth - 1)}"

        def fragment(type_: Any, depth: int) -> str:
            if random.random() < 0.5:
                return f"... on {type_.name} {selection(type_, depth)}"
            body = selection(type_, depth)
            fragments.append(f"fragment F{len(fragments)} on {type_.name} {body}")
            return f"...F{len(fragments) - 1}"

        root = random.choice(["query", "mutation"])
        root_type = self.schema.query_type if root == "query" else self.schema.mutation_type
        body = selection(root_type, random.choice([1, 2, 3]))
        return "\n".join([f"{root} ($yes: Boolean!) {body}", *fragments])

    def value(self, info: GraphQLResolveInfo) -> Any:
        """What the field at `info.path` holds: leaves, nulls, failures, `{"__typename": …}` or lists of them."""
        return self._value(info.return_type, Random(f"{self.seed} {info.path.as_list()}"))

    def _value(self, type_: Any, random: Random) -> Any:
        if random.random() < self.trouble:
            return Failure(f"failure {random.randrange(1000)}")
        if random.random() < self.trouble:
            return random.choice([None, ValueError("as a value"), "neither a number nor a list"])
        if is_non_null_type(type_):
            return self._value(type_.of_type, random)
        if random.random() < 0.05:
            return None
        if is_list_type(type_):
            return [self._value(type_.of_type, random) for _ in range(random.choice([0, 1, 2, 3]))]
        if is_composite_type(type_):
            types = [type_] if is_object_type(type_) else self.schema.get_possible_types(type_)
            return {"__typename": random.choice(types).name}
        return random.randrange(100) if type_ is GraphQLInt else f"text {random.randrange(100)}"

    def tree(self, document: DocumentNode, variables: dict[str, Any]) -> dict[str, Any]:
        """The data that `document` asks for: nested dicts with a key for each field; failures stand as exceptions."""
        root: dict[str, Any] = {}

        def grow(source: dict[str, Any], info: GraphQLResolveInfo) -> Any:
            return source.setdefault(info.field_name, plain_item(self.value(info)))

        execute_sync(self.schema, document, root, variable_values=variables, field_resolver=grow)
        return root


class Thing:
    """An object of a tree, with attributes in the place of keys."""

    def __init__(self, values: dict[str, Any]) -> None:
        for key, value in values.items():
            setattr(self, "_Thing__typename" if key == "__typename" else key, value)


class Table(Mapping[str, Any]):
    """An object of a tree that is a mapping, but no dict."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values_by_key = values

    def __getitem__(self, key: str) -> Any:
        return self.values_by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_key)

    def __len__(self) -> int:
        return len(self.values_by_key)


class Parcels(BatchLoader[int, Any]):
    """Hands over, a wave later, what was given to it."""

    def __init__(self, number: int) -> None:
        self.contents: list[Any] = []

    def send(self, content: Any) -> Deferred[Any]:
        self.contents.append(content)
        return self.load(len(self.contents) - 1)

    def batch_load(self, keys: list[int]) -> list[Any]:
        return [self.contents[key] for key in keys]


def plain(value: Any) -> Any:
    """A value of a world as a resolver without deferred values gives it.

    A failure raises; in a list it stands as an exception.
    """
    if isinstance(value, Failure):
        raise value.error()
    return plain_item(value)


def plain_item(item: Any) -> Any:
    if isinstance(item, Failure):
        return item.error()
    return [plain_item(inner) for inner in item] if isinstance(item, list) else item


def deferred(value: Any, loaders: LoaderRegistry, random: Random) -> Any:
    """The same value with some of it deferred, in one of many ways."""
    if isinstance(value, list):
        value = (
            [item.error() if isinstance(item, Failure) else item for item in value] if random.random() < 0.2 else value
        )
        value = [deferred_item(item, loaders, random) for item in value]
    return defer(value, loaders, random) if random.random() < 0.5 else plain_failure(value)


def deferred_item(item: Any, loaders: LoaderRegistry, random: Random) -> Any:
    try:
        return deferred(item, loaders, random)
    except ValueError as error:
        return error


def plain_failure(value: Any) -> Any:
    if isinstance(value, Failure):
        raise value.error()
    return value


def defer(value: Any, loaders: LoaderRegistry, random: Random) -> Deferred[Any]:
    parcels = loaders.get(Parcels, random.randrange(2))
    content = value.error() if isinstance(value, Failure) else value
    way = random.randrange(6)
    if way == 0:
        return Deferred.rejected(content) if isinstance(value, Failure) else Deferred.resolved(value)
    if way == 1:
        return parcels.send(None).then(lambda _: plain_failure(value))
    if way == 2:
        return parcels.send(None).then(lambda _: defer(value, loaders, random))
    if way == 3:
        return gather(parcels.send(None), defer(value, loaders, random), 5).then(lambda three: three[1])
    if way == 4:
        return parcels.send(parcels.send(content))
    return parcels.send(content)


def changed(tree: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of `tree` with `change` applied to each value, from the leaves up."""
    if isinstance(tree, dict):
        tree = {key: value if key == "__typename" else changed(value, change) for key, value in tree.items()}
    elif isinstance(tree, list):
        tree = [changed(item, change) for item in tree]
    return change(tree)
