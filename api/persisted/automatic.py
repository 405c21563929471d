"""Apollo's automatic persisted queries: texts under their SHA-256, as clients sent them.

They lie in the cache of CACHE_URL, or in each process where there is none, and may be forgotten at any time: the client
then sends the text again. Only what was executed is kept (``api.http.view``), so nobody fills it with rubbish for
nothing.
"""

from django.core.cache import cache

from api.cache.failure import cache_failed
from api.persisted.texts import KeptTexts

# A text never changes under its hash, so how long it is kept is a matter of room only.
_SECONDS = 7 * 24 * 3600
# Longer documents are executed, and never kept: nobody's query is so long, and the cache is shared with answers.
MAX_BYTES = 32 * 1024
_kept = KeptTexts(max_bytes=8 * 1024 * 1024, seconds=_SECONDS)


def automatic_text(document_id: str) -> str | None:
    """The text under a canonical id, or None."""
    text = _kept.get(document_id)
    if text is not None:
        return text
    try:
        found = cache.get(_key(document_id))
    except Exception:  # noqa: BLE001 - a cache may fail in many ways
        cache_failed()
        return None
    if not isinstance(found, str):
        return None
    _kept.keep(document_id, found)
    return found


def automatic_keep(document_id: str, text: str) -> None:
    """Keep a text, whose id must be its own."""
    if _kept.get(document_id) is not None or len(text.encode()) > MAX_BYTES:
        return
    _kept.keep(document_id, text)
    try:
        cache.set(_key(document_id), text, _SECONDS)
    except Exception:  # noqa: BLE001 - a cache may fail in many ways
        cache_failed()


def automatic_forget() -> None:
    """Have this process keep none of them."""
    _kept.clear()


def _key(document_id: str) -> str:
    return f"document:{document_id}"
