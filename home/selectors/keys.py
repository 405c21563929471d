"""Translation keys as rows carry them.

A UUID object is hashed and compared by Python code, and an answer of a thousand rows does that many thousand times;
text is hashed once, in C.
"""

from typing import Any, NewType
from uuid import UUID

# The 36 characters of a UUID in lower case, the same on every database (RFC 9562, section 4).
Key = NewType("Key", str)


def key_of(value: UUID | str) -> Key:
    """The key of a UUID or of any way to write one. Raises ValueError."""
    return Key(str(value if isinstance(value, UUID) else UUID(value)))


def key_from_digits(value: str | None, *_more: Any) -> Key | None:
    """The key of the 32 digits that SQLite stores; a converter of columns, which may be empty."""
    if value is None:
        return None
    return Key(f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}")
