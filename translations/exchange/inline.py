"""Tags within a text ↔ numbered codes, as translation tools show and protect them.

A text of wagtail-localize is HTML with inline tags only: ``<b>``, ``<br/>``, ``<a id="a1">``. On the way out each tag
becomes a code with a number; on the way back the numbers are looked up in the text that the page has now, so nothing
that a file says about a tag is ever believed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup, Comment, Tag
from bs4.dammit import EntitySubstitution
from bs4.element import NavigableString, PreformattedString

# What XML 1.0 cannot hold: control characters, halves of surrogate pairs, non-characters.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """``text`` without what XML cannot hold: for names and notes, which nothing has to read back."""
    return ILLEGAL.sub("", text)


class InlineError(ValueError):
    """The codes do not make sense. ``codes`` are the numbers concerned."""

    def __init__(self, kind: Literal["unknown", "nesting"], codes: Iterable[str]) -> None:
        self.kind, self.codes = kind, tuple(codes)
        super().__init__(f"{kind}: {', '.join(self.codes)}")


@dataclass(frozen=True, slots=True)
class Code:
    """One tag. ``closing`` is empty for what holds no text: a line break, a comment, a character XML cannot hold."""

    id: str
    tag: str
    opening: str
    closing: str = ""

    @property
    def is_pair(self) -> bool:
        return bool(self.closing)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a coded text: its words, or the number of a code that opens, closes or stands alone there."""

    kind: Literal["text", "open", "close", "point"]
    value: str


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A text as words and codes."""

    parts: Parts
    codes: Mapping[str, Code]

    def decode(self) -> str:
        return inline_decode(parts=self.parts, codes=self.codes)


class _Encoder:
    def __init__(self, like: Mapping[str, Code]) -> None:
        self.free = list(like.values())
        self.number = len(self.free)
        self.parts: list[Part] = []
        self.codes: dict[str, Code] = {}

    def code(self, tag: str, opening: str, closing: str = "") -> str:
        """The number of this tag: that of the same tag in the source where there is one left, else a new one."""
        for known in self.free:
            if (known.opening, known.closing) == (opening, closing):
                self.free.remove(known)
                self.codes[known.id] = known
                return known.id
        self.number += 1
        made = Code(str(self.number), tag, opening, closing)
        self.codes[made.id] = made
        return made.id

    def text(self, text: str) -> None:
        start = 0
        for match in ILLEGAL.finditer(text):
            self._text(text[start : match.start()])
            self.parts.append(Part("point", self.code("char", match[0])))
            start = match.end()
        self._text(text[start:])

    def _text(self, text: str) -> None:
        if text and self.parts and self.parts[-1].kind == "text":
            self.parts[-1] = Part("text", self.parts[-1].value + text)
        elif text:
            self.parts.append(Part("text", text))

    def walk(self, node: Tag) -> None:
        for child in node.children:
            if isinstance(child, PreformattedString):
                kind = "comment" if isinstance(child, Comment) else "markup"
                self.parts.append(Part("point", self.code(kind, child.output_ready())))
            elif isinstance(child, NavigableString):
                self.text(str(child))
            elif isinstance(child, Tag):
                self._tag(child)

    def _tag(self, tag: Tag) -> None:
        opening, closing = _ends(tag)
        number = self.code(tag.name, opening, closing)
        if not closing:
            self.parts.append(Part("point", number))
            return
        self.parts.append(Part("open", number))
        self.walk(tag)
        self.parts.append(Part("close", number))


def _ends(tag: Tag) -> tuple[str, str]:
    is_void = tag.can_be_empty_element and not tag.contents
    html = str(Tag(name=tag.name, attrs=dict(tag.attrs), can_be_empty_element=is_void))
    closing = f"</{tag.name}>"
    return (html.removesuffix(closing), closing) if html.endswith(closing) else (html, "")


def inline_normalise(html: str) -> str:
    """``html`` as wagtail-localize writes it."""
    return str(BeautifulSoup(html, "html.parser"))


def inline_encode(html: str, *, like: Mapping[str, Code] | None = None) -> Coded:
    """``html`` as words and codes, numbered in order.

    With ``like``, a source's codes, each tag takes the number that it has there; a tag that the source lacks gets a
    number beyond them.
    """
    encoder = _Encoder(like or {})
    encoder.walk(BeautifulSoup(html, "html.parser"))
    return Coded(parts=tuple(encoder.parts), codes=encoder.codes)


def inline_decode(*, parts: Parts, codes: Mapping[str, Code]) -> str:
    """The HTML of a coded text. Raise InlineError for a number that ``codes`` lacks and for pairs that cross."""
    unknown = [part.value for part in parts if part.kind != "text" and part.value not in codes]
    if unknown:
        raise InlineError("unknown", dict.fromkeys(unknown))
    html: list[str] = []
    opened: list[str] = []
    for part in parts:
        if part.kind == "text":
            html.append(EntitySubstitution.substitute_xml(part.value))
            continue
        code = codes[part.value]
        if code.is_pair == (part.kind == "point"):
            raise InlineError("nesting", [code.id])
        if part.kind == "close":
            if not opened or opened.pop() != code.id:
                raise InlineError("nesting", [code.id])
            html.append(code.closing)
            continue
        if part.kind == "open":
            opened.append(code.id)
        html.append(code.opening)
    if opened:
        raise InlineError("nesting", opened)
    return "".join(html)


def inline_difference(*, source: str, target: str) -> tuple[list[str], list[str]]:
    """The tags that ``target`` lost and those that it added, as they stand in HTML, each as often as it is."""
    wanted = Counter(code.opening for code in inline_encode(source).codes.values() if code.tag != "char")
    found = Counter(code.opening for code in inline_encode(target).codes.values() if code.tag != "char")
    return sorted((wanted - found).elements()), sorted((found - wanted).elements())
