"""Stored rich text as a small tree that holds nothing but what the editor can produce.

Editors' HTML is cleaned when it is saved, but importers, translation files and older versions write to the same
columns. So nothing is passed through: the tree holds what is on the lists below, and output is written from the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urlsplit

BLOCK_TAGS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr"})
INLINE_TAGS = frozenset({"strong", "em", "sup", "sub", "s", "code", "br"})
VOID_TAGS = frozenset({"hr", "br"})
_SYNONYMS = {"b": "strong", "i": "em", "del": "s", "strike": "s", "div": "p", "h1": "h2", "pre": "p"}
# Tags whose content is no text for readers.
_SILENT_TAGS = frozenset(
    {"script", "style", "template", "title", "noscript", "iframe", "object", "svg", "math", "head"}
)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Deeper nesting than any editor makes; what lies below is hung here, so that writing the tree cannot exhaust the stack.
_MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Link:
    """Where an ``a`` leads: a page or document by its id, or an address outside."""

    kind: Literal["page", "document", "address"]
    target: int | str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture within the text, by the image's id."""

    image_id: int
    alt: str


@dataclass(frozen=True, slots=True)
class Media:
    """A video or another embed within the text, by the address of its page."""

    url: str


@dataclass(frozen=True, slots=True)
class Element:
    """``tag`` is of BLOCK_TAGS or INLINE_TAGS, or ``a`` with a link."""

    tag: str
    children: tuple[Node, ...]
    link: Link | None = None


Node = str | Element | Picture | Media
Tree = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class References:
    """What a tree refers to: by id, and the addresses that links were given."""

    pages: frozenset[int]
    documents: frozenset[int]
    images: frozenset[int]
    addresses: frozenset[str] = frozenset()


NO_REFERENCES = References(frozenset(), frozenset(), frozenset())


@lru_cache(maxsize=512)
def rich_text_tree(html: str) -> Tree:
    """The tree of stored rich text. Anything may be given: unknown tags leave their text, broken nesting is closed."""
    parser = _TreeParser()
    parser.feed(html)
    parser.close()
    return parser.tree()


def tree_references(tree: Tree) -> References:
    """Everything in the tree that has to be looked up."""
    pages: set[int] = set()
    documents: set[int] = set()
    images: set[int] = set()
    addresses: set[str] = set()
    left: list[Node] = list(tree)
    while left:
        node = left.pop()
        if isinstance(node, Picture):
            images.add(node.image_id)
        elif isinstance(node, Element):
            left.extend(node.children)
            if node.link and isinstance(node.link.target, int):
                (pages if node.link.kind == "page" else documents).add(node.link.target)
            elif node.link and isinstance(node.link.target, str):
                addresses.add(node.link.target)
    return References(frozenset(pages), frozenset(documents), frozenset(images), frozenset(addresses))


def tree_pictures(tree: Tree) -> list[Picture]:
    """The pictures in the tree, in the order of the text."""
    found: list[Picture] = []
    for node in tree:
        if isinstance(node, Picture):
            found.append(node)
        elif isinstance(node, Element):
            found.extend(tree_pictures(node.children))
    return found


def tree_texts(nodes: Iterable[Node]) -> Iterator[str]:
    """The words below ``nodes`` as they are, a space for each break."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Element):
            yield " " if node.tag == "br" else "".join(tree_texts(node.children))


def safe_address(value: str | None) -> str | None:
    """``value`` as an address that a link may lead to: http(s), mail, telephone, a path or an anchor; else None."""
    if not value:
        return None
    # Browsers drop control characters, within a scheme too: "java\nscript:".
    address = "".join(character for character in value if character >= " " and character != "\x7f").strip()
    address = address.replace(" ", "%20")
    if not address:
        return None
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return None
    if scheme:
        return address if scheme in _SCHEMES else None
    # "//host" and "\\host" lead elsewhere while looking like paths.
    return address if address[0] in "/#" and address[:2] not in ("//", "/\\") else None


class _Open:
    """An element whose end has not been met."""

    __slots__ = ("children", "link", "tag")

    def __init__(self, tag: str | None, link: Link | None = None) -> None:
        self.tag = tag  # None for a tag that is dropped and whose children stay
        self.link = link
        self.children: list[Node] = []

    @property
    def is_kept(self) -> bool:
        return self.tag is not None and (self.tag != "a" or self.link is not None)

    def closed(self) -> list[Node]:
        if self.tag is None or not self.is_kept:
            return self.children
        return [Element(self.tag, tuple(self.children), self.link)]


class _TreeParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, _Open]] = [("", _Open(None))]
        self._silent = 0

    def tree(self) -> Tree:
        while len(self._open) > 1:
            self._close_last()
        return tuple(self._open[0][1].children)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag in _SILENT_TAGS:
            self._silent += tag in _SILENT_TAGS
            return
        attributes = dict(attrs)
        name = _SYNONYMS.get(tag, tag)
        if name in BLOCK_TAGS:
            self._close_implied(name)
        if tag == "embed":
            self._add_embed(attributes)
        elif name in VOID_TAGS:
            self._add(Element(name, ()))
        elif len(self._open) < _MAX_DEPTH and tag not in ("img", "input", "meta", "link", "wbr", "area", "source"):
            if name == "a":
                self._open.append((tag, _Open("a", _link(attributes))))
            else:
                self._open.append((tag, _Open(name if name in BLOCK_TAGS or name in INLINE_TAGS else None)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML knows no "<p/>": only void elements close themselves.
        if tag not in _SILENT_TAGS:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT_TAGS:
            self._silent = max(0, self._silent - 1)
        elif not self._silent and any(name == tag for name, _ in self._open):
            while self._open[-1][0] != tag:
                self._close_last()
            self._close_last()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(data)

    def _add(self, node: Node) -> None:
        self._open[-1][1].children.append(node)

    def _close_implied(self, name: str) -> None:
        """Close the paragraph or list entry that a new block ends (HTML, section 13.1.2.4)."""
        ended = ("p", "li") if name == "li" else ("p",)
        while True:
            # Tags that are dropped leave no trace, so the block within them follows the one around them.
            kept = next((place for place in range(len(self._open) - 1, 0, -1) if self._open[place][1].is_kept), 0)
            if self._open[kept][1].tag not in ended:
                return
            while len(self._open) > kept:
                self._close_last()

    def _close_last(self) -> None:
        _, element = self._open.pop()
        self._open[-1][1].children.extend(element.closed())

    def _add_embed(self, attributes: dict[str, str | None]) -> None:
        image_id = _id(attributes.get("id"))
        url = safe_address(attributes.get("url"))
        if attributes.get("embedtype") == "image" and image_id is not None:
            self._add(Picture(image_id, attributes.get("alt") or ""))
        elif attributes.get("embedtype") == "media" and url and url.startswith(("http://", "https://")):
            self._add(Media(url))


def _link(attributes: dict[str, str | None]) -> Link | None:
    kind = attributes.get("linktype")
    if kind in ("page", "document"):
        target = _id(attributes.get("id"))
        return None if target is None else Link("page" if kind == "page" else "document", target)
    address = safe_address(attributes.get("href"))
    return None if address is None else Link("address", address)


def _id(value: str | None) -> int | None:
    """An id of a row, or None. Databases refuse numbers of more than 63 bits."""
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 18:
        return None
    return int(value)
