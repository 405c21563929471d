"""What is said of a cache that fails."""

import logging
import time

logger = logging.getLogger("api")

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
