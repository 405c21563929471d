"""Rich text: parsed into an allow-listed tree, its links resolved in batches, rendered as HTML and plain text."""

from api.rich_text.types import RichText, RichTextValue, rich_text_value, targets_load

__all__ = ["RichText", "RichTextValue", "rich_text_value", "targets_load"]
