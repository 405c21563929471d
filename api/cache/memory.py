"""Answers in the memory of a process, each of one content version."""

import time
from collections import OrderedDict
from threading import Lock

from api.cache.answers import Answer, seconds_left


class AnswerMemory:
    """Answers by key, the least recently used ones going first. Threads may share it."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, tuple[int, float, Answer]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def find(self, key: str, version: int) -> Answer | None:
        """The answer of this version, as long as it lasts. One that is old is dropped."""
        with self._lock:
            kept, until, answer = self._entries.get(key, (None, 0.0, None))
            if answer is not None and (kept != version or until <= time.time()):
                self._drop(key)
                return None
            if answer is not None:
                self._entries.move_to_end(key)
            return answer

    def keep(self, key: str, version: int, answer: Answer, *, limit: int) -> None:
        """Keep an answer, and no more than ``limit`` bytes of all."""
        until = time.time() + seconds_left(answer)
        with self._lock:
            self._drop(key)
            self._entries[key] = (version, until, answer)
            self._bytes += _weight(answer)
            while self._bytes > limit:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= _weight(entry[2])


def _weight(answer: Answer) -> int:
    # The tags stand in two headers, each with marks of its own between them.
    return len(answer.body) + 2 * len(answer.tags) + 1_500
