"""The tree of a rich text as CommonMark, by https://spec.commonmark.org/0.31.2/.

CommonMark has no superscript and no subscript, and its ``*`` opens emphasis only next to certain characters. There,
and for emphasis within emphasis, the HTML tag is written, which CommonMark allows in any line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard
from unicodedata import category
from urllib.parse import quote

from api.rich_text.render import Targets, link_target
from api.rich_text.tree import BLOCK_TAGS, Element, Media, Node, Picture, Tree, tree_texts

_DELIMITERS = {"strong": "**", "em": "*", "s": "~~"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|#]|&(?=[#0-9A-Za-z])|!$)")
_LINE_START = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class _Block:
    """``tag`` is a heading's, ``p``, ``hr``, ``blockquote``, ``ul``, ``ol`` or ``li``."""

    tag: str
    words: str = ""
    blocks: "tuple[_Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line's words stand."""

    targets: Targets
    is_emphasis: bool = False
    is_link: bool = False


def tree_as_markdown(tree: Tree, targets: Targets) -> str:
    """CommonMark, ``~~`` struck out as GitHub writes it. Links and pictures are those that the HTML has."""
    return "\n\n".join(_written_all(_blocks(tree, (), "p", _Place(targets))))


def _blocks(nodes: Iterable[Node], around: tuple[Element, ...], tag: str, place: _Place) -> list[_Block]:
    """The blocks within ``nodes``; words between them become blocks of ``tag``, within the elements ``around``."""
    found: list[_Block] = []
    words: list[Node] = []

    def end_words() -> None:
        if text := _lines(words, place):
            found.append(_Block(tag, text))
        words.clear()

    for node in nodes:
        if not _has_block(node):
            words.append(_within(node, around))
            continue
        end_words()
        if node.tag == "hr":
            found.append(_Block("hr"))
        elif node.tag in ("ul", "ol"):
            found.extend(_list(node, around, place))
        elif node.tag == "blockquote":
            if inner := _blocks(node.children, around, "p", place):
                found.append(_Block("blockquote", blocks=tuple(inner)))
        elif node.tag in BLOCK_TAGS:
            found.extend(_blocks(node.children, around, node.tag if node.tag in _HEADINGS else "p", place))
        else:
            found.extend(_blocks(node.children, (*around, node), tag, place))
    end_words()
    return found


def _list(node: Element, around: tuple[Element, ...], place: _Place) -> list[_Block]:
    items: list[_Block] = []
    for child in node.children:
        is_item = isinstance(child, Element) and child.tag == "li"
        if inner := _blocks(child.children if is_item else (child,), around, "p", place):  # type: ignore[union-attr]  # an item is an element
            items.append(_Block("li", blocks=tuple(inner)))
    return [_Block(node.tag, blocks=tuple(items))] if items else []


def _has_block(node: Node) -> TypeGuard[Element]:
    return isinstance(node, Element) and (node.tag in BLOCK_TAGS or any(_has_block(child) for child in node.children))


def _within(node: Node, around: tuple[Element, ...]) -> Node:
    for element in reversed(around):
        node = replace(element, children=(node,))
    return node


def _lines(nodes: Sequence[Node], place: _Place) -> str:
    """The words as lines, a line for each break; empty without a word."""
    parts: list[str] = []
    _write(nodes, place, parts)
    lines = re.sub(" {2,}", " ", "".join(parts)).strip().split("\n")
    return "\n".join(_LINE_START.sub(_escaped_start, line.strip()) for line in lines)


def _escaped_start(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def _write(nodes: Iterable[Node], place: _Place, parts: list[str]) -> None:
    """Append Markdown to ``parts``, with a newline for a break."""
    for node in nodes:
        if isinstance(node, str):
            parts.append(_escaped(node))
        elif isinstance(node, Picture):
            if picture := place.targets.images.get(node.image_id):
                parts.append(f"![{_escaped(node.alt).strip()}]({_address(picture.src)})")
        elif isinstance(node, Media):
            label = _escaped(node.url)
            parts.append(label if place.is_link else f"[{label}]({_address(node.url)})")
        elif node.tag == "br":
            parts.append("\n")
        elif node.tag == "code":
            _write_code(node, parts)
        elif node.tag == "a":
            target = link_target(node.link, place.targets) if node.link and not place.is_link else None
            if target is None:
                _write(node.children, place, parts)
            else:
                inner: list[str] = []
                _write(node.children, replace(place, is_link=True), inner)
                _surround(f"[{{}}]({_address(target.href)})", "".join(inner), parts)
        else:
            _write_emphasis(node, place, parts)


def _write_emphasis(node: Element, place: _Place, parts: list[str]) -> None:
    inner: list[str] = []
    _write(node.children, replace(place, is_emphasis=True), inner)
    text = "".join(inner)
    words = text.strip(" \n")
    delimiter = _DELIMITERS.get(node.tag)
    before = next((part for part in reversed(parts) if part), "")
    is_delimited = words and _is_word(words[0]) and _is_word(words[-1]) and before[-1:] not in ("*", "~")
    if delimiter and is_delimited and not place.is_emphasis:
        _surround(f"{delimiter}{{}}{delimiter}", text, parts)
        return
    _surround(f"<{node.tag}>{{}}</{node.tag}>", text, parts)


def _write_code(node: Element, parts: list[str]) -> None:
    text = _one_line("".join(tree_texts(node.children)))
    words = text.strip(" ")
    before = next((part for part in reversed(parts) if part), "")
    if "`" in words or before.endswith("`"):
        _surround("<code>{}</code>", _escaped(text), parts)
    else:
        _surround("`{}`", text, parts)


def _surround(pattern: str, text: str, parts: list[str]) -> None:
    """Append ``text`` within ``pattern``, spaces and breaks at its ends outside of it."""
    words = text.strip(" \n")
    if not words:
        parts.append(text)
        return
    start = text.index(words)
    # Parts, so that braces within the words are no place holders.
    opening, _, closing = pattern.partition("{}")
    parts.extend([text[:start], f"{opening}{words}{closing}", text[start + len(words) :]])


def _is_word(character: str) -> bool:
    """Whether emphasis opens before the character and closes after it, whatever stands on the other side."""
    return category(character)[0] not in "PSZC"


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text).replace("\0", "\ufffd")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _one_line(text))


def _address(href: str) -> str:
    """The address, with what would end it or be read as an entity written as percent codes or escaped."""
    safe = "".join(quote(character) if _ends_address(character) else character for character in href)
    return re.sub(r"&(?=[#0-9A-Za-z]+;)", r"\\&", safe)


def _ends_address(character: str) -> bool:
    return character in '\\<>()`"' or character.isspace() or character < " " or character == "\x7f"


def _written_all(blocks: Iterable[_Block]) -> list[str]:
    written: list[str] = []
    previous, is_second = "", False
    for block in blocks:
        # Lists that follow each other with one marker would be one list.
        is_second = block.tag == previous and not is_second
        written.append(_written(block, is_second=is_second))
        previous = block.tag
    return written


def _written(block: _Block, *, is_second: bool) -> str:
    if block.tag == "hr":
        return "___"
    if block.tag == "blockquote":
        lines = "\n\n".join(_written_all(block.blocks)).split("\n")
        return "\n".join(f"> {line}".rstrip() for line in lines)
    if block.tag in ("ul", "ol"):
        return _written_list(block, is_second=is_second)
    if block.tag == "p":
        return block.words.replace("\n", "\\\n")
    return f"{'#' * int(block.tag[1])} " + block.words.replace("\n", "<br>")


def _written_list(block: _Block, *, is_second: bool) -> str:
    is_tight = all(
        inner.tag in ("ul", "ol") or (inner.tag == "p" and place == 0)
        for item in block.blocks
        for place, inner in enumerate(item.blocks)
    )
    items: list[str] = []
    for number, item in enumerate(block.blocks, start=1):
        if block.tag == "ul":
            marker = "*" if is_second else "-"
        else:
            marker = f"{number}{')' if is_second else '.'}"
        lines = ("\n" if is_tight else "\n\n").join(_written_all(item.blocks)).split("\n")
        indent = " " * (len(marker) + 1)
        rest = [f"{indent}{line}" if line else "" for line in lines[1:]]
        items.append("\n".join([f"{marker} {lines[0]}", *rest]))
    return ("\n" if is_tight else "\n\n").join(items)
