"""Wraps ``StreamFieldSegmentExtractor.handle_block``.

wagtail-localize 1.14 raises TypeError or AttributeError for a text, video or picture block whose value is None. That is
how a block reads whose stored value lacks an optional part: imported content, or content older than the part. Such a
block has nothing to translate. https://github.com/wagtail/wagtail-localize/issues/875 and /918 are two such blocks.

It can go when the test named ``…lacks_an_optional_part…`` fails where it runs ``plain``.
"""

from typing import Any

from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

_original = StreamFieldSegmentExtractor.handle_block


def _handle_block(self: Any, block_type: Any, block_value: Any, raw_value: Any = None) -> list[Any]:
    if block_value is None:
        return []
    return list(_original(self, block_type, block_value, raw_value=raw_value))


def apply() -> None:
    StreamFieldSegmentExtractor.handle_block = _handle_block


def remove() -> None:
    StreamFieldSegmentExtractor.handle_block = _original
