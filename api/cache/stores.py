"""Where answers are kept: in each process, or in Redis for all of them.

Both tell the content version along with the answer, and never hand out one of another version. Within a transaction
nothing is kept nor handed out: what is read there may be taken back.
"""

import logging
import time
from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.core.cache import cache
from django.core.signals import setting_changed

from api.cache.answers import Answer, answer_unpacked
from api.cache.settings import cache_options
from home.selectors.content_version import content_version, content_version_is_settled

logger = logging.getLogger("api")


class Found(NamedTuple):
    """What a store knows of a question."""

    version: int | None
    """The content version, read before anything else; None within a transaction."""
    answer: Answer | None


class AnswerStore(Protocol):
    """Keeps answers under a key and a content version."""

    def find(self, key: str) -> Found:
        """The content version, and the answer kept under it."""
        ...

    def keep(self, key: str, version: int, answer: Answer) -> None:
        """Keep an answer that was made from content of this version, or of a later one."""
        ...


def seconds_left(answer: Answer) -> float:
    """How long an answer may be kept from now on."""
    seconds = float(cache_options().seconds)
    return seconds if answer.expires is None else min(seconds, answer.expires - time.time())


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

    def _drop(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= _weight(entry[2])


def _weight(answer: Answer) -> int:
    return len(answer.body) + len(answer.tags) + 600


# Readers learn the version from here for at most so long, even if a writer could not tell of its change.
_VERSION_SECONDS = 300
# Longer than that: when a writer dies between its commit and telling, readers look into the database meanwhile.
_WRITING_SECONDS = 600
_VERSION, _WRITING = "content-version", "content-writers"


class SharedStore:
    """Answers in the cache of CACHE_URL, for all processes. Finding one takes one round trip and no statement.

    The content version is told by the cache, and by the database while anybody writes: a writer counts itself before
    it commits, and takes the version out of the cache afterwards. When the cache fails, answers are made anew.
    """

    def find(self, key: str) -> Found:
        """As AnswerStore has it."""
        if not content_version_is_settled():
            return Found(None, None)
        try:
            found: dict[str, Any] = cache.get_many((_VERSION, _WRITING, key))
            version: int | None = found.get(_VERSION)
            if version is None or found.get(_WRITING):
                version = content_version()
                if not found.get(_WRITING):
                    self._tell(version)
            raw = found.get(key)
            if not isinstance(raw, bytes):
                return Found(version, None)
            kept, answer = answer_unpacked(raw)
        except Exception:  # noqa: BLE001 - see cache_failed
            cache_failed()
            return Found(content_version(), None)
        return Found(version, answer if kept == version and seconds_left(answer) > 0 else None)

    def _tell(self, version: int) -> None:
        cache.add(_VERSION, version, _VERSION_SECONDS)
        # Somebody may have written since we looked, and have found no version to take out.
        if content_version() != version:
            cache.delete(_VERSION)

    def keep(self, key: str, version: int, answer: Answer) -> None:
        """As AnswerStore has it."""
        try:
            cache.set(key, answer.packed(version), max(1, int(seconds_left(answer))))
        except Exception:  # noqa: BLE001 - see cache_failed
            cache_failed()


def writing_begins() -> None:
    """Have readers of the shared store look into the database until the change is committed and told."""
    if not _is_shared():
        return
    try:
        if not cache.add(_WRITING, 1, _WRITING_SECONDS):
            cache.incr(_WRITING)
            cache.touch(_WRITING, _WRITING_SECONDS)
    except Exception:  # noqa: BLE001 - see cache_failed
        cache_failed()


def writing_ends() -> None:
    """Tell that a change was committed."""
    if not _is_shared():
        return
    try:
        cache.delete(_VERSION)
        if cache.decr(_WRITING) <= 0:
            cache.delete(_WRITING)
    except ValueError:
        return  # the count has expired
    except Exception:  # noqa: BLE001 - see cache_failed
        cache_failed()


# Of a cache that is down, the log hears once a minute from each process.
_COMPLAINT_SECONDS = 60
_complained_at = [0.0]


def cache_failed() -> None:
    """Tell the log, within an ``except`` block, that the cache of CACHE_URL failed."""
    # A cache may fail in many ways, each of its library's own; answers are made without it.
    if time.monotonic() - _complained_at[0] < _COMPLAINT_SECONDS:
        return
    _complained_at[0] = time.monotonic()
    logger.warning("The cache of CACHE_URL failed: answers are made anew", exc_info=True)


def _is_shared() -> bool:
    return bool(settings.CACHES["default"]["BACKEND"].rpartition(".")[2] == "RedisCache")


@lru_cache(maxsize=1)
def answer_store() -> AnswerStore:
    """The process's one store."""
    return SharedStore() if _is_shared() else ProcessStore()


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in ("CACHES", "DIWAN_RESPONSE_CACHE"):
        answer_store.cache_clear()


setting_changed.connect(_forget, dispatch_uid="api.cache.stores")
