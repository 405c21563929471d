"""From the raw value of a block to the value of its GraphQL type; a function for each block of home/blocks/body.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.blocks.raw import DamagedBlockError, Raw, list_items, reference, required_text, struct, text
from api.blocks.table import table_rows
from api.blocks.types import CalloutTone, DatePrecision
from api.context import GraphQLContext
from api.embeds import EmbedLoader
from api.execution import Deferred
from api.files import DocumentLoader
from api.images import ImageValue, image_load
from api.pages.links import link_load
from api.rich_text import RichTextValue, rich_text_value, targets_load
from api.scope import Scope

Value = dict[str, Any]

_PRECISIONS = {precision.value: precision for precision in DatePrecision}
_TONES = {tone.value: tone for tone in CalloutTone}


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a block is read."""

    context: GraphQLContext
    scope: Scope

    def rich_text(self, source: Any) -> RichTextValue | None:
        """The value of a stored text, its references asked for together with those of the blocks beside it."""
        value = rich_text_value(source, self.scope)
        if value is not None:
            targets_load(value, self.context)
        return value


def _heading(value: Any, reader: Reader) -> Value:
    block = struct(value)
    return {"text": required_text(block, "text"), "level": 3 if str(block.get("level")) == "3" else 2}


def _rich_text(value: Any, reader: Reader) -> Value:
    content = reader.rich_text(value)
    if content is None:
        raise DamagedBlockError
    return {"content": content}


def _picture(value: Any, reader: Reader) -> Deferred[Value | None]:
    block = struct(value)
    # Before alternative text was part of the block, it held the image's id alone.
    chosen = block.get("image")
    use = chosen if isinstance(chosen, dict) else {"image": chosen}
    alt = "" if use.get("decorative") else text(use, "alt_text")

    def shown(image: ImageValue | None) -> Value | None:
        return None if image is None else {"image": image, "caption": text(block, "caption")}

    return image_load(reader.context, reference(use, "image"), alt=alt, credit=text(block, "credit")).then(shown)


def _quote(value: Any, reader: Reader) -> Value:
    block = struct(value)
    return {
        "text": required_text(block, "text"),
        "attribution": text(block, "attribution"),
        "role": text(block, "role"),
    }


def _key_figures(value: Any, reader: Reader) -> Value:
    block = struct(value)
    figures = [
        {"value": text(item, "value"), "label": text(item, "label"), "note": text(item, "note")}
        for item in list_items(block.get("figures"))
        if text(item, "value")
    ]
    return {"title": text(block, "title"), "figures": _some(figures)}


def _timeline(value: Any, reader: Reader) -> Value:
    block = struct(value)
    events = []
    for item in list_items(block.get("events")):
        try:
            day = date.fromisoformat(text(item, "date"))
            title = required_text(item, "title")
        except (ValueError, DamagedBlockError):
            continue
        precision = text(item, "precision")
        events.append(
            {
                "date": day,
                "precision": _PRECISIONS.get(precision, DatePrecision.DAY),
                "title": title,
                "text": reader.rich_text(item.get("text")),
            }
        )
    return {"title": text(block, "title"), "events": _some(events)}


def _document(value: Any, reader: Reader) -> Deferred[Value | None]:
    block = struct(value)

    def shown(row: Raw | None) -> Value | None:
        return None if row is None else {"document": row, "label": text(block, "label") or row["title"]}

    return reader.context.loaders.get(DocumentLoader).load(reference(block, "document")).then(shown)


def _page_links(value: Any, reader: Reader) -> Deferred[Value | None]:
    block = struct(value)
    links = []
    for item in list_items(block.get("links")):
        try:
            page_id = reference(item, "page")
        except DamagedBlockError:
            continue
        links.append(link_load(reader.context, page_id, reader.scope, label=text(item, "label")))

    def shown(found: list[Value | None]) -> Value | None:
        visible = [link for link in found if link is not None]
        return {"title": text(block, "title"), "links": visible} if visible else None

    return Deferred.all(links).then(shown)


def _video(value: Any, reader: Reader) -> Deferred[Value]:
    block = struct(value)
    url = required_text(block, "video")
    if not url.startswith(("https://", "http://")):
        raise DamagedBlockError
    words = {"title": text(block, "title"), "caption": text(block, "caption")}
    return reader.context.loaders.get(EmbedLoader).load(url).then(lambda row: {"url": url, **words, "embed": row})


def _callout(value: Any, reader: Reader) -> Value:
    block = struct(value)
    content = reader.rich_text(block.get("text"))
    if content is None:
        raise DamagedBlockError
    tone = text(block, "tone")
    return {
        "tone": _TONES.get(tone, CalloutTone.INFO),
        "title": text(block, "title"),
        "content": content,
    }


def _table(value: Any, reader: Reader) -> Value:
    block = struct(value)
    table = struct(block.get("table"))
    return {
        "title": text(block, "title"),
        "caption": text(table, "table_caption"),
        "rows": _some(table_rows(table)),
    }


def _some(items: list[Value]) -> list[Value]:
    if not items:
        raise DamagedBlockError
    return items


# Name of the block in the StreamField: name of its GraphQL type, and its reader. A reader raises DamagedBlockError, or
# gives None later, for a block that cannot be shown.
READERS: dict[str, tuple[str, Callable[[Any, Reader], Value | Deferred[Any]]]] = {
    "heading": ("HeadingBlock", _heading),
    "rich_text": ("RichTextBlock", _rich_text),
    "picture": ("PictureBlock", _picture),
    "quote": ("QuoteBlock", _quote),
    "key_figures": ("KeyFiguresBlock", _key_figures),
    "timeline": ("TimelineBlock", _timeline),
    "document": ("DocumentBlock", _document),
    "page_links": ("PageLinksBlock", _page_links),
    "video": ("VideoBlock", _video),
    "callout": ("CalloutBlock", _callout),
    "table": ("TableBlock", _table),
}
