"""The setting DIWAN_RESPONSE_CACHE, with a default for each of its values."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed


@dataclass(frozen=True, slots=True)
class CacheOptions:
    """How answers are kept here and by those in front of us. Seconds and bytes."""

    enabled: bool = True
    seconds: int = 3600
    """How long an answer is kept at most, whatever the content version."""
    process_bytes: int = 64 * 1024 * 1024
    """Memory for the answers that one process keeps, where there is no Redis."""
    copies_bytes: int = 16 * 1024 * 1024
    """Memory for the copies that one process has of answers in Redis."""
    entry_bytes: int = 1024 * 1024
    """Larger answers are not kept."""
    browser_seconds: int = 0
    """max-age: how long a client need not ask again."""
    cdn_seconds: int = 0
    """s-maxage: how long a CDN need not ask again."""
    stale_seconds: int = 0
    """stale-while-revalidate: how long a stale answer may be served while a new one is fetched."""
    tag_bytes: int = 1_400
    """The longest header of surrogate keys; types stand for single pages in longer ones.

    There are two such headers, and nginx takes 4 KiB of all unless it is told otherwise. Answers of so many pages are
    lists, which any page of their type makes old anyway.
    """


@lru_cache(maxsize=1)
def cache_options() -> CacheOptions:
    """The options in force. Raises TypeError for an unknown name."""
    options: dict[str, Any] = settings.DIWAN_RESPONSE_CACHE
    return CacheOptions(**options)


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting == "DIWAN_RESPONSE_CACHE":
        cache_options.cache_clear()


setting_changed.connect(_forget, dispatch_uid="api.cache.settings")
