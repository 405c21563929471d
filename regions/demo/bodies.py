"""From the blocks of the content files to the stored form of a body."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from regions.demo.markup import to_html, to_inline

NAMESPACE = uuid.UUID("5f0d7a43-5d6e-4f0c-9a62-0c0b7d1e6b11")


def stable_uuid(*parts: str) -> uuid.UUID:
    """The same id for the same words, so that a second run finds what the first one made."""
    return uuid.uuid5(NAMESPACE, "/".join(parts))


class BodyBuilder:
    """Builds bodies in one language.

    ``page_ids`` and ``media_ids`` give primary keys for targets (``country:MX``, ``news:cuba``, ``page:legal``) and
    media (``image:atlantic``, ``document:brief``). A target that nobody has written is an error: KeyError.
    """

    def __init__(self, *, page_ids: Mapping[str, int], media_ids: Mapping[str, int]) -> None:
        self.page_ids = page_ids
        self.media_ids = media_ids

    def link(self, target: str) -> str:
        """The attributes of a rich-text link."""
        if target.startswith("https://"):
            return f'href="{escape(target)}"'
        if target.startswith("document:"):
            return f'linktype="document" id="{self.media_ids[target]}"'
        return f'linktype="page" id="{self.page_ids[target]}"'

    def html(self, text: str) -> str:
        """Paragraphs of rich text."""
        return to_html(text, resolve=self.link)

    def inline(self, text: str) -> str:
        """One paragraph of rich text, or nothing."""
        return f"<p>{to_inline(text, resolve=self.link)}</p>" if text else ""

    def build(self, *, key: str, text: str = "", blocks: Sequence[Mapping[str, Any]] = ()) -> str:
        """The JSON of a StreamField: ``text`` first, then ``blocks``. ``key`` makes the ids of the blocks."""
        stored = [{"type": "rich_text", "value": self.html(text), "id": str(stable_uuid(key, "text"))}] if text else []
        for position, block in enumerate(blocks):
            fields = dict(block)
            kind = fields.pop("block")
            make: Callable[..., Any] = getattr(self, f"_{kind}")
            block_key = f"{key}/{position}"
            stored.append({"type": kind, "value": make(block_key, **fields), "id": str(stable_uuid(block_key))})
        return json.dumps(stored, ensure_ascii=False)

    def facts(self, *, key: str, pairs: Sequence[tuple[str, str]]) -> str:
        """The JSON of a country's key facts."""
        return json.dumps(
            [
                {"type": "fact", "value": {"label": label, "value": value}, "id": str(stable_uuid(key, label))}
                for label, value in pairs
            ],
            ensure_ascii=False,
        )

    @staticmethod
    def _items(key: str, values: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            {"type": "item", "value": dict(value), "id": str(stable_uuid(key, str(position)))}
            for position, value in enumerate(values)
        ]

    def _heading(self, key: str, *, text: str, level: int = 2) -> dict[str, Any]:
        return {"text": text, "level": str(level)}

    def _rich_text(self, key: str, *, text: str) -> str:
        return self.html(text)

    def _picture(self, key: str, *, image: str, alt: str, caption: str = "", credit: str = "") -> dict[str, Any]:
        pk = self.media_ids[f"image:{image}"]
        return {"image": {"image": pk, "alt_text": alt, "decorative": False}, "caption": caption, "credit": credit}

    def _quote(self, key: str, *, text: str, attribution: str = "", role: str = "") -> dict[str, Any]:
        return {"text": text, "attribution": attribution, "role": role}

    def _key_figures(self, key: str, *, figures: Sequence[Sequence[str]], title: str = "") -> dict[str, Any]:
        names = ("value", "label", "note")
        values = [dict(zip(names, [*figure, ""], strict=False)) for figure in figures]
        return {"title": title, "figures": self._items(key, values)}

    def _timeline(self, key: str, *, events: Sequence[Mapping[str, str]], title: str = "") -> dict[str, Any]:
        values = []
        for event in events:
            year, month, day = [*event["date"].split("-"), "01", "01"][:3]
            precision = ("year", "month", "day")[event["date"].count("-")]
            values.append(
                {
                    "date": f"{year}-{month}-{day}",
                    "precision": precision,
                    "title": event["title"],
                    "text": self.inline(event.get("text", "")),
                }
            )
        return {"title": title, "events": self._items(key, values)}

    def _document(self, key: str, *, document: str, label: str = "") -> dict[str, Any]:
        return {"document": self.media_ids[f"document:{document}"], "label": label}

    def _page_links(self, key: str, *, links: Sequence[str], title: str = "") -> dict[str, Any]:
        pairs = [link.partition("|") for link in links]
        values = [{"page": self.page_ids[target], "label": label} for target, _bar, label in pairs]
        return {"title": title, "links": self._items(key, values)}

    def _video(self, key: str, *, url: str, title: str, caption: str = "") -> dict[str, Any]:
        return {"video": url, "title": title, "caption": caption}

    def _callout(self, key: str, *, text: str, title: str = "", tone: str = "info") -> dict[str, Any]:
        return {"tone": tone, "title": title, "text": self.html(text)}

    def _table(self, key: str, *, rows: Sequence[Sequence[str]], title: str = "", caption: str = "") -> dict[str, Any]:
        grid = {
            "data": [list(row) for row in rows],
            "table_caption": caption,
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
        }
        return {"title": title, "table": grid}
