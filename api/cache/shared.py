"""Answers in the Redis of CACHE_URL, for all processes. Finding one takes one round trip and no statement.

Each process has copies of those that it told last: of these, Redis is asked for the version alone.

Redis tells the content version too. How it never tells an old one, whatever happens between its commands:

- The version stands there together with the *period* that it was read in, and counts while that period lasts.
- A change begins by adding its thread to the *writers*, and ends the period; after its commit it ends the period again,
  and leaves the writers. All of this happens before whoever asked for the change hears that it is done.
- A reader who finds no version that counts notes the period, looks for writers, reads the database, and leaves the
  version that it read under the period noted; but only if there was no writer.

So a version that counts was read when no change was under way, and none has begun since. Where Redis could not be
reached, or forgot, while something changed, an old version may count for ``_VERSION_SECONDS``. A writer that dies is
believed to write until ``_WRITER_SECONDS`` have passed; until then readers ask the database.
"""

import os
import time
from secrets import token_hex
from threading import get_ident, local
from typing import Any

import redis
from django.core.cache import cache

from api.cache.answers import Answer, Found, answer_unpacked, seconds_left
from api.cache.failure import cache_failed
from api.cache.memory import AnswerMemory
from api.cache.settings import cache_options
from home.selectors.content_version import content_version, content_version_is_settled

_VERSION_SECONDS = 5
_WRITER_SECONDS = 600
# After Redis failed, readers do without for so long, but for one who tries it: if it hangs, that costs its timeout.
_REST_SECONDS = 5
# Names this process among all that share a Redis.
_PROCESS = token_hex(8)


class _Own(local):
    """A connection of each thread: taking one from the library's pool costs more than a question does."""

    connection: Any = None
    version_asked: list[bytes]
    """The question for the version alone, as it goes over the wire."""
    process: int | None = None


class SharedStore:
    """Answers of all processes. When Redis fails, those of each process; the version is the database's then."""

    def __init__(self) -> None:
        self._client: redis.Redis = cache._cache.get_client(write=True)  # type: ignore[attr-defined] # of RedisCache
        self._own = _Own()
        self._copies = AnswerMemory()
        # As time.monotonic() has it; 0 while Redis answers.
        self._rests_until = 0.0
        self._version, self._period, self._writers = (
            cache.make_key(name) for name in ("content-version", "content-period", "content-writers")
        )

    def find(self, key: str) -> Found:
        """As AnswerStore has it."""
        if not content_version_is_settled():
            return Found(None, None)
        if self._rests_until and self._is_resting():
            return self._found_without(key)
        # A copy at hand needs the version alone.
        has_copy = key in self._copies
        try:
            told, period, *raw = self._ask() if has_copy else self._ask(cache.make_key(key))
            self._rests_until = 0.0
            version = _told(told, period)
            if version is None:
                version = self._read()
            if has_copy:
                if (copy := self._copies.find(key, version)) is not None:
                    return Found(version, copy)
                _told_now, _period_now, *raw = self._ask(cache.make_key(key))
        except (redis.RedisError, OSError) as error:
            self._failed(error)
            return self._found_without(key)
        try:
            kept, answer = answer_unpacked(raw[0] or b"")
        except ValueError:
            return Found(version, None)
        if kept != version or seconds_left(answer) <= 0:
            return Found(version, None)
        self._copy(key, version, answer)
        return Found(version, answer)

    def _is_resting(self) -> bool:
        """Whether to do without Redis. Whoever is told that it has rested long enough tries it; others rest on."""
        now = time.monotonic()
        if now < self._rests_until:
            return True
        self._rests_until = now + _REST_SECONDS
        return False

    def _failed(self, error: Exception) -> None:
        """Note it, within an ``except`` block. A Redis that refuses, such as a full one, answers at least."""
        if not isinstance(error, redis.ResponseError):
            self._rests_until = time.monotonic() + _REST_SECONDS
        cache_failed()

    def _found_without(self, key: str) -> Found:
        version = content_version()
        return Found(version, self._copies.find(key, version))

    def _copy(self, key: str, version: int, answer: Answer) -> None:
        self._copies.keep(key, version, answer, limit=cache_options().copies_bytes)

    def _read(self) -> int:
        """The version by the database, left for the next readers."""
        period = None
        try:
            period, count = self._period_noted()
        except (redis.RedisError, OSError) as error:
            self._failed(error)
        version = content_version()
        if period is None or count:
            return version
        try:
            self._client.set(self._version, b"%s %d" % (period, version), ex=_VERSION_SECONDS)
        except (redis.RedisError, OSError) as error:
            self._failed(error)
        return version

    def _period_noted(self) -> tuple[bytes | None, int]:
        """The period that lasts, and how many writers there are."""
        with self._client.pipeline(transaction=False) as pipeline:
            pipeline.set(self._period, token_hex(8), nx=True)
            pipeline.get(self._period)
            pipeline.zcount(self._writers, time.time(), "+inf")
            _new, period, count = pipeline.execute()
        return period, count

    def keep(self, key: str, version: int, answer: Answer) -> None:
        """As AnswerStore has it."""
        self._copy(key, version, answer)
        if time.monotonic() < self._rests_until:
            return
        try:
            self._client.set(cache.make_key(key), answer.packed(version), ex=max(1, int(seconds_left(answer))))
        except (redis.RedisError, OSError) as error:
            self._failed(error)

    def change_begins(self) -> None:
        """As AnswerStore has it."""
        now = time.time()
        self._tell(
            ("ZADD", self._writers, now + _WRITER_SECONDS, _writer()),
            ("DEL", self._period),
            ("ZREMRANGEBYSCORE", self._writers, "-inf", now),
        )

    def change_ends(self) -> None:
        """As AnswerStore has it."""
        self._tell(("DEL", self._period), ("ZREM", self._writers, _writer()))

    def _tell(self, *commands: tuple[Any, ...]) -> None:
        try:
            with self._client.pipeline(transaction=False) as pipeline:
                for command in commands:
                    pipeline.execute_command(*command)
                # Each by itself: a Redis whose memory is full still forgets.
                failed = [result for result in pipeline.execute(raise_on_error=False) if isinstance(result, Exception)]
            if failed:
                raise failed[0]
        except (redis.RedisError, OSError) as error:
            self._failed(error)

    def _ask(self, *keys: str) -> list[bytes | None]:
        """Version and period as they stand, then what lies under ``keys``: one question, asked of all at once."""
        own = self._own
        if own.process != os.getpid():
            own.connection, own.process = self._client.connection_pool.make_connection(), os.getpid()
            own.version_asked = own.connection.pack_command("MGET", self._version, self._period)
        asked = own.version_asked
        if keys:
            asked = own.connection.pack_command("MGET", self._version, self._period, *keys)
        try:
            return self._answered(asked)
        except (redis.ConnectionError, OSError):
            # Redis was restarted, or closes connections that are idle.
            return self._answered(asked)

    def _answered(self, asked: list[bytes]) -> list[bytes | None]:
        connection = self._own.connection
        try:
            connection.send_packed_command(asked, check_health=False)
            told: list[bytes | None] = connection.read_response()
            return told
        except BaseException:
            # What was not read yet would be taken for the answer to the next question.
            connection.disconnect()
            raise


def _told(told: bytes | None, period: bytes | None) -> int | None:
    if told is None or period is None:
        return None
    read_in, _space, version = told.partition(b" ")
    return int(version) if read_in == period else None


def _writer() -> str:
    return f"{_PROCESS}:{os.getpid()}:{get_ident()}"
