"""Batch loaders: many `load(key)`, one `batch_load(keys)` a wave."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Generic, ParamSpec, TypeVar, cast

from api.execution.deferred import Deferred, Ready, queues_of, run_ready

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
P = ParamSpec("P")
L = TypeVar("L", bound="BatchLoader[Any, Any]")


class BatchResultError(Exception):
    """A `batch_load` returned something that cannot be dealt out to its keys: a defect of that loader."""


class LoadQueue:
    """The loaders of one request that have keys to fetch, in the order in which they were first asked."""

    def __init__(self) -> None:
        self._loaders: list[BatchLoader[Any, Any]] = []

    def add(self, loader: BatchLoader[Any, Any]) -> None:
        self._loaders.append(loader)

    def dispatch(self) -> bool:
        """Run one wave: each waiting loader fetches its keys once, then what waited for them is told.

        Loads asked for meanwhile belong to the next wave. False when no loader was waiting.
        """
        loaders, self._loaders = self._loaders, []
        ready: Ready = []
        for loader in loaders:
            loader._dispatch(ready)
        run_ready(ready)
        return bool(loaders)


class BatchLoader(Generic[K, V]):
    """Fetches values by key, all keys of a wave in one call, each key once in the life of the loader.

    Subclasses write `batch_load`, and an `__init__` when they have parameters (a locale, a site). Instances come from
    `LoaderRegistry.get`; one made by hand works too, but batches alone.
    """

    _queue: LoadQueue
    _cache: dict[Hashable, Deferred[V]]
    _keys: list[K]
    _waiting: list[Deferred[V]]

    def __new__(cls, *args: Any, **kwargs: Any) -> BatchLoader[K, V]:
        # Here and not in __init__, so that a subclass with parameters cannot forget to call it.
        loader = super().__new__(cls)
        loader._queue = LoadQueue()
        loader._cache = {}
        loader._keys = []
        loader._waiting = []
        return loader

    def batch_load(self, keys: list[K]) -> Mapping[K, V] | Sequence[V | Exception] | Deferred[Any]:
        """The values of `keys`, which are different from each other and at least one.

        Either a mapping by key, where a key left out stands for `missing(key)`, or a sequence as long as `keys` and in
        the same order. A value that is an Exception is the error of that key alone; an exception raised here is the
        error of every key. Values, and the whole, may be deferred in turn (a loader that builds upon others).
        """
        raise NotImplementedError

    def cache_key(self, key: K) -> Hashable:
        """What makes two keys the same; to be overridden when keys are not hashable or have several spellings."""
        return cast(Hashable, key)

    def missing(self, key: K) -> V:
        """The value of a key that the mapping of `batch_load` leaves out: None, unless overridden."""
        return cast(V, None)

    def load(self, key: K) -> Deferred[V]:
        """The value of `key`. The same deferred for the same key, errors included."""
        cache_key = self.cache_key(key)
        deferred = self._cache.get(cache_key)
        if deferred is None:
            deferred = self._cache[cache_key] = Deferred()
            deferred._upstream = self._queue
            if not self._keys:
                self._queue.add(self)
            self._keys.append(key)
            self._waiting.append(deferred)
        return deferred

    def load_many(self, keys: Iterable[K]) -> Deferred[list[V]]:
        """The values of `keys`, in their order, with repetitions."""
        return Deferred.all([self.load(key) for key in keys])

    def prime(self, key: K, value: V | Exception) -> None:
        """Give a value that is known already. One that was loaded or given before stays."""
        cache_key = self.cache_key(key)
        if cache_key not in self._cache:
            self._cache[cache_key] = _outcome(value)

    def _dispatch(self, ready: Ready) -> None:
        keys, self._keys = self._keys, []
        waiting, self._waiting = self._waiting, []
        try:
            # A copy: what batch_load does to its list must not shift values to wrong keys.
            values = self.batch_load(list(keys))
        except Exception as error:  # noqa: BLE001  becomes the error of the fields that wait
            values = Deferred.rejected(error)
        if isinstance(values, Deferred):
            found = values.then(lambda settled: self._dealt(keys, settled))
            for index, deferred in enumerate(waiting):
                deferred._follow(found.then(_outcome_at(index)), ready)
            return
        try:
            dealt = self._dealt(keys, values)
        except BatchResultError as error:
            dealt = [error] * len(keys)
        for deferred, value in zip(waiting, dealt, strict=True):
            if isinstance(value, Exception):
                deferred._settle(None, value, ready)
            elif isinstance(value, Deferred):
                deferred._follow(value, ready)
            else:
                deferred._settle(value, None, ready)

    def _dealt(self, keys: list[K], values: Any) -> Sequence[Any]:
        """The value, exception or deferred value of each key. Raises BatchResultError."""
        if isinstance(values, Mapping):
            return [self._found(values, key) for key in keys]
        name = f"{type(self).__qualname__}.batch_load"
        if not isinstance(values, Sequence) or isinstance(values, str | bytes):
            raise BatchResultError(f"{name} must return a mapping or a sequence, not {type(values).__qualname__}.")
        if len(values) != len(keys):
            raise BatchResultError(f"{name} returned {len(values)} values for {len(keys)} keys.")
        return values

    def _found(self, values: Mapping[K, V], key: K) -> V | Exception:
        try:
            return values[key]  # not get(): a defaultdict makes its default
        except KeyError:
            pass
        try:
            return self.missing(key)
        except Exception as error:  # noqa: BLE001  as above
            return error


class LoaderRegistry:
    """The loaders of one request: make one for each request, and hand it to resolvers in the context value."""

    def __init__(self) -> None:
        self._queue = LoadQueue()
        self._loaders: dict[Hashable, BatchLoader[Any, Any]] = {}

    def get(self, loader_class: Callable[P, L], *args: P.args, **kwargs: P.kwargs) -> L:
        """The one instance of `loader_class` with these (hashable) parameters."""
        key = (loader_class, args, tuple(sorted(kwargs.items()))) if kwargs else (loader_class, args)
        loader = self._loaders.get(key)
        if loader is None:
            loader = self._loaders[key] = loader_class(*args, **kwargs)
            loader._queue = self._queue
        return cast(L, loader)

    def keys_loaded(self, loader_class: type[BatchLoader[K, Any]]) -> set[K]:
        """Every key that loaders of a class were asked for, as ``cache_key`` has it."""
        return {key for loader in self._loaders.values() if type(loader) is loader_class for key in loader._cache}  # type: ignore[misc] # cache_key leaves most keys as they are


def dispatch_all(queues: Iterable[LoadQueue]) -> bool:
    """Run one wave over all of `queues`. False when no loader was waiting in any."""
    return sum(queue.dispatch() for queue in queues) > 0


def wait(value: Deferred[T]) -> T:
    """The value, running as many waves as it needs. Raises its error, or RuntimeError when nothing will ever settle it.

    For tests, commands and the switch to stock execution. A resolver that waits does so alone, outside the batch that
    its siblings share: it should return the deferred instead.
    """
    while not value.is_settled:
        if not dispatch_all(dict.fromkeys(queues_of([value]))):
            raise RuntimeError("Nothing will ever settle this deferred value.")
    return value.result()


def _outcome(value: V | Exception) -> Deferred[V]:
    return Deferred.rejected(value) if isinstance(value, Exception) else Deferred.resolved(value)


def _outcome_at(index: int) -> Callable[[Sequence[V | Exception]], Deferred[V]]:
    return lambda dealt: _outcome(dealt[index])
