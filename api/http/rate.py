"""How often one client may ask, counted by the library ``limits``: in Redis for all processes, or in each of them."""

from __future__ import annotations

import ipaddress
import math
import time
from functools import lru_cache
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest

from api.cache.failure import cache_failed
from api.errors import ErrorCode
from api.http.refusal import RefusalError

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.strategies import RateLimiter

_SPACE = "graphql"
# Options of the cache that its other client, the library's own, takes over.
_TIMEOUTS = ("socket_timeout", "socket_connect_timeout")
# After a failure nobody is counted for so long: a Redis that hangs costs its timeout each time.
_REST_SECONDS = 5
# As time.monotonic() has it, for all threads; 0 while it answers.
_rests_until = [0.0]
# Several threads that import a client of Redis at once may find half of it, which the library takes for an old version.
_making = Lock()


def check_rate(request: HttpRequest) -> None:
    """Count the request. Raises RefusalError with status 429 when its client has asked too often.

    A Redis that fails stops nobody.
    """
    if _rests_until[0]:
        if time.monotonic() < _rests_until[0]:
            return
        # This thread tries whether it answers again; the others do without for so long.
        _rests_until[0] = time.monotonic() + _REST_SECONDS
    client = client_address(request)
    try:
        with _making:
            rate, limiter = _limiter()
        is_allowed = limiter.hit(rate, _SPACE, client)
        _rests_until[0] = 0.0
        if is_allowed:
            return
        reset = limiter.get_window_stats(rate, _SPACE, client).reset_time
    except Exception:  # noqa: BLE001 - a cache may fail in many ways
        _rests_until[0] = time.monotonic() + _REST_SECONDS
        cache_failed()
        return
    seconds = max(1, math.ceil(reset - time.time()))
    message = f"Too many requests: at most {rate.amount:,} in {rate.get_expiry():,} seconds are answered."
    raise RefusalError(429, ErrorCode.RATE_LIMIT, message, headers={"Retry-After": str(seconds)})


def client_address(request: HttpRequest) -> str:
    """The address that a request came from: an IPv4 address, or the network of 64 bits of an IPv6 address.

    Each proxy adds the address that it was asked from to the end of X-Forwarded-For, so behind settings.
    DIWAN_TRUSTED_PROXIES of them the client's own is that many from the end; what stands before it anybody may write.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.DIWAN_TRUSTED_PROXIES
    if proxies:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(hops) >= proxies:
            address = hops[-proxies].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        # One subscriber has at least so many addresses.
        return str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return str(parsed)


def rate_parsed(text: str) -> RateLimitItem:
    """``600/minute`` as the library has it. Raises ValueError."""
    from limits import parse

    return parse(text)


@lru_cache(maxsize=1)
def _limiter() -> tuple[RateLimitItem, RateLimiter]:
    # Imported where it is used: it is off by default, and takes long to import.
    from limits.storage import storage_from_string
    from limits.strategies import FixedWindowRateLimiter

    cache = settings.CACHES["default"]
    if cache["BACKEND"].endswith("RedisCache"):
        import_module("redis")  # whole, whoever else may be importing it
        timeouts = {name: value for name, value in cache.get("OPTIONS", {}).items() if name in _TIMEOUTS}
        storage = storage_from_string(cache["LOCATION"], key_prefix=f"{cache.get('KEY_PREFIX', '')}:rate", **timeouts)
    else:
        storage = storage_from_string("memory://")
    return rate_parsed(settings.DIWAN_RATE_LIMIT), FixedWindowRateLimiter(storage)


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in ("DIWAN_RATE_LIMIT", "CACHES"):
        _limiter.cache_clear()
        _rests_until[0] = 0.0


setting_changed.connect(_forget, dispatch_uid="api.http.rate")
