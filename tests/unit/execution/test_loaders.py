"""Batch loaders: what is fetched when, what is kept, and what a wrong batch function is told."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest

from api.execution import BatchLoader, BatchResultError, Deferred, LoaderRegistry, wait
from tests.unit.execution.recording import Labels, Numbers


def loader_returning(values: Any) -> BatchLoader[Any, Any]:
    class Returning(BatchLoader[Any, Any]):
        def batch_load(self, keys: list[Any]) -> Any:
            return values(keys) if callable(values) else values

    return Returning()


def test_the_registry_has_one_loader_for_each_class_and_parameters() -> None:
    registry = LoaderRegistry()
    assert registry.get(Numbers) is registry.get(Numbers)
    assert registry.get(Numbers, "fr") is registry.get(Numbers, "fr")
    assert registry.get(Numbers, "fr") is not registry.get(Numbers, "ar")
    assert registry.get(Numbers, name="fr") is registry.get(Numbers, name="fr")
    assert registry.get(Numbers) is not registry.get(Labels)
    assert registry.get(Numbers) is not LoaderRegistry().get(Numbers)
    assert registry.get(Numbers, "fr").name == "fr"


def test_keys_of_a_wave_are_fetched_once_in_the_order_of_asking() -> None:
    numbers = LoaderRegistry().get(Numbers)
    loads = [numbers.load(key) for key in (3, 1, 3, 2)]
    assert loads[0] is loads[2]
    assert [wait(load)["id"] for load in loads] == [3, 1, 3, 2]
    assert numbers.batches == [[3, 1, 2]]


def test_a_later_wave_fetches_new_keys_only() -> None:
    numbers = LoaderRegistry().get(Numbers)
    wait(numbers.load_many([1, 2]))
    assert wait(numbers.load_many([2, 3, 1])) == [{"id": 2}, {"id": 3}, {"id": 1}]
    assert numbers.batches == [[1, 2], [3]]


@pytest.mark.parametrize("numbers_first", [True, False])
def test_loads_asked_for_by_a_value_belong_to_the_next_wave(numbers_first: bool) -> None:
    """Whatever the order in which loaders run: the number of batches must not depend on it."""
    registry = LoaderRegistry()
    numbers, labels = registry.get(Numbers), registry.get(Labels)

    def ask_numbers() -> Deferred[Any]:
        return numbers.load(1).then(lambda _: labels.load(2))

    def ask_labels() -> Deferred[Any]:
        return labels.load(3)

    order = [ask_numbers, ask_labels] if numbers_first else [ask_labels, ask_numbers]
    wait(Deferred.all([ask() for ask in order]))
    assert (numbers.batches, labels.batches) == ([[1]], [[3], [2]])


def test_nothing_is_fetched_for_an_empty_list() -> None:
    numbers = LoaderRegistry().get(Numbers)
    assert wait(numbers.load_many([])) == []
    assert numbers.batches == []


def test_a_primed_value_is_not_fetched_and_does_not_replace_one() -> None:
    numbers = LoaderRegistry().get(Numbers)
    numbers.prime(1, {"id": "known"})
    numbers.prime(1, {"id": "too late"})
    wait(numbers.load(2))
    numbers.prime(2, {"id": "too late"})
    numbers.prime(3, KeyError("gone"))
    assert wait(numbers.load_many([1, 2])) == [{"id": "known"}, {"id": 2}]
    with pytest.raises(KeyError, match="gone"):
        wait(numbers.load(3))
    assert numbers.batches == [[2]]


def test_cache_key_makes_spellings_one_key() -> None:
    class Codes(Numbers):
        def cache_key(self, key: Any) -> str:
            return str(key).upper()

        def batch_load(self, keys: list[Any]) -> list[Any]:
            self.batches.append(keys)
            return [str(key) for key in keys]

    codes = LoaderRegistry().get(Codes)
    assert wait(Deferred.all([codes.load("mx"), codes.load("MX"), codes.load(["x"])])) == ["mx", "mx", "['x']"]  # type: ignore[arg-type]  # any key will do
    assert str(codes.batches) == "[['mx', ['x']]]"


def test_errors_stand_at_their_keys_and_are_kept() -> None:
    numbers = LoaderRegistry().get(Numbers)
    good, bad = numbers.load(1), numbers.load(-1)
    assert wait(good) == {"id": 1}
    for load in (bad, numbers.load(-1)):
        with pytest.raises(ValueError, match="no number -1"):
            wait(load)
    assert numbers.batches == [[1, -1]]


def test_an_error_of_the_batch_is_that_of_every_key() -> None:
    loader = loader_returning(lambda keys: 1 // 0)
    for load in [loader.load(1), loader.load(2)]:
        with pytest.raises(ZeroDivisionError):
            wait(load)


def test_a_mapping_is_read_by_key_and_what_it_lacks_is_missing() -> None:
    class Squares(BatchLoader[int, int | None]):
        def batch_load(self, keys: list[int]) -> Mapping[int, int | None]:
            return {key: key * key for key in reversed(keys) if key % 2}

    class SquaresOrElse(Squares):
        def missing(self, key: int) -> int:
            if key == 4:
                raise LookupError("four")
            return -key

    assert wait(Squares().load_many([1, 2, 3])) == [1, None, 9]
    strict = SquaresOrElse()
    loads = [strict.load(key) for key in (2, 3, 4)]
    assert [wait(load) for load in loads[:2]] == [-2, 9]
    with pytest.raises(LookupError, match="four"):
        wait(loads[2])


def test_a_defaultdict_gives_its_default() -> None:
    assert wait(loader_returning(defaultdict(list, {1: ["one"]})).load_many([1, 2])) == [["one"], []]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1], "Returning.batch_load returned 1 values for 2 keys."),
        ([1, 2, 3], "Returning.batch_load returned 3 values for 2 keys."),
        ((), "Returning.batch_load returned 0 values for 2 keys."),
        (None, "Returning.batch_load must return a mapping or a sequence, not NoneType."),
        ("ab", "Returning.batch_load must return a mapping or a sequence, not str."),
        ({1, 2}, "Returning.batch_load must return a mapping or a sequence, not set."),
        (iter([1, 2]), "Returning.batch_load must return a mapping or a sequence, not list_iterator."),
        (Deferred.resolved([1]), "Returning.batch_load returned 1 values for 2 keys."),
    ],
)
def test_a_result_that_cannot_be_dealt_out_is_named(values: Any, message: str) -> None:
    loader = loader_returning(values)
    for load in [loader.load(1), loader.load(2)]:
        with pytest.raises(BatchResultError) as caught:
            wait(load)
        assert str(caught.value).endswith(message)


def test_what_a_batch_does_to_its_keys_does_not_shift_values() -> None:
    def sort_in_place(keys: list[int]) -> Mapping[int, int]:
        keys.sort()
        return {key: key * 10 for key in keys}

    loader = loader_returning(sort_in_place)
    first, second = loader.load(2), loader.load(1)
    assert (wait(first), wait(second)) == (20, 10)


def test_a_loader_may_build_upon_another() -> None:
    registry = LoaderRegistry()

    class Doubles(BatchLoader[int, int]):
        def batch_load(self, keys: list[int]) -> Any:
            return registry.get(Numbers).load_many(keys).then(lambda found: [number["id"] * 2 for number in found])

    class Halves(BatchLoader[int, int]):
        def batch_load(self, keys: list[int]) -> Any:
            return {key: registry.get(Doubles).load(key).then(lambda double: double // 4) for key in keys}

    assert wait(registry.get(Halves).load_many([4, 6])) == [2, 3]
    assert registry.get(Numbers).batches == [[4, 6]]


def test_a_loader_without_a_registry_batches_alone() -> None:
    one, other = Numbers(), Numbers()
    assert [number["id"] for number in wait(Deferred.all([one.load(1), other.load(2), one.load(3)]))] == [1, 2, 3]
    assert (one.batches, other.batches) == ([[1, 3]], [[2]])


def test_batch_load_has_to_be_written() -> None:
    with pytest.raises(NotImplementedError):
        wait(BatchLoader[int, int]().load(1))
