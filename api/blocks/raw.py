"""Stored JSON of StreamFields, of which nothing is taken for granted: old versions and importers wrote it too."""

from collections.abc import Sequence
from typing import Any

Raw = dict[str, Any]


class DamagedBlockError(Exception):
    """A block that lacks what it cannot be shown without."""


def stream_blocks(stream: Any) -> list[Raw]:
    """The well-formed blocks ``{"type", "value", "id"?}`` of a stream: a list of raw blocks or a StreamValue."""
    raw = getattr(stream, "raw_data", stream)
    if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
        return []
    return [
        block for block in raw if isinstance(block, dict) and isinstance(block.get("type"), str) and "value" in block
    ]


def list_items(value: Any) -> list[Raw]:
    """The structures in a ListBlock, whether they are stored with ids or without."""
    if not isinstance(value, list):
        return []
    items = [item["value"] if isinstance(item, dict) and item.get("type") == "item" else item for item in value]
    return [item for item in items if isinstance(item, dict)]


def struct(value: Any) -> Raw:
    """A StructBlock's value. Raises DamagedBlockError."""
    if not isinstance(value, dict):
        raise DamagedBlockError
    return value


def text(value: Raw, name: str) -> str:
    """A text that may be empty."""
    found = value.get(name)
    return found.strip() if isinstance(found, str) else ""


def required_text(value: Raw, name: str) -> str:
    """A text that may not be empty. Raises DamagedBlockError."""
    found = text(value, name)
    if not found:
        raise DamagedBlockError
    return found


def reference(value: Raw, name: str) -> int:
    """The database id that a chooser holds. Raises DamagedBlockError."""
    found = value.get(name)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 < found < 2**63:
        raise DamagedBlockError
    return found
