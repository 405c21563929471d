"""Counts of whole lists, kept for as long as the content stands: counting is what grows with the number of rows."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock

from home.selectors.visibility import Gate

_MAX_COUNTS = 2048

_counts: OrderedDict[Hashable, tuple[int, datetime | None, int]] = OrderedDict()
_lock = Lock()


def count_kept(key: Hashable, *, gate: Gate, count: Callable[[], int]) -> int:
    """What ``count`` gives, or gave under the same content version. ``key`` is all that it follows from but the gate.

    Within a transaction nothing is kept.
    """
    if gate.version is None:
        return count()
    with _lock:
        version, boundary, number = _counts.get(key, (None, None, 0))
        if version == gate.version and boundary == gate.boundary:
            _counts.move_to_end(key)
            return number
    number = count()
    with _lock:
        _counts[key] = (gate.version, gate.boundary, number)
        while len(_counts) > _MAX_COUNTS:
            _counts.popitem(last=False)
    return number


def counts_forget() -> None:
    """Forget what was kept, where the database was replaced under the process."""
    _counts.clear()
