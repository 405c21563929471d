"""Values that are not there yet.

A `Deferred` stands for a value that a batch loader will fetch in a coming wave. There is no event loop: the execution
context drives it during a request, `wait` outside of one. Nothing here is thread-safe, nor has to be: the loaders of
one request live in the thread that serves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast, overload

if TYPE_CHECKING:
    from api.execution.loaders import LoadQueue

T = TypeVar("T")
U = TypeVar("U")

# Work made due by a settled value. Callbacks run from a flat list instead of calling each other, so that a chain of
# any length needs no stack.
Ready = list[tuple[Callable[["Deferred[Any]", "Ready"], None], "Deferred[Any]"]]

_PENDING: Final = object()


class Deferred(Generic[T]):
    """A value of type T, or the error in its place, now or after some waves.

    Resolvers return it, items of lists may be it, and functions given to `then` may return it. One made by hand with
    `Deferred()` never settles: take them from a `BatchLoader`, from `Deferred.resolved` or from `Deferred.all`.
    """

    __slots__ = ("_callbacks", "_error", "_upstream", "_value")

    def __init__(self) -> None:
        self._value: Any = _PENDING
        self._error: Exception | None = None
        self._callbacks: list[Callable[[Deferred[Any], Ready], None]] | None = None
        # What settles this one: a queue of loaders, another deferred, or several.
        self._upstream: LoadQueue | Deferred[Any] | tuple[Deferred[Any], ...] | None = None

    @classmethod
    def resolved(cls, value: T | Deferred[T]) -> Deferred[T]:
        """A deferred that has `value` already; given a deferred, that one."""
        if isinstance(value, Deferred):
            return value
        deferred: Deferred[T] = cls()
        deferred._value = value
        return deferred

    @classmethod
    def rejected(cls, error: Exception) -> Deferred[Any]:
        """A deferred that failed already."""
        deferred: Deferred[Any] = cls()
        deferred._value = None
        deferred._error = error
        return deferred

    @overload
    @staticmethod
    def all(values: Iterable[Deferred[U]]) -> Deferred[list[U]]: ...
    @overload
    @staticmethod
    def all(values: Iterable[Any]) -> Deferred[list[Any]]: ...
    @staticmethod
    def all(values: Iterable[Any]) -> Deferred[list[Any]]:
        """The list of all values in their order; plain values may stand among the deferred ones.

        Waits for all of them, then fails with the error of the first in the list that failed.
        """
        items = list(values)
        pending = tuple(item for item in items if isinstance(item, Deferred) and not item.is_settled)
        if not pending:
            return _collected(items)
        result: Deferred[list[Any]] = Deferred()
        result._upstream = pending
        left = len(pending)

        def one_settled(_: Deferred[Any], ready: Ready) -> None:
            nonlocal left
            left -= 1
            if not left:
                result._follow(_collected(items), ready)

        for deferred in pending:
            deferred._subscribe(one_settled)
        return result

    @staticmethod
    def outcomes(values: Iterable[Any]) -> Deferred[list[Any]]:
        """What became of all values in their order: for each its value, or the exception in its place.

        Plain values may stand among the deferred ones. It is never an error itself.
        """
        items = list(values)
        pending = tuple(item for item in items if item.__class__ is Deferred and item._value is _PENDING)
        if not pending:
            return Deferred.resolved([outcome_of(item) for item in items])
        return _Outcomes(items, pending).result

    @property
    def is_settled(self) -> bool:
        return self._value is not _PENDING

    def result(self) -> T:
        """The value. Raises the error in its place, or RuntimeError while there is neither."""
        if self._error is not None:
            raise self._error
        if self._value is _PENDING:
            raise RuntimeError("The value is not there yet: return the Deferred, or use then().")
        return cast(T, self._value)

    @overload
    def then(self, function: Callable[[T], Deferred[U]]) -> Deferred[U]: ...
    @overload
    def then(self, function: Callable[[T], Deferred[U] | U]) -> Deferred[U]: ...
    def then(self, function: Callable[[T], Any]) -> Deferred[Any]:
        """What `function` makes of the value, at once when it is there already.

        `function` may return another deferred. An error, of this value or raised by `function`, becomes the error of
        the result; `function` is not called when there is no value.
        """
        if self._error is not None:
            return self
        if self._value is not _PENDING:
            try:
                return Deferred.resolved(function(self._value))
            except Exception as error:  # noqa: BLE001  becomes the error of the field that waits
                return Deferred.rejected(error)
        result: Deferred[Any] = Deferred()
        result._upstream = self

        def call(settled: Deferred[Any], ready: Ready) -> None:
            result._follow(settled.then(function), ready)

        self._subscribe(call)
        return result

    # For loaders and the execution context.

    def _subscribe(self, callback: Callable[[Deferred[Any], Ready], None]) -> None:
        if self._callbacks is None:
            self._callbacks = [callback]
        else:
            self._callbacks.append(callback)

    def _follow(self, other: Deferred[Any], ready: Ready) -> None:
        """Settle as `other` does, at once when it has."""
        if other._value is _PENDING:
            self._upstream = other
            other._subscribe(self._follow)
        else:
            self._settle(other._value, other._error, ready)

    def _settle(self, value: Any, error: Exception | None, ready: Ready) -> None:
        """Take a value that is no deferred one, or an error."""
        self._value = value
        self._error = error
        self._upstream = None
        if self._callbacks is not None:
            ready.extend((callback, self) for callback in self._callbacks)
            self._callbacks = None

    def __repr__(self) -> str:
        if self._value is _PENDING:
            return "<Deferred pending>"
        return f"<Deferred {self._value!r}>" if self._error is None else f"<Deferred failed {self._error!r}>"


class _Outcomes:
    """Waits for many values. It is an object and not functions, which would know each other: as a circle they would
    keep a whole answer in memory until the garbage collector comes."""

    def __init__(self, items: list[Any], pending: tuple[Deferred[Any], ...]) -> None:
        self.result: Deferred[list[Any]] = Deferred()
        self.result._upstream = pending
        self._items = items
        self._pending = pending
        self._left = 0
        # What loaders of one queue bring comes in one wave: it is enough to wait for one, then to look for what had to
        # wait for more.
        first = {id(item._upstream) if _is_queue(item._upstream) else id(item): item for item in reversed(pending)}
        self._wait_for(list(first.values()))

    def _wait_for(self, deferreds: list[Deferred[Any]]) -> None:
        self._left += len(deferreds)
        for deferred in deferreds:
            deferred._subscribe(self._one_settled)

    def _one_settled(self, _: Deferred[Any], ready: Ready) -> None:
        self._left -= 1
        if self._left:
            return
        rest = [item for item in self._pending if item._value is _PENDING]
        if rest:
            self._wait_for(rest)
        else:
            self.result._settle([outcome_of(item) for item in self._items], None, ready)


def _is_queue(upstream: Any) -> bool:
    return upstream is not None and not isinstance(upstream, Deferred | tuple)


def queues_of(deferreds: Iterable[Deferred[Any]]) -> Iterable[LoadQueue]:
    """The queues of loaders that values wait for; none for a value that nothing will ever settle.

    What many of them wait for is looked at once: each item of a list may wait for one answer to the whole list.
    """
    seen: set[int] = set()
    left: list[Any] = list(deferreds)[::-1]
    while left:
        source = left.pop()
        if isinstance(source, tuple):
            left.extend(source)
        elif not isinstance(source, Deferred):
            yield source
        elif source._upstream is not None and id(source) not in seen:
            seen.add(id(source))
            left.append(source._upstream)


def gather(*values: Any) -> Deferred[list[Any]]:
    """`Deferred.all` for a few values of different types: `gather(a, b).then(lambda pair: ...)`."""
    return Deferred.all(values)


def outcome_of(item: Any) -> Any:
    """The value of a settled deferred, or the exception in its place; anything else as it is."""
    if item.__class__ is not Deferred:
        return item
    return item._value if item._error is None else item._error


def run_ready(ready: Ready) -> None:
    """Call what is due, and what becomes due by it."""
    while ready:
        batch, ready[:] = list(ready), ()
        for callback, settled in batch:
            callback(settled, ready)


def _collected(items: list[Any]) -> Deferred[list[Any]]:
    try:
        return Deferred.resolved([item.result() if isinstance(item, Deferred) else item for item in items])
    except Exception as error:  # noqa: BLE001  as in then()
        return Deferred.rejected(error)
