"""Django's Redis cache with clients that are kept.

Django makes a client for each operation, which costs more than the operation; clients share their pool and are safe to
keep. Django's own client says that its ``get_client`` is there to be replaced.
"""

from typing import Any

from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient


class KeptClients(RedisCacheClient):
    """One client for each pool of connections."""

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


class RedisCache(DjangoRedisCache):
    """The cache of CACHE_URL."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClients
