"""Django's Redis cache with clients that are kept, and without a failure when Redis fails.

Django makes a client for each operation, which costs more than the operation; clients share their pool and are safe to
keep. Django's own client says that its ``get_client`` is there to be replaced.

Wagtail asks the cache for the addresses of sites wherever an editor sees or publishes a page. A Redis that is down is
as one that has forgotten everything, and so is one that refuses; what it could not be told to forget, it is told before
it is asked again.
"""

import time
from collections.abc import Callable, Collection
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient

# For so many seconds after a failure nothing is asked or kept: a Redis that hangs costs its timeout each time.
_REST_SECONDS = 5
# As time.monotonic() has it, for all threads: each has a cache of its own.
_rests_until = [0.0]
# Keys that Redis could not be told to delete: when it answers again, it holds what is old.
_undeleted: set[Any] = set()


class KeptClients(RedisCacheClient):
    """One client for each pool of connections. What cannot be reached is empty and keeps nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._clients: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client of the server that Django chooses."""
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined] # missing from django-stubs
        client = self._clients.get(id(pool))
        if client is None:
            client = self._clients[id(pool)] = self._client(connection_pool=pool)  # type: ignore[attr-defined] # as above
        return client

    def _tried(self, otherwise: Any, act: Callable[..., Any], *arguments: Any, deletes: Collection[Any] = ()) -> Any:
        """What ``act`` gives; ``otherwise`` where Redis cannot be reached, or could not be a moment ago.

        What ``deletes`` keys is tried each time, since what is not deleted is old.
        """
        if not deletes and time.monotonic() < _rests_until[0]:
            return otherwise
        try:
            self._delete_old()
            return act(*arguments)
        except (redis.ConnectionError, redis.TimeoutError, redis.ResponseError, OSError) as error:
            from api.cache.failure import cache_failed  # the cache may be made before the apps are ready

            # One that refuses, because its memory or its disk is full, answers at least.
            if not isinstance(error, redis.ResponseError):
                _rests_until[0] = time.monotonic() + _REST_SECONDS
            _undeleted.update(deletes)
            cache_failed()
            return otherwise

    def _delete_old(self) -> None:
        old = set(_undeleted)
        if old:
            _undeleted.difference_update(old)
            try:
                super().delete_many(old)
            except BaseException:
                _undeleted.update(old)
                raise

    def add(self, key: Any, value: Any, timeout: Any) -> Any:
        """As Django has it; False where Redis cannot be reached."""
        return self._tried(False, super().add, key, value, timeout)

    def get(self, key: Any, default: Any) -> Any:
        """As Django has it; ``default`` where Redis cannot be reached."""
        return self._tried(default, super().get, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> Any:
        """As Django has it."""
        return self._tried(None, super().set, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> Any:
        """As Django has it; False where Redis cannot be reached."""
        return self._tried(False, super().touch, key, timeout)

    def delete(self, key: Any) -> Any:
        """As Django has it; False where Redis cannot be reached, which is told later."""
        return self._tried(False, super().delete, key, deletes=[key])

    def get_many(self, keys: Any) -> Any:
        """As Django has it; nothing where Redis cannot be reached."""
        return self._tried({}, super().get_many, keys)

    def has_key(self, key: Any) -> Any:
        """As Django has it; False where Redis cannot be reached."""
        return self._tried(False, super().has_key, key)

    def set_many(self, data: Any, timeout: Any) -> Any:
        """As Django has it."""
        return self._tried(None, super().set_many, data, timeout)

    def delete_many(self, keys: Any) -> Any:
        """As Django has it; where Redis cannot be reached, it is told later."""
        wanted = list(keys)
        return self._tried(None, super().delete_many, wanted, deletes=wanted)


class RedisCache(DjangoRedisCache):
    """The cache of CACHE_URL."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClients
