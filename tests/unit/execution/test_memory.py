"""An execution leaves no circles in memory: what an answer was made of is freed with it, without the collector."""

import gc
from collections.abc import Iterator
from typing import Any
from weakref import WeakSet

import pytest
from graphql import build_schema, parse

from api.execution import BatchLoader, Deferred, LoaderRegistry, Plans, batch_resolver, execute

SCHEMA = build_schema(
    """
    type Row { id: Int! one: Row whole: Row rows: [Row!]! }
    type Query { rows: [Row!]! }
    """
)
DOCUMENT = parse("{ rows { id one { id } whole { id rows { id } } rows { id one { id whole { id } } } } }")


class Row:
    """A source that can be watched."""

    made: WeakSet["Row"] = WeakSet()

    def __init__(self, number: int) -> None:
        self.id = number
        self.made.add(self)


class Rows(BatchLoader[int, Row]):
    def batch_load(self, keys: list[int]) -> list[Any]:
        return [Row(key) for key in keys]


class Later(BatchLoader[int, Row]):
    """Builds upon the other."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def batch_load(self, keys: list[int]) -> list[Any]:
        return [self.rows.load(key).then(lambda row: row) for key in keys]


def one(row: Row, info: Any) -> Any:
    return info.context.get(Rows).load(row.id + 1).then(lambda found: found)


def rows(row: Row | None, info: Any) -> Any:
    return info.context.get(Rows).load_many([1, 2, 3])


@batch_resolver
def whole(sources: list[Row], info: Any) -> Any:
    loader = info.context.get(Later, info.context.get(Rows))
    return Deferred.outcomes([loader.load(source.id + 1) for source in sources])


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_what_an_answer_was_made_of_is_freed_with_its_loaders() -> None:
    types: Any = SCHEMA.type_map
    types["Query"].fields["rows"].resolve = types["Row"].fields["rows"].resolve = rows
    types["Row"].fields["one"].resolve, types["Row"].fields["whole"].resolve = one, whole
    plans = Plans(SCHEMA, DOCUMENT)
    for _time in range(2):
        result = execute(SCHEMA, DOCUMENT, context_value=LoaderRegistry(), plans=plans)
        assert result.errors is None
        assert result.data is not None
        assert result.data["rows"][2]["rows"][2]["one"] == {"id": 4, "whole": {"id": 5}}
        assert len(Row.made) == 0
