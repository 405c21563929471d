"""Deferred values compose, and carry errors, without the help of an execution context."""

import pytest

from api.execution import Deferred, LoaderRegistry, gather, wait
from api.execution.deferred import queues_of
from tests.unit.execution.recording import Labels, Numbers


@pytest.fixture
def numbers() -> Numbers:
    return LoaderRegistry().get(Numbers)


def test_then_maps_the_value(numbers: Numbers) -> None:
    assert wait(numbers.load(3).then(lambda number: number["id"] * 2)) == 6


def test_then_follows_the_deferred_that_its_function_returns(numbers: Numbers) -> None:
    chained = numbers.load(1).then(lambda number: numbers.load(number["id"] + 1)).then(lambda number: number["id"])
    assert wait(chained) == 2
    assert numbers.batches == [[1], [2]]


def test_then_on_a_value_that_is_there_answers_at_once(numbers: Numbers) -> None:
    wait(numbers.load(1))
    again = numbers.load(1).then(lambda number: number["id"])
    assert again.is_settled
    assert again.result() == 1
    assert numbers.batches == [[1]]


@pytest.mark.parametrize("settled", [True, False])
def test_an_error_passes_by_every_then(numbers: Numbers, settled: bool) -> None:
    called: list[object] = []
    if settled:
        with pytest.raises(ValueError, match="no number -1"):
            wait(numbers.load(-1))
    with pytest.raises(ValueError, match="no number -1"):
        wait(numbers.load(-1).then(called.append).then(called.append))
    assert called == []


@pytest.mark.parametrize("settled", [True, False])
def test_an_error_raised_in_then_is_the_error_of_its_result(numbers: Numbers, settled: bool) -> None:
    first = Deferred.resolved({"id": 0}) if settled else numbers.load(0)
    with pytest.raises(ZeroDivisionError):
        wait(first.then(lambda number: 1 // number["id"]))


def test_all_keeps_order_repetitions_and_plain_values(numbers: Numbers) -> None:
    both = Deferred.all([numbers.load(2), {"id": "plain"}, numbers.load(1), numbers.load(2)])
    assert [number["id"] for number in wait(both)] == [2, "plain", 1, 2]
    assert numbers.batches == [[2, 1]]


def test_all_of_nothing_is_an_empty_list() -> None:
    assert Deferred.all([]).result() == []


def test_all_fails_with_the_error_of_the_first_in_the_list(numbers: Numbers) -> None:
    later = numbers.load(0).then(lambda _: numbers.load(-1))
    with pytest.raises(ValueError, match="no number -1"):
        wait(Deferred.all([later, numbers.load(-2)]))


def test_gather_joins_loaders_in_one_wave() -> None:
    registry = LoaderRegistry()
    numbers, labels = registry.get(Numbers), registry.get(Labels)
    assert wait(gather(numbers.load(1), labels.load(2)).then(lambda pair: pair[0]["id"] + pair[1]["id"])) == 3
    assert (numbers.batches, labels.batches) == ([[1]], [[2]])


def test_a_deferred_of_a_deferred_is_the_inner_one(numbers: Numbers) -> None:
    inner = numbers.load(1)
    assert Deferred.resolved(inner) is inner


def test_result_before_its_time_is_refused(numbers: Numbers) -> None:
    with pytest.raises(RuntimeError, match="not there yet"):
        numbers.load(1).result()


def test_what_nothing_settles_is_an_error_and_no_endless_loop() -> None:
    with pytest.raises(RuntimeError, match="Nothing will ever settle"):
        wait(Deferred())


def test_a_deferred_that_waits_for_itself_is_an_error_and_no_endless_loop(numbers: Numbers) -> None:
    loop: Deferred[int] = numbers.load(1).then(lambda _: loop)
    with pytest.raises(RuntimeError, match="Nothing will ever settle"):
        wait(loop)


def test_chains_of_any_length_need_no_stack(numbers: Numbers) -> None:
    length = 20_000
    value: Deferred[int] = numbers.load(0).then(lambda number: number["id"])
    for _ in range(length):
        value = value.then(lambda count: count + 1)
    assert wait(value) == length


def test_adoptions_of_any_depth_need_no_stack(numbers: Numbers) -> None:
    def count_up(number: dict[str, int]) -> Deferred[int] | int:
        key = number["id"]
        return key if key == 1_500 else numbers.load(key + 1).then(count_up)

    assert wait(numbers.load(0).then(count_up)) == 1_500


@pytest.mark.parametrize("number", [1, 50])
def test_what_many_wait_for_is_looked_at_once(numbers: Numbers, number: int) -> None:
    together = numbers.load_many(range(number))
    parts = [together.then(lambda found, index=index: found[index]) for index in range(number)]
    assert list(queues_of(parts)) == [numbers._queue] * number
    assert wait(gather(*parts)) == wait(together)


def test_repr_tells_the_state(numbers: Numbers) -> None:
    assert repr(numbers.load(1)) == "<Deferred pending>"
    assert repr(Deferred.resolved(1)) == "<Deferred 1>"
    assert repr(Deferred.rejected(ValueError("x"))) == "<Deferred failed ValueError('x')>"
