"""The front door: arguments reach the execution, and stock execution gives the same answer."""

from typing import Any

import pytest
from graphql import GraphQLScalarType, MiddlewareManager, build_schema, parse

from api.execution import Deferred, LoaderRegistry, execute
from tests.unit.execution.recording import Numbers, resolved_by, run, shown

SCHEMA = build_schema(
    """
    type Number { id: Int! next: Number! nexts: [Number] fails: Number! }
    type Query { number(key: Int!): Number numbers: [Number!] }
    """
)


def next_number(number: Any, info: Any) -> Any:
    return info.context.get(Numbers).load(number["id"] + 10)


resolved_by(
    SCHEMA,
    {
        "Query.number": lambda _, info, key: info.context.get(Numbers).load(key),
        "Query.numbers": lambda _, info: (
            info.context.get(Numbers).load_many([1, 2]).then(lambda found: (*found, info.context.get(Numbers).load(3)))
        ),
        "Number.next": next_number,
        "Number.nexts": lambda number, info: [next_number(number, info), None],
        "Number.fails": lambda _, info: info.context.get(Numbers).load(-1),
    },
)


@pytest.mark.parametrize("stock", [False, True])
def test_both_contexts_give_the_same_answer(stock: bool) -> None:
    query = "{ numbers { id next { id } nexts { id } } number(key: 5) { nexts { next { id } fails { id } } } }"
    result = run(SCHEMA, query, stock=stock)
    assert result.data == {
        "numbers": [{"id": key, "next": {"id": key + 10}, "nexts": [{"id": key + 10}, None]} for key in (1, 2, 3)],
        "number": {"nexts": [None, None]},
    }
    assert shown(result) == [("number.nexts.0.fails", "no number -1")]


@pytest.mark.parametrize("stock", [False, True])
def test_generators_may_give_deferred_items(stock: bool) -> None:
    def numbers(info: Any) -> Any:
        yield info.context.get(Numbers).load(1)
        yield {"id": 2}
        yield info.context.get(Numbers).load(-3)

    schema = build_schema("type Number { id: Int! } type Query { numbers: [Number] }")
    result = run(schema, "{ numbers { id } }", {"numbers": numbers}, stock=stock)
    assert (result.data, shown(result)) == ({"numbers": [{"id": 1}, {"id": 2}, None]}, [("numbers.2", "no number -3")])


@pytest.mark.parametrize("stock", [False, True])
def test_values_of_custom_scalars_are_left_as_they_are(stock: bool) -> None:
    schema = build_schema("scalar Pair type Query { pair: Pair }")
    pair = schema.type_map["Pair"]
    assert isinstance(pair, GraphQLScalarType)
    pair.serialize = repr  # type: ignore[assignment, method-assign]  # as a schema builder sets it
    assert run(schema, "{ pair }", {"pair": (1, (2, 3))}, stock=stock).data == {"pair": "(1, (2, 3))"}


def test_stock_execution_does_not_batch() -> None:
    batches = {}
    for stock in (False, True):
        loaders = LoaderRegistry()
        run(SCHEMA, "{ numbers { next { id } } }", loaders=loaders, stock=stock)
        batches[stock] = loaders.get(Numbers).batches
    assert batches == {False: [[1, 2], [3, 11, 12], [13]], True: [[1, 2], [3], [11], [12], [13]]}


@pytest.mark.parametrize("stock", [False, True])
@pytest.mark.parametrize("wrap", [list, MiddlewareManager], ids=["list", "manager"])
def test_middleware_sees_every_field(stock: bool, wrap: Any) -> None:
    seen: list[str] = []

    def watch(resolve: Any, source: Any, info: Any, **arguments: Any) -> Any:
        seen.append(info.field_name)
        return resolve(source, info, **arguments)

    middleware = wrap([watch]) if wrap is list else wrap(watch)
    run(SCHEMA, "{ number(key: 1) { id next { id } } }", middleware=middleware, stock=stock)
    assert sorted(seen) == ["id", "id", "next", "number"]


def test_names_variables_and_resolvers_are_passed_on() -> None:
    document = parse("query One { number(key: 1) { id } } query Other($id: Int!) { number(key: $id) { id } }")
    options: dict[str, Any] = {
        "context_value": LoaderRegistry(),
        "field_resolver": lambda number, info: number["id"] * 10,
    }
    result = execute(SCHEMA, document, operation_name="Other", variable_values={"id": 4}, **options)
    assert (result.data, result.errors) == ({"number": {"id": 40}}, None)


def test_unknown_operations_and_wrong_variables_are_errors() -> None:
    document = parse("query One($id: Int!) { number(key: $id) { id } }")
    assert shown(execute(SCHEMA, document, operation_name="Two")) == [("", "Unknown operation named 'Two'.")]
    result = execute(SCHEMA, document, variable_values={"id": "x"})
    assert result.data is None
    assert shown(result) == [("", "Variable '$id' got invalid value 'x'; Int cannot represent non-integer value: 'x'")]
    with pytest.raises(TypeError, match="Variable values must be provided as a dictionary"):
        execute(SCHEMA, document, variable_values="id")  # type: ignore[arg-type]  # the point of the test


def test_values_that_are_there_need_no_wave() -> None:
    schema = build_schema("type Query { ready: [Int] failed: Int }")
    root = {
        "ready": lambda info: Deferred.resolved([Deferred.resolved(1), 2]),
        "failed": lambda info: Deferred.rejected(ValueError("failed")),
    }
    result = run(schema, "{ ready failed }", root)
    assert (result.data, shown(result)) == ({"ready": [1, 2], "failed": None}, [("failed", "failed")])
