"""A source text and its translation, as wagtail-localize keeps them: HTML with numbered links."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ID = re.compile(r"""\bid\s*=\s*["']?([^"'\s>]+)""")
# Between the words on its two sides, such a tag is a space.
_BREAKS = {"br"}
_OF_ADDRESSES = ("://", "@", "www.")


@dataclass(frozen=True)
class Pair:
    """Both texts and what is known of their place. Locales are language codes; ``limit`` counts characters."""

    source: str
    target: str
    source_locale: str
    target_locale: str
    limit: int | None = None

    @cached_property
    def source_text(self) -> str:
        """The source without tags."""
        return plain_text(self.source)

    @cached_property
    def target_text(self) -> str:
        """The translation without tags."""
        return plain_text(self.target)

    @property
    def source_language(self) -> str:
        """The source's language without its region."""
        return self.source_locale.partition("-")[0]

    @property
    def target_language(self) -> str:
        """The translation's language without its region."""
        return self.target_locale.partition("-")[0]


def without_addresses(text: str) -> str:
    """``text`` without addresses of websites and mailboxes: they are the same in every language."""
    return " ".join(piece for piece in text.split() if not any(sign in piece for sign in _OF_ADDRESSES))


def plain_text(html: str) -> str:
    """The text of an inline fragment: tags taken out, line breaks as spaces, entities resolved."""
    return unescape(_TAG.sub(lambda tag: " " if tag[2].lower() in _BREAKS else "", html))


def tags_of(html: str) -> Counter[tuple[str, str]]:
    """How often each tag is opened: name, and the number of a link or an empty string."""
    return Counter(_opened(html))


def _opened(html: str) -> Iterator[tuple[str, str]]:
    for closing, name, attributes in _TAG.findall(html):
        if not closing:
            found = _ID.search(attributes)
            yield name.lower(), found[1] if found else ""


def is_well_formed(html: str) -> bool:
    """Whether each tag that is opened is closed in its turn."""
    opened: list[str] = []
    for closing, name, attributes in _TAG.findall(html):
        name = name.lower()
        if name in _BREAKS or attributes.rstrip().endswith("/"):
            continue
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
