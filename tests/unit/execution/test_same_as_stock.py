"""Random schemas, queries and data: deferred or not, the answer is the one that graphql-core gives for plain values."""

from collections import Counter
from random import Random
from typing import Any

import pytest
from graphql import ExecutionResult, default_field_resolver, execute_sync, is_object_type, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.execution import LoaderRegistry, Plans, batch_resolver, execute
from tests.unit.execution.worlds import Parcels, Table, Thing, World, changed, deferred, deferred_item, plain

SEEDS = st.integers(min_value=0, max_value=2**32)


def told(result: ExecutionResult) -> Any:
    errors = Counter((str(error.path), error.message, str(error.locations)) for error in result.errors or [])
    return {"data": result.data, "errors": errors, "order": repr(result.data)}


def answers(world: World, deferring: int) -> tuple[Any, Any, Any]:
    """What is told by stock of plain values, by ours of deferred ones, and by stock that waits for deferred ones."""
    document = parse(world.query)
    variables = {"yes": bool(deferring % 2)}
    stock = execute_sync(
        world.schema, document, variable_values=variables, field_resolver=lambda _, info: plain(world.value(info))
    )

    def resolve(_: Any, info: Any) -> Any:
        return deferred(world.value(info), info.context, Random(f"{deferring} {info.path.as_list()}"))

    ours, waiting = (
        execute(
            world.schema,
            document,
            context_value=LoaderRegistry(),
            variable_values=variables,
            field_resolver=resolve,
            stock=stock_too,
        )
        for stock_too in (False, True)
    )
    return told(stock), told(ours), told(waiting)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS, deferring=SEEDS)
def test_answers_are_the_same(seed: int, deferring: int) -> None:
    stock, ours, waiting = answers(World(seed), deferring)
    assert ours == stock
    assert waiting == stock


@pytest.mark.parametrize("make", [dict, Thing, Table])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS, deferring=SEEDS)
def test_default_resolvers_read_the_same(make: Any, seed: int, deferring: int) -> None:
    """Trees of dicts, objects and mappings, read by default resolvers, with plans that executions share."""
    world, random = World(seed), Random(deferring)
    document = parse(world.query)
    plans = Plans(world.schema, document)
    for yes in (True, False, True):
        variables = {"yes": yes}
        tree = world.tree(document, variables)
        loaders = LoaderRegistry()

        def disguise(value: Any, loaders: LoaderRegistry = loaders) -> Any:
            if isinstance(value, dict):
                value = make(with_callables(value))
            return deferred_item(value, loaders, random) if random.random() < 0.3 else value

        def with_callables(values: dict[str, Any]) -> dict[str, Any]:
            chosen = {key for key in values if key != "__typename" and random.random() < 0.1}
            return {key: (lambda info, held=held: held) if key in chosen else held for key, held in values.items()}

        disguised = with_callables({key: changed(value, disguise) for key, value in tree.items()})
        stock = execute_sync(world.schema, document, tree, variable_values=variables)
        ours = execute(world.schema, document, root_value=disguised, variable_values=variables, plans=plans)
        assert told(ours) == told(stock)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS, deferring=SEEDS)
def test_batch_resolvers_answer_the_same(seed: int, deferring: int) -> None:
    """Some fields are resolved for many objects at once, with values that are deferred one by one, or all together."""
    world, random = World(seed), Random(deferring)
    document = parse(world.query)
    variables = {"yes": bool(deferring % 2)}
    tree = world.tree(document, variables)
    stock = execute_sync(world.schema, document, tree, variable_values=variables)

    @batch_resolver
    def read(sources: list[Any], info: Any) -> Any:
        values = [default_field_resolver(source, info) for source in sources]
        if random.random() < 0.3:
            return info.context.get(Parcels, 0).send(values)
        return [deferred_item(value, info.context, random) if random.random() < 0.3 else value for value in values]

    for type_ in world.schema.type_map.values():
        for field in getattr(type_, "fields", {}).values() if is_object_type(type_) else ():
            if not type_.name.startswith("__") and random.random() < 0.6:
                field.resolve = read
    ours, waiting = (
        execute(
            world.schema,
            document,
            root_value=tree,
            context_value=LoaderRegistry(),
            variable_values=variables,
            stock=stock_too,
        )
        for stock_too in (False, True)
    )
    assert told(ours) == told(stock)
    assert told(waiting) == told(stock)


def test_the_worlds_have_what_they_are_made_for() -> None:
    """The comparison above says nothing unless the worlds hold nulled data, errors below nulls and long answers."""
    found: Counter[str] = Counter()
    for seed in range(60):
        world = World(seed)
        answer, _, _ = answers(world, seed)
        found["mutation"] += world.query.startswith("mutation")
        found["no data"] += answer["data"] is None
        found["errors"] += bool(answer["errors"])
        found["several errors"] += len(answer["errors"]) > 3
        found["no errors"] += not answer["errors"]
        found["long"] += len(answer["order"]) > 1000
    assert all(count > 3 for count in found.values()), found
    assert len(found) == 6
