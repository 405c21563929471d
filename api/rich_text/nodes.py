"""The tree of a rich text as a flat list, in which each node names its parent, and its GraphQL types.

GraphQL cannot ask for a tree of unknown depth. A flat list needs no recursion, and its cost is that of one list.
"""

from dataclasses import dataclass
from enum import StrEnum

import graphene

from api.images import Image, ImageValue
from api.locales import LocaleCode
from api.rich_text.render import Targets, link_target
from api.rich_text.tree import Element, Media, Node, Picture, Tree


class NodeKind(StrEnum):
    """What a node of a rich text is; the values are the names within the tree."""

    PARAGRAPH = "p"
    HEADING = "h"
    UNORDERED_LIST = "ul"
    ORDERED_LIST = "ol"
    LIST_ITEM = "li"
    QUOTE = "blockquote"
    RULE = "hr"
    TEXT = "#text"
    LINE_BREAK = "br"
    STRONG = "strong"
    EMPHASIS = "em"
    SUPERSCRIPT = "sup"
    SUBSCRIPT = "sub"
    STRIKETHROUGH = "s"
    CODE = "code"
    LINK = "a"
    IMAGE = "img"
    EMBED = "embed"


_DESCRIPTIONS: dict[str, str] = {
    NodeKind.PARAGRAPH: "A paragraph.",
    NodeKind.HEADING: "A heading; `level` is 2 to 6.",
    NodeKind.UNORDERED_LIST: "A list with bullets.",
    NodeKind.ORDERED_LIST: "A numbered list.",
    NodeKind.LIST_ITEM: "An entry of a list.",
    NodeKind.QUOTE: "A quotation.",
    NodeKind.RULE: "A line between two parts.",
    NodeKind.TEXT: "Words, in `text`.",
    NodeKind.LINE_BREAK: "A new line within a paragraph.",
    NodeKind.STRONG: "Strong words.",
    NodeKind.EMPHASIS: "Stressed words.",
    NodeKind.SUPERSCRIPT: "Raised letters.",
    NodeKind.SUBSCRIPT: "Lowered letters.",
    NodeKind.STRIKETHROUGH: "Words struck out.",
    NodeKind.CODE: "Computer code.",
    NodeKind.LINK: "A link to `href`.",
    NodeKind.IMAGE: "A picture, in `image`.",
    NodeKind.EMBED: "A video or the like, at `href`.",
}

NodeKindEnum = graphene.Enum.from_enum(
    NodeKind,
    name="RichTextNodeKind",
    description=lambda value: _DESCRIPTIONS[value] if value else "What a node of a rich text is.",
)


@dataclass(frozen=True, slots=True)
class NodeValue:
    """A node; ``parent`` is the place in the list of the node around it."""

    kind: NodeKind
    parent: int | None
    depth: int
    text: str | None = None
    level: int | None = None
    href: str | None = None
    locale: str | None = None
    image: ImageValue | None = None


class RichTextNode(graphene.ObjectType):
    """A node of a rich text's tree."""

    kind = graphene.Field(NodeKindEnum, required=True, description="What the node is.")
    parent = graphene.Int(
        description="The place in the list, from 0, of the node that this one stands in; always before it. "
        "Null at the top."
    )
    depth = graphene.Int(required=True, description="How many nodes stand around it: 0 at the top, at most 40.")
    text = graphene.String(description="The words of a `TEXT`; null for others.")
    level = graphene.Int(description="The level of a `HEADING`, 2 to 6; null for others.")
    href = graphene.String(
        description="Where a `LINK` or `EMBED` leads; a path for pages of the site. Null for others."
    )
    locale = graphene.Field(
        LocaleCode, description="The language of the page that a `LINK` leads to, where it is not the one asked for."
    )
    image = graphene.Field(Image, description="The picture of an `IMAGE`; null for others.")


def tree_as_nodes(tree: Tree, targets: Targets, images: dict[Picture, ImageValue]) -> list[NodeValue]:
    """The nodes in the order of the text. A link without a target leaves its words, a picture without one nothing."""
    found: list[NodeValue] = []

    def add(nodes: Tree, parent: int | None, depth: int) -> None:
        for node in nodes:
            value = _value(node, targets, images, parent, depth)
            if value is not None:
                found.append(value)
            if isinstance(node, Element) and node.children:
                add(node.children, *((parent, depth) if value is None else (len(found) - 1, depth + 1)))

    add(tree, None, 0)
    return found


def _value(
    node: Node, targets: Targets, images: dict[Picture, ImageValue], parent: int | None, depth: int
) -> NodeValue | None:
    """The node's own value, None for one that is not shown."""
    if isinstance(node, str):
        return NodeValue(NodeKind.TEXT, parent, depth, text=node)
    if isinstance(node, Media):
        return NodeValue(NodeKind.EMBED, parent, depth, href=node.url)
    if isinstance(node, Picture):
        return NodeValue(NodeKind.IMAGE, parent, depth, image=images[node]) if node in images else None
    if node.link:
        target = link_target(node.link, targets)
        if target is None:
            return None
        return NodeValue(NodeKind.LINK, parent, depth, href=target.href, locale=target.locale)
    if node.tag[0] == "h" and node.tag != "hr":
        return NodeValue(NodeKind.HEADING, parent, depth, level=int(node.tag[1]))
    return NodeValue(NodeKind(node.tag), parent, depth)
