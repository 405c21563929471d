"""Resolvers that answer for many objects: one call for all objects of all lists, and the answer of single resolvers."""

from typing import Any

import pytest
from graphql import GraphQLResolveInfo, build_schema, parse

from api.execution import BatchLoader, Deferred, LoaderRegistry, batch_resolver, execute, for_each

SCHEMA = build_schema(
    """
    type Row { id: Int! name: String strict: String! rows: [Row!] loose: [Row] }
    type Query { rows: [Row] }
    """
)
ROWS = [{"id": 1, "rows": [{"id": 2}, {"id": 3}]}, {"id": 4, "rows": []}, {"id": 5, "rows": [{"id": 6}]}]


class Letters(BatchLoader[int, str]):
    def batch_load(self, keys: list[int]) -> list[Any]:
        return [ValueError("no letter") if key == 3 else chr(96 + key) for key in keys]


def answer(query: str, *, stock: bool = False, **resolvers: Any) -> tuple[Any, list[tuple[str, Any]]]:
    """The data, and message and path of each error."""
    row_type: Any = SCHEMA.type_map["Row"]
    for name, field in row_type.fields.items():
        field.resolve = resolvers.get(name)
    result = execute(SCHEMA, parse(query), root_value={"rows": ROWS}, context_value=LoaderRegistry(), stock=stock)
    return result.data, [(error.message, error.path) for error in result.errors or []]


NESTED = "{ rows { name rows { name } } }"
NAMED = {
    "rows": [
        {"name": "row 1", "rows": [{"name": "row 2"}, {"name": "row 3"}]},
        {"name": "row 4", "rows": []},
        {"name": "row 5", "rows": [{"name": "row 6"}]},
    ]
}


def test_one_call_answers_for_all_objects_of_a_level() -> None:
    calls: list[list[int]] = []

    @batch_resolver
    def names(rows: list[dict[str, Any]], info: GraphQLResolveInfo) -> list[str]:
        calls.append([row["id"] for row in rows])
        return [f"row {row['id']}" for row in rows]

    assert answer(NESTED, name=names) == (NAMED, [])
    assert calls == [[1, 4, 5], [2, 3, 6]]
    assert answer(NESTED, name=names, stock=True) == (NAMED, [])
    assert calls[2:] == [[1], [2], [3], [4], [5], [6]]


@pytest.mark.parametrize("stock", [False, True])
@pytest.mark.parametrize("is_whole", [False, True])
def test_values_may_be_deferred_one_by_one_or_together(stock: bool, is_whole: bool) -> None:
    @batch_resolver
    def names(rows: list[dict[str, Any]], info: GraphQLResolveInfo) -> Any:
        letters = [info.context.get(Letters).load(row["id"]) for row in rows]
        return Deferred.outcomes(letters) if is_whole else letters

    data, errors = answer(NESTED, name=names, stock=stock)
    assert [row["name"] for row in data["rows"]] == ["a", "d", "e"]
    assert [row["name"] for row in data["rows"][0]["rows"]] == ["b", None]
    assert errors == [("no letter", ["rows", 0, "rows", 1, "name"])]


@pytest.mark.parametrize("stock", [False, True])
def test_an_exception_is_the_error_of_its_object_alone(stock: bool) -> None:
    @batch_resolver
    def strict(rows: list[dict[str, Any]], info: GraphQLResolveInfo) -> list[Any]:
        return for_each(lambda row: {1: "one", 5: "five"}[row["id"]], rows)

    data, errors = answer("{ rows { strict } }", strict=strict, stock=stock)
    assert data == {"rows": [{"strict": "one"}, None, {"strict": "five"}]}
    assert errors == [("4", ["rows", 1, "strict"])]


@pytest.mark.parametrize("stock", [False, True])
def test_what_is_raised_is_the_error_of_every_object(stock: bool) -> None:
    @batch_resolver
    def names(rows: list[dict[str, Any]], info: GraphQLResolveInfo) -> list[Any]:
        raise ValueError("none")

    assert answer("{ rows { name } }", name=names, stock=stock) == (
        {"rows": [{"name": None}] * 3},
        [("none", ["rows", index, "name"]) for index in range(3)],
    )


@pytest.mark.parametrize("given", [["too", "few"], "abc", None])
def test_values_that_do_not_fit_are_errors(given: Any) -> None:
    data, errors = answer("{ rows { name } }", name=batch_resolver(lambda rows, info: given))
    assert data == {"rows": [{"name": None}] * 3}
    told = "2 values" if isinstance(given, list) else type(given).__name__
    assert {message for message, _path in errors} == {f"A batch resolver gave {told} for 3 objects."}


def test_outcomes_wait_for_loaders_that_build_upon_others() -> None:
    class Doubled(BatchLoader[int, str]):
        def __init__(self, letters: Letters) -> None:
            self.letters = letters

        def batch_load(self, keys: list[int]) -> list[Any]:
            return [self.letters.load(key).then(lambda letter: letter * 2) for key in keys]

    @batch_resolver
    def names(rows: list[dict[str, Any]], info: GraphQLResolveInfo) -> Deferred[list[Any]]:
        loader = info.context.get(Doubled, info.context.get(Letters))
        return Deferred.outcomes([loader.load(row["id"]) for row in rows])

    data, errors = answer(NESTED, name=names)
    assert [row["name"] for row in data["rows"]] == ["aa", "dd", "ee"]
    assert [row["name"] for row in data["rows"][0]["rows"]] == ["bb", None]
    assert errors == [("no letter", ["rows", 0, "rows", 1, "name"])]
