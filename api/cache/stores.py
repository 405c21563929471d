"""Where answers are kept: in each process, or in Redis for all of them.

Both tell the content version along with the answer, and never hand out one of another version. Within a transaction
nothing is kept nor handed out: what is read there may be taken back.
"""

import time
from collections import OrderedDict
from functools import lru_cache
from threading import Lock

from django.conf import settings
from django.core.signals import setting_changed

from api.cache.answers import Answer, AnswerStore, Found, seconds_left
from api.cache.settings import cache_options
from api.cache.shared import SharedStore
from home.selectors.content_version import content_version, content_version_is_settled


class ProcessStore:
    """Answers of one process, the least recently used ones going first. Finding one takes one statement."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, tuple[int, float, Answer]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: str) -> Found:
        """As AnswerStore has it."""
        if not content_version_is_settled():
            return Found(None, None)
        version = content_version()
        with self._lock:
            kept, until, answer = self._entries.get(key, (None, 0.0, None))
            if answer is not None and (kept != version or until <= time.time()):
                self._drop(key)
                answer = None
            elif answer is not None:
                self._entries.move_to_end(key)
        return Found(version, answer)

    def keep(self, key: str, version: int, answer: Answer) -> None:
        """As AnswerStore has it."""
        until = time.time() + seconds_left(answer)
        with self._lock:
            self._drop(key)
            self._entries[key] = (version, until, answer)
            self._bytes += _weight(answer)
            while self._bytes > cache_options().process_bytes:
                self._drop(next(iter(self._entries)))

    def change_begins(self) -> None:
        """Nothing to do: readers look into the database each time."""

    def change_ends(self) -> None:
        """Nothing to do, as above."""

    def _drop(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= _weight(entry[2])


def _weight(answer: Answer) -> int:
    return len(answer.body) + len(answer.tags) + 600


@lru_cache(maxsize=1)
def answer_store() -> AnswerStore:
    """The process's one store."""
    is_shared = settings.CACHES["default"]["BACKEND"].rpartition(".")[2] == "RedisCache"
    return SharedStore() if is_shared else ProcessStore()


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in ("CACHES", "DIWAN_RESPONSE_CACHE"):
        answer_store.cache_clear()


setting_changed.connect(_forget, dispatch_uid="api.cache.stores")
