"""Rich text: parsed into an allow-listed tree, its links resolved in batches, written in four forms."""

from api.rich_text.types import RichText, RichTextValue, rich_text_value, targets_load

__all__ = ["RichText", "RichTextValue", "rich_text_value", "targets_load"]
