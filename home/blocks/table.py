"""A plain table whose cells can be translated."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail_localize.segments.types import StringSegmentValue


class TranslatableTableBlock(TableBlock):
    """Wagtail's table block, with one translatable segment for the caption and one for each cell with text.

    The value is the JSON object of ``TableBlock``: ``{"data": [[cell, …], …], "table_caption": str, …}``.
    wagtail-localize calls ``get_translatable_segments`` and ``restore_translated_segments``; a segment's path is
    ``caption`` or ``cell.<row>.<column>``.
    """

    @staticmethod
    def _cells(value: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
        for row_index, row in enumerate(value.get("data") or []):
            for column_index, cell in enumerate(row):
                if isinstance(cell, str) and cell.strip():
                    yield row_index, column_index, cell

    def get_translatable_segments(self, value: dict[str, Any] | None) -> list[StringSegmentValue]:
        if not value:
            return []
        segments = [StringSegmentValue(f"cell.{row}.{column}", text) for row, column, text in self._cells(value)]
        if value.get("table_caption"):
            segments.insert(0, StringSegmentValue("caption", value["table_caption"]))
        return segments

    def restore_translated_segments(self, value: dict[str, Any], segments: list[StringSegmentValue]) -> dict[str, Any]:
        data = [list(row) for row in value.get("data") or []]
        restored = {**value, "data": data}
        for segment in segments:
            if segment.path == "caption":
                restored["table_caption"] = segment.render_text()
                continue
            _prefix, row, column = segment.path.split(".")
            data[int(row)][int(column)] = segment.render_text()
        return restored

    class Meta:
        label = _("Table")
        icon = "table"


class TableStructBlock(blocks.StructBlock):
    """A table with its title. The caption inside the grid is for screen readers."""

    title = blocks.CharBlock(required=False, max_length=255, label=_("Title"), help_text=_("Shown above the table."))
    table = TranslatableTableBlock(
        label=_("Table"), help_text=_("State which row or column holds the headings, for screen readers.")
    )

    class Meta:
        label = _("Table")
        icon = "table"
        help_text = _("Rows and columns of text, for figures or schedules.")
        template = "home/blocks/table.html"
