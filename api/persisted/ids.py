"""Ids of documents: ``sha256:<64 hex digits>``, or a name of the client's own.

Relay's bare SHA-256 is the same id as ``sha256:`` before it, as the appendix on persisted documents of GraphQL over
HTTP writes it.
"""

import re
from hashlib import sha256

_SHA256 = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")


def canonical_id(raw: str) -> str | None:
    """The id in the form that it is kept in; None for what is no id."""
    if digest := _SHA256.fullmatch(raw):
        return f"sha256:{digest[1].lower()}"
    # Whoever writes the prefix means a digest.
    return raw if _NAME.fullmatch(raw) and not raw.startswith("sha256:") else None


def text_id(text: str) -> str:
    """The id that follows from a text. Raises UnicodeEncodeError for lone surrogates."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"
