"""How many batches a query takes: one for each loader and wave, whatever the number of rows."""

from collections.abc import Callable
from typing import Any

import pytest
from graphql import GraphQLResolveInfo, build_schema

from api.execution import Deferred, LoaderRegistry, gather
from tests.unit.execution.recording import Labels, Numbers, resolved_by, run, shown

SCHEMA = build_schema(
    """
    interface Named { id: Int! }
    type Number implements Named {
      id: Int! next: Number! same: Number label: Label named: Named
      both: Int pair: [Number!]! grid: [[Number]] any: [Any!]
    }
    type Label implements Named { id: Int! number: Number }
    union Any = Number | Label
    type Query { numbers(first: Int!): [Number!]! number(key: Int!): Number plain: Number label(key: Int!): Label }
    """
)


def loader(info: GraphQLResolveInfo, loader_class: Any = Numbers) -> Any:
    return info.context.get(loader_class)


RESOLVERS: dict[str, Callable[..., Any]] = {
    "Query.numbers": lambda _, info, first: [loader(info).load(key) for key in range(first)],
    "Query.number": lambda _, info, key: loader(info).load(key),
    "Query.label": lambda _, info, key: loader(info, Labels).load(key),
    "Query.plain": lambda *_: {"id": 100},
    "Number.next": lambda number, info: loader(info).load(number["id"] + 1000),
    "Number.same": lambda number, info: loader(info).load(number["id"]),
    "Number.label": lambda number, info: loader(info, Labels).load(number["id"]),
    "Number.both": lambda number, info: gather(
        loader(info).load(number["id"] + 1), loader(info, Labels).load(number["id"])
    ).then(lambda pair: pair[0]["id"] + pair[1]["id"]),
    "Number.pair": lambda number, info: loader(info).load_many([number["id"] + 1, number["id"] + 2]),
    "Number.grid": lambda number, info: [
        [loader(info).load(number["id"] + 1), None],
        Deferred.resolved([loader(info).load(number["id"] + 2), {"id": 7}]),
    ],
    "Number.any": lambda number, info: [
        loader(info).load(number["id"]).then(lambda found: {**found, "__typename": "Number"}),
        loader(info, Labels).load(number["id"]).then(lambda found: {**found, "__typename": "Label"}),
    ],
    "Number.named": lambda number, info: (
        loader(info, Labels).load(number["id"]).then(lambda found: {**found, "__typename": "Label"})
    ),
    "Label.number": lambda label, info: loader(info).load(label["id"] + 2000),
}
resolved_by(SCHEMA, RESOLVERS)


@pytest.fixture
def loaders() -> LoaderRegistry:
    return LoaderRegistry()


@pytest.mark.parametrize("rows", [1, 2, 250])
def test_a_list_is_one_batch_at_each_depth(loaders: LoaderRegistry, rows: int) -> None:
    result = run(
        SCHEMA,
        "query ($n: Int!) { numbers(first: $n) { id next { next { id } } } }",
        loaders=loaders,
        variable_values={"n": rows},
    )
    assert result.errors is None
    assert result.data == {"numbers": [{"id": key, "next": {"next": {"id": key + 2000}}} for key in range(rows)]}
    assert loaders.get(Numbers).batches == [list(range(start, start + rows)) for start in (0, 1000, 2000)]


def test_siblings_of_one_depth_share_a_batch(loaders: LoaderRegistry) -> None:
    query = """{
      a: number(key: 1) { next { id } } b: number(key: 2) { n: next { id } }
      plain { next { id } } numbers(first: 1) { id }
    }"""
    result = run(SCHEMA, query, loaders=loaders)
    assert result.data == {
        "a": {"next": {"id": 1001}},
        "b": {"n": {"id": 1002}},
        "plain": {"next": {"id": 1100}},
        "numbers": [{"id": 0}],
    }
    assert loaders.get(Numbers).batches == [[1, 2, 1100, 0], [1001, 1002]]


def test_each_loader_has_its_batch_in_the_same_wave(loaders: LoaderRegistry) -> None:
    query = "{ number(key: 1) { label { number { id } } next { label { id } } } label(key: 5) { number { id } } }"
    result = run(SCHEMA, query, loaders=loaders)
    assert result.data == {
        "number": {"label": {"number": {"id": 2001}}, "next": {"label": {"id": 1001}}},
        "label": {"number": {"id": 2005}},
    }
    assert loaders.get(Numbers).batches == [[1], [1001, 2005], [2001]]
    assert loaders.get(Labels).batches == [[5], [1], [1001]]


def test_a_loader_that_comes_late_joins_the_waves_of_the_others(loaders: LoaderRegistry) -> None:
    query = "{ a: number(key: 1) { label { number { id } } } b: number(key: 2) { next { next { id } } } }"
    result = run(SCHEMA, query, loaders=loaders)
    assert result.data == {"a": {"label": {"number": {"id": 2001}}}, "b": {"next": {"next": {"id": 2002}}}}
    assert loaders.get(Numbers).batches == [[1, 2], [1002], [2001, 2002]]
    assert loaders.get(Labels).batches == [[1]]


def test_what_is_loaded_already_takes_no_wave(loaders: LoaderRegistry) -> None:
    result = run(
        SCHEMA, "{ numbers(first: 3) { same { same { id } } } number(key: 2) { same { id } } }", loaders=loaders
    )
    assert result.data == {
        "numbers": [{"same": {"same": {"id": key}}} for key in range(3)],
        "number": {"same": {"id": 2}},
    }
    assert loaders.get(Numbers).batches == [[0, 1, 2]]


def test_a_primed_loader_is_not_asked(loaders: LoaderRegistry) -> None:
    loaders.get(Numbers).prime(1, {"id": 1})
    assert run(SCHEMA, "{ number(key: 1) { id } }", loaders=loaders).data == {"number": {"id": 1}}
    assert loaders.get(Numbers).batches == []


@pytest.mark.parametrize("rows", [1, 20])
def test_composed_values_batch_across_rows(loaders: LoaderRegistry, rows: int) -> None:
    result = run(
        SCHEMA,
        "query ($n: Int!) { numbers(first: $n) { both pair { id } } }",
        loaders=loaders,
        variable_values={"n": rows},
    )
    assert result.data == {
        "numbers": [{"both": 2 * key + 1, "pair": [{"id": key + 1}, {"id": key + 2}]} for key in range(rows)]
    }
    assert loaders.get(Numbers).batches == [list(range(rows)), [rows, rows + 1]]
    assert loaders.get(Labels).batches == [list(range(rows))]


def test_lists_of_lists_hold_deferred_items_and_deferred_lists(loaders: LoaderRegistry) -> None:
    result = run(SCHEMA, "{ plain { grid { id } } }", loaders=loaders)
    assert result.data == {"plain": {"grid": [[{"id": 101}, None], [{"id": 102}, {"id": 7}]]}}
    assert loaders.get(Numbers).batches == [[101, 102]]


def test_unions_and_interfaces_are_completed_when_their_items_come(loaders: LoaderRegistry) -> None:
    query = """
      {
        plain { any { __typename ... on Named { id } ... on Label { number { id } } ...Same } named { __typename id } }
      }
      fragment Same on Number { same { id } }
    """
    result = run(SCHEMA, query, loaders=loaders)
    assert result.data == {
        "plain": {
            "any": [
                {"__typename": "Number", "id": 100, "same": {"id": 100}},
                {"__typename": "Label", "id": 100, "number": {"id": 2100}},
            ],
            "named": {"__typename": "Label", "id": 100},
        }
    }
    assert loaders.get(Numbers).batches == [[100], [2100]]
    assert loaders.get(Labels).batches == [[100]]


@pytest.mark.parametrize("wanted", [True, False])
def test_skipped_fields_load_nothing(loaders: LoaderRegistry, wanted: bool) -> None:
    query = """
      query ($wanted: Boolean!) {
        plain { id next @include(if: $wanted) { id } ...More @skip(if: $wanted) }
      }
      fragment More on Number { label { id } }
    """
    result = run(SCHEMA, query, loaders=loaders, variable_values={"wanted": wanted})
    expected = {"next": {"id": 1100}} if wanted else {"label": {"id": 100}}
    assert result.data == {"plain": {"id": 100, **expected}}
    assert loaders.get(Numbers).batches == ([[1100]] if wanted else [])
    assert loaders.get(Labels).batches == ([] if wanted else [[100]])


def test_fields_keep_the_order_of_the_document(loaders: LoaderRegistry) -> None:
    result = run(SCHEMA, "{ number(key: 1) { label { id } id next { id } both } plain { id } }", loaders=loaders)
    assert result.data is not None
    assert list(result.data) == ["number", "plain"]
    assert list(result.data["number"]) == ["label", "id", "next", "both"]


def test_a_deep_chain_of_waves_needs_no_stack() -> None:
    depth = 190  # the parser's own limit is 200
    schema = build_schema("type Number { id: Int! next: Number! } type Query { next: Number! }")

    def next_number(number: Any, info: GraphQLResolveInfo) -> Any:
        return loader(info).load(number["id"] + 1 if number else 0)

    resolved_by(schema, {"Query.next": next_number, "Number.next": next_number})
    loaders = LoaderRegistry()
    result = run(schema, "{" + "next {" * depth + "id" + "}" * depth + "}", loaders=loaders)
    assert result.errors is None
    value: Any = result.data
    for _ in range(depth):
        value = value["next"]
    assert value == {"id": depth - 1}
    assert loaders.get(Numbers).batches == [[key] for key in range(depth)]


def test_mutations_run_one_after_the_other_with_all_their_waves() -> None:
    events: list[str] = []

    class Watched(Numbers):
        def batch_load(self, keys: list[int]) -> list[Any]:
            events.append(f"fetch {keys}")
            return super().batch_load(keys)

    def add(_: Any, info: GraphQLResolveInfo, key: int) -> Any:
        events.append(f"add {key}")
        return info.context.get(Watched).load(key)

    def add_deep(_: Any, info: GraphQLResolveInfo, key: int) -> Any:
        events.append(f"add deep {key}")
        return {"id": key, "label": info.context.get(Watched).load(key)}

    schema = build_schema(
        """
        type Number { id: Int! label: Number }
        type Query { id: Int }
        type Mutation { add(key: Int!): Number addDeep(key: Int!): Number }
        """
    )
    resolved_by(schema, {"Mutation.add": add, "Mutation.addDeep": add_deep})
    result = run(
        schema,
        "mutation { a: add(key: 1) { id } b: add(key: -2) { id } c: addDeep(key: 3) { label { id } } "
        "d: add(key: 4) { id } }",
    )
    assert result.data == {"a": {"id": 1}, "b": None, "c": {"label": {"id": 3}}, "d": {"id": 4}}
    assert list(result.data) == ["a", "b", "c", "d"]
    assert shown(result) == [("b", "no number -2")]
    assert events == ["add 1", "fetch [1]", "add -2", "fetch [-2]", "add deep 3", "fetch [3]", "add 4", "fetch [4]"]


def test_loaders_of_two_registries_are_both_run() -> None:
    one, other = LoaderRegistry(), LoaderRegistry()
    schema = build_schema("type Number { id: Int } type Query { one: Number other: Number crossing: Number }")
    result = run(
        schema,
        "{ one { id } other { id } crossing { id } }",
        {
            "one": lambda info: one.get(Numbers).load(1),
            "other": lambda info: other.get(Numbers).load(2),
            "crossing": lambda info: one.get(Numbers).load(3).then(lambda _: other.get(Labels).load(4)),
        },
    )
    assert (result.data, result.errors) == ({"one": {"id": 1}, "other": {"id": 2}, "crossing": {"id": 4}}, None)
