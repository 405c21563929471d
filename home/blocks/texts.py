"""The plain text of what editors write: rich text, and the blocks of StreamFields as they are stored."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageBlock

# Tags that do not part words.
_INLINE = frozenset({"a", "b", "i", "em", "strong", "sup", "sub", "s", "span", "code", "mark", "small", "u"})
_SILENT = frozenset({"script", "style"})


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._silent += tag in _SILENT
        self._gap(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        self._gap(tag)

    def _gap(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def html_text(html: str) -> str:
    """The text of rich text, each paragraph on a line of its own."""
    if "<" not in html and "&" not in html:
        return html.strip()
    parser = _TextParser()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def block_texts(block: blocks.Block, value: Any) -> Iterator[str]:
    """The texts that a reader sees in the raw value of a block, in their order; what is damaged is passed over.

    Pages, pictures and documents that a block refers to have texts of their own, which are not the block's.
    """
    if isinstance(block, blocks.StreamBlock):
        for child in value if isinstance(value, list) else ():
            inner = block.child_blocks.get(child.get("type")) if isinstance(child, dict) else None
            if inner is not None:
                yield from block_texts(inner, child.get("value"))
    elif isinstance(block, blocks.ListBlock):
        for child in value if isinstance(value, list) else ():
            # Items have had an id of their own since Wagtail 2.16; older ones are bare values.
            is_wrapped = isinstance(child, dict) and child.get("type") == "item" and "value" in child
            yield from block_texts(block.child_block, child["value"] if is_wrapped else child)
    elif isinstance(block, TableBlock):
        yield from _table_texts(value)
    elif isinstance(block, blocks.StructBlock):
        if isinstance(block, ImageBlock) and isinstance(value, dict) and value.get("decorative"):
            return
        for name, inner in block.child_blocks.items():
            if isinstance(value, dict):
                yield from block_texts(inner, value.get(name))
    elif isinstance(block, blocks.RichTextBlock):
        if isinstance(value, str) and (text := html_text(value)):
            yield text
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and isinstance(value, str) and (text := value.strip()):
        yield text


def _table_texts(value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    if isinstance(caption := value.get("table_caption"), str) and caption.strip():
        yield caption.strip()
    rows = value.get("data")
    for row in rows if isinstance(rows, list) else ():
        cells = [cell.strip() for cell in row if isinstance(cell, str)] if isinstance(row, list) else []
        if any(cells):
            yield " ".join(cell for cell in cells if cell)
