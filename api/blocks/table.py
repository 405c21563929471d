"""The grid of Wagtail's table block."""

from typing import Any

from api.blocks.raw import Raw


def table_rows(table: Raw) -> list[dict[str, Any]]:
    """Rows ``{"cells": [{"text", "is_header"}]}``, as long as the longest; empty for a grid without a word."""
    data = table.get("data")
    rows = [row for row in data if isinstance(row, list)] if isinstance(data, list) else []
    words = [[_word(cell) for cell in row] for row in rows]
    if not any(any(row) for row in words):
        return []
    choice = table.get("table_header_choice")
    first_row = bool(table.get("first_row_is_table_header")) or choice in ("row", "both")
    first_column = bool(table.get("first_col_is_header")) or choice in ("column", "both")
    width = max(map(len, words))
    return [
        {
            "cells": [
                {
                    "text": row[column] if column < len(row) else "",
                    "is_header": (first_row and index == 0) or (first_column and column == 0),
                }
                for column in range(width)
            ]
        }
        for index, row in enumerate(words)
    ]


def _word(cell: Any) -> str:
    if cell is None or isinstance(cell, list | dict):
        return ""
    return str(cell).strip()
