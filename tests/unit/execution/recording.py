"""What the tests of execution share: a loader that remembers its batches, and one call from text to answer."""

from collections.abc import Callable
from typing import Any

from graphql import ExecutionResult, GraphQLObjectType, GraphQLSchema, build_schema, parse, validate

from api.execution import BatchLoader, LoaderRegistry, execute


class Numbers(BatchLoader[int, Any]):
    """Gives `{"id": key}`; negative keys fail."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.batches: list[list[int]] = []

    def batch_load(self, keys: list[int]) -> list[Any]:
        self.batches.append(list(keys))
        return [{"id": key} if key >= 0 else ValueError(f"no number {key}") for key in keys]


class Labels(Numbers):
    """A second loader, with batches of its own."""


def run(
    schema: GraphQLSchema | str, query: str, root: Any = None, *, loaders: LoaderRegistry | None = None, **options: Any
) -> ExecutionResult:
    """Execute a valid `query`; the context value is the registry."""
    if isinstance(schema, str):
        schema = build_schema(schema)
    document = parse(query)
    assert validate(schema, document) == []
    return execute(schema, document, root_value=root, context_value=loaders or LoaderRegistry(), **options)


def resolved_by(schema: GraphQLSchema, resolvers: dict[str, Callable[..., Any]]) -> GraphQLSchema:
    """`schema` with `resolvers`, by "Type.field"."""
    for coordinate, resolve in resolvers.items():
        type_name, field_name = coordinate.split(".")
        type_ = schema.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)
        type_.fields[field_name].resolve = resolve
    return schema


def shown(result: ExecutionResult) -> list[tuple[str, str]]:
    """Path and message of each error, in order."""
    return [(".".join(map(str, error.path or [])), error.message) for error in result.errors or []]
