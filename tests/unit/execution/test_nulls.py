"""Errors of deferred values: located, nulling what the specification says, the same as for plain values."""

from itertools import count
from typing import Any

import pytest
from graphql import GraphQLError, GraphQLObjectType, build_schema

from api.execution import Deferred, LoaderRegistry
from tests.unit.execution.recording import Numbers, run, shown

SCHEMA = build_schema(
    """
    type Box {
      may: Int must: Int! inner: Box innerMust: Box! list: [Box] listOfMust: [Box!] mustOfMust: [Box!]! ints: [[Int!]]
    }
    type Query { box: Box boxMust: Box! may: Int must: Int! }
    type Mutation { may: Int must: Int! box: Box }
    """
)


KEYS = count()  # a key that was loaded already would be there at once


def late(value: Any = None) -> Any:
    """A resolver whose value comes one wave later."""
    return lambda info: info.context.get(Numbers).load(next(KEYS)).then(lambda _: value)


def failing(message: str = "failed") -> Any:
    def fail(_: Any) -> None:
        raise ValueError(message)

    return lambda info: info.context.get(Numbers).load(next(KEYS)).then(fail)


def failing_now(message: str) -> Any:
    def fail(_: Any) -> None:
        raise ValueError(message)

    return fail


def test_an_error_nulls_its_nullable_field_and_names_its_place() -> None:
    result = run(SCHEMA, "{ box { inner { may } } }", {"box": late({"inner": late({"may": failing()})})})
    assert result.data == {"box": {"inner": {"may": None}}}
    assert shown(result) == [("box.inner.may", "failed")]
    error = (result.errors or [])[0]
    assert error.locations is not None
    assert [tuple(location) for location in error.locations] == [(1, 17)]
    assert isinstance(error.original_error, ValueError)


def test_graphql_errors_keep_their_extensions() -> None:
    def fail(_: Any) -> None:
        raise GraphQLError("no", extensions={"code": "NOT_FOUND"})

    result = run(SCHEMA, "{ may }", {"may": lambda info: info.context.get(Numbers).load(1).then(fail)})
    assert [error.formatted for error in result.errors or []] == [
        {"message": "no", "locations": [{"line": 1, "column": 3}], "path": ["may"], "extensions": {"code": "NOT_FOUND"}}
    ]


def test_null_at_a_non_null_field_nulls_its_parent() -> None:
    result = run(SCHEMA, "{ box { inner { must may } may } }", {"box": {"inner": {"must": late(None)}, "may": late(1)}})
    assert result.data == {"box": {"inner": None, "may": 1}}
    assert shown(result) == [("box.inner.must", "Cannot return null for non-nullable field Box.must.")]


def test_an_error_climbs_through_a_chain_of_non_null_fields() -> None:
    box = {"inner": late({"innerMust": late({"innerMust": late({"must": failing()}), "may": 1})}), "may": 2}
    result = run(SCHEMA, "{ box { inner { innerMust { innerMust { must } may } } may } }", {"box": box})
    assert result.data == {"box": {"inner": None, "may": 2}}
    assert shown(result) == [("box.inner.innerMust.innerMust.must", "failed")]


def test_an_error_that_nothing_catches_nulls_the_data() -> None:
    result = run(SCHEMA, "{ may boxMust { must } }", {"may": late(1), "boxMust": late({"must": failing()})})
    assert result.data is None
    assert shown(result) == [("boxMust.must", "failed")]


def test_an_error_in_a_list_nulls_its_item_or_the_list() -> None:
    items = [{"must": late(1)}, {"must": failing()}, {"must": late(3)}]
    result = run(
        SCHEMA,
        "{ box { list { must } listOfMust { must } inner { mustOfMust { must } } may } }",
        {"box": {"list": items, "listOfMust": late(items), "inner": {"mustOfMust": items}, "may": 1}},
    )
    assert result.data == {
        "box": {"list": [{"must": 1}, None, {"must": 3}], "listOfMust": None, "inner": None, "may": 1}
    }
    assert shown(result) == [
        ("box.list.1.must", "failed"),
        ("box.listOfMust.1.must", "failed"),
        ("box.inner.mustOfMust.1.must", "failed"),
    ]


def test_deferred_items_of_inner_lists_null_the_inner_list() -> None:
    def ints(info: Any) -> Any:
        load = info.context.get(Numbers).load
        return [[1, load(-1)], load(2).then(lambda _: [2, load(3).then(lambda _: None)]), [load(4).then(lambda _: 4)]]

    result = run(SCHEMA, "{ box { ints } }", {"box": {"ints": ints}})
    assert result.data == {"box": {"ints": [None, None, [4]]}}
    assert shown(result) == [
        ("box.ints.0.1", "no number -1"),
        ("box.ints.1.1", "Cannot return null for non-nullable field Box.ints."),
    ]


def test_an_error_of_one_key_leaves_the_others_answered() -> None:
    boxes = [
        lambda info, key=key: info.context.get(Numbers).load(key).then(lambda number: number["id"])
        for key in (1, -2, 3)
    ]
    result = run(SCHEMA, "{ box { list { may } } }", {"box": {"list": [{"may": box} for box in boxes]}})
    assert result.data == {"box": {"list": [{"may": 1}, {"may": None}, {"may": 3}]}}
    assert shown(result) == [("box.list.1.may", "no number -2")]


def test_an_error_of_the_batch_is_one_error_for_each_field() -> None:
    class Broken(Numbers):
        def batch_load(self, keys: list[int]) -> list[Any]:
            raise LookupError("the batch failed")

    box = {"list": [{"may": lambda info: info.context.get(Broken).load(1)}] * 2}
    result = run(SCHEMA, "{ box { list { may } } }", {"box": box})
    assert result.data == {"box": {"list": [{"may": None}, {"may": None}]}}
    assert shown(result) == [("box.list.0.may", "the batch failed"), ("box.list.1.may", "the batch failed")]


def test_an_exception_as_a_value_is_an_error() -> None:
    result = run(SCHEMA, "{ may }", {"may": late(ValueError("as a value"))})
    assert (result.data, shown(result)) == ({"may": None}, [("may", "as a value")])


def test_a_value_of_the_wrong_kind_is_an_error_of_its_field() -> None:
    result = run(SCHEMA, "{ may box { list { may } } }", {"may": late("no number"), "box": {"list": late(5)}})
    assert result.data == {"may": None, "box": {"list": None}}
    assert shown(result) == [
        ("may", "Int cannot represent non-integer value: 'no number'"),
        ("box.list", "Expected Iterable, but did not find one for field 'Box.list'."),
    ]


def test_an_object_that_its_type_does_not_own_is_an_error() -> None:
    schema = build_schema("type Box { may: Int } type Query { now: Box later: Box boxes: [Box] }")
    box = schema.type_map["Box"]
    assert isinstance(box, GraphQLObjectType)
    box.is_type_of = lambda value, info: isinstance(value, dict) and info.field_name != "now"
    root = {"now": {}, "later": late(5), "boxes": late([{"may": 1}, 6])}
    result = run(schema, "{ now { may } later { may } boxes { may } }", root)
    assert result.data == {"now": None, "later": None, "boxes": [{"may": 1}, None]}
    assert shown(result) == [
        ("now", "Expected value of type 'Box' but got: {}."),
        ("later", "Expected value of type 'Box' but got: 5."),
        ("boxes.1", "Expected value of type 'Box' but got: 6."),
    ]


def test_what_nothing_settles_is_an_error_of_its_field() -> None:
    result = run(SCHEMA, "{ may box { may } }", {"may": lambda info: Deferred(), "box": late({"may": 1})})
    assert result.data == {"may": None, "box": {"may": 1}}
    assert shown(result) == [("may", "Nothing will ever settle this deferred value.")]


@pytest.mark.parametrize("first", [failing, failing_now], ids=["deferred", "plain"])
@pytest.mark.parametrize("second", [failing, failing_now], ids=["deferred", "plain"])
def test_one_error_is_shown_for_a_position_nulled_twice(first: Any, second: Any) -> None:
    box = {"must": first("first"), "innerMust": second("second")}
    result = run(SCHEMA, "{ box { must innerMust { may } } }", {"box": box})
    assert (result.data, shown(result)) == ({"box": None}, [("box.must", "first")])


@pytest.mark.parametrize("nullable", [failing, failing_now], ids=["deferred", "plain"])
@pytest.mark.parametrize("fatal", [failing, failing_now], ids=["deferred", "plain"])
def test_errors_below_a_nulled_position_count_when_they_stand_before_the_fatal_one(nullable: Any, fatal: Any) -> None:
    box = {"inner": {"may": nullable("before")}, "must": fatal("fatal"), "may": nullable("after")}
    result = run(SCHEMA, "{ box { inner { may } must may } }", {"box": box})
    assert result.data == {"box": None}
    assert shown(result) == [("box.inner.may", "before"), ("box.must", "fatal")]


def test_a_list_that_breaks_midway_keeps_the_errors_of_its_items() -> None:
    def boxes(info: Any) -> Any:
        yield {"may": failing("item")}
        raise ValueError("broke")

    result = run(SCHEMA, "{ box { list { may } } may }", {"box": {"list": boxes}, "may": late(1)})
    assert result.data == {"box": {"list": None}, "may": 1}
    assert sorted(shown(result)) == [("box.list", "broke"), ("box.list.0.may", "item")]


def test_mutations_stop_at_an_error_that_nulls_the_data() -> None:
    called: list[str] = []

    def watched(info: Any) -> Any:
        called.append(info.path.key)
        return late(1)(info)

    result = run(
        SCHEMA,
        "mutation { a: may b: must c: may }",
        {"may": watched, "must": failing()},
    )
    assert (result.data, shown(result)) == (None, [("b", "failed")])
    assert called == ["a"]


def test_an_execution_leaves_nothing_to_the_next() -> None:
    loaders = LoaderRegistry()
    run(SCHEMA, "{ must may }", {"must": failing(), "may": late(1)}, loaders=loaders)
    assert run(SCHEMA, "{ may }", {"may": late(2)}, loaders=loaders).data == {"may": 2}
    assert [len(batch) for batch in loaders.get(Numbers).batches] == [2, 1]
