"""How many heavy operations one process executes at once, so that light ones find a thread and the processor."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Condition

from api.limits.settings import Limits


class BusyError(Exception):
    """As many heavy operations run and wait as may."""


class HeavyTurns:
    """Lets ``running`` threads in at once and ``waiting`` more wait for at most ``seconds``; turns others away.

    A thread that waits answers nobody else meanwhile: ``running`` and ``waiting`` together stay below the number of
    threads of a process, or light operations wait with the heavy ones.
    """

    def __init__(self, *, running: int, waiting: int, seconds: float) -> None:
        self._free = running
        self._places = waiting
        self._seconds = seconds
        self._changed = Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises BusyError instead of letting in. Not for a thread that is in already."""
        self._enter()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify()

    def _enter(self) -> None:
        with self._changed:
            if not self._free:
                if not self._places:
                    raise BusyError
                self._places -= 1
                try:
                    if not self._changed.wait_for(lambda: self._free, self._seconds):
                        raise BusyError
                finally:
                    self._places += 1
            self._free -= 1


@lru_cache(maxsize=4)
def heavy_turns(limits: Limits) -> HeavyTurns:
    """The process's one instance under these limits."""
    return HeavyTurns(
        running=limits.heavy_operations, waiting=limits.heavy_waiting, seconds=limits.heavy_wait_ms / 1000
    )
