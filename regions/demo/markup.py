"""The small markup of the content files: paragraphs, bold, italic, lists, sub-headings and links.

``**bold**``, ``*italic*``, ``[label](target)``, lines that begin with ``- `` for a list and with ``### `` for a
heading; an empty line ends a paragraph. Targets are handed to the caller, who knows the pages.
"""

import html
import re
from collections.abc import Callable

Resolve = Callable[[str], str]
"""From a target such as ``country:MX`` to the attributes of a rich-text link, such as ``linktype="page" id="7"``."""

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"\*(.+?)\*")


def to_inline(text: str, *, resolve: Resolve) -> str:
    """One line of markup as HTML without a block element."""
    # Not str.split(): the no-break spaces of French stay.
    escaped = html.escape(re.sub(r"[ \t\r\n]+", " ", text.strip()), quote=False)
    linked = _LINK.sub(lambda match: f"<a {resolve(html.unescape(match[2]))}>{match[1]}</a>", escaped)
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", linked))


def to_html(text: str, *, resolve: Resolve) -> str:
    """Markup as the HTML that a rich-text field stores."""
    parts = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = chunk.strip().splitlines()
        if all(line.startswith("- ") for line in lines):
            items = "".join(f"<li>{to_inline(line[2:], resolve=resolve)}</li>" for line in lines)
            parts.append(f"<ul>{items}</ul>")
        elif len(lines) == 1 and lines[0].startswith("### "):
            parts.append(f"<h3>{to_inline(lines[0][4:], resolve=resolve)}</h3>")
        else:
            parts.append(f"<p>{to_inline(chunk, resolve=resolve)}</p>")
    return "".join(parts)
