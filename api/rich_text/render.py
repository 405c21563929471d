"""The tree of a rich text as HTML and as plain text."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

from api.rich_text.tree import BLOCK_TAGS, VOID_TAGS, Element, Link, Media, Node, Picture, Tree


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads for this reader; ``locale`` is that of the target, given when it is not the reader's."""

    href: str
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class PictureTarget:
    """A picture's addresses and size in pixels."""

    src: str
    src_set: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Targets:
    """What the references of a tree lead to; those that this reader may not see are left out.

    ``hidden`` are the typed addresses that this reader may not see.
    """

    pages: Mapping[int, LinkTarget]
    documents: Mapping[int, LinkTarget]
    images: Mapping[int, PictureTarget]
    hidden: Collection[str] = frozenset()


NO_TARGETS = Targets({}, {}, {})


def tree_as_html(tree: Tree, targets: Targets) -> str:
    """HTML of allow-listed tags. A link without a target leaves its text, a picture without one leaves nothing."""
    parts: list[str] = []
    for node in tree:
        _write(node, targets, parts)
    return "".join(parts)


def _write(node: Node, targets: Targets, parts: list[str]) -> None:
    if isinstance(node, str):
        parts.append(escape(node, quote=False))
    elif isinstance(node, Picture):
        picture = targets.images.get(node.image_id)
        if picture:
            parts.append(
                f'<img src="{escape(picture.src)}" srcset="{escape(picture.src_set)}" width="{picture.width}"'
                f' height="{picture.height}" alt="{escape(node.alt)}">'
            )
    elif isinstance(node, Media):
        parts.append(f'<a href="{escape(node.url)}">{escape(node.url, quote=False)}</a>')
    elif node.tag in VOID_TAGS:
        parts.append(f"<{node.tag}>")
    else:
        opening = node.tag
        if node.link:
            target = link_target(node.link, targets)
            if target is None:
                opening = ""
            else:
                opening = f'a href="{escape(target.href)}"'
                if target.locale:
                    opening += f' hreflang="{escape(target.locale)}"'
        if opening:
            parts.append(f"<{opening}>")
        for child in node.children:
            _write(child, targets, parts)
        if opening:
            parts.append(f"</{node.tag}>")


def link_target(link: Link, targets: Targets) -> LinkTarget | None:
    """Where a link leads, None for what this reader may not see."""
    if isinstance(link.target, str):
        return None if link.target in targets.hidden else LinkTarget(link.target)
    return (targets.pages if link.kind == "page" else targets.documents).get(link.target)


def tree_as_text(tree: Tree) -> str:
    """The words alone: a line for each block, and what is within a line separated as in the text."""
    lines: list[str] = [""]
    for node in tree:
        _say(node, lines)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _say(node: Node, lines: list[str]) -> None:
    if isinstance(node, str):
        lines[-1] += node
    elif isinstance(node, Element):
        if node.tag == "br" or node.tag in BLOCK_TAGS:
            lines.append("")
        for child in node.children:
            _say(child, lines)
        if node.tag in BLOCK_TAGS:
            lines.append("")
