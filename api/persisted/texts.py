"""Texts that a process keeps by their ids."""

import time
from collections import OrderedDict
from threading import Lock

# An entry's own weight beside its text.
_OVERHEAD = 400


class KeptTexts:
    """Texts by id, the least recently used going first; each for at most ``seconds``. Threads may share it."""

    def __init__(self, *, max_bytes: int, seconds: float) -> None:
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: str) -> str | None:
        """The text, or None when it is not kept any more."""
        with self._lock:
            until, text = self._kept.get(key, (0.0, None))
            if text is None:
                return None
            if until <= time.monotonic():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return text

    def keep(self, key: str, text: str) -> None:
        """Keep a text from now on."""
        with self._lock:
            self._drop(key)
            self._kept[key] = (time.monotonic() + self._seconds, text)
            self._bytes += _weight(text)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _drop(self, key: str) -> None:
        entry = self._kept.pop(key, None)
        if entry is not None:
            self._bytes -= _weight(entry[1])


def _weight(text: str) -> int:
    # A text of one wide character takes four bytes for each of its characters.
    return _OVERHEAD + (1 if text.isascii() else 4) * len(text)
