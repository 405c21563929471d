"""What some tests need of the run."""

import pytest
from django.conf import settings


def needs_redis() -> None:
    """Skip the test where CACHE_URL names no Redis."""
    if not settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        pytest.skip("needs a Redis: set CACHE_URL")
