"""Wraps ``StringValue.from_plaintext``.

wagtail-localize 1.14 has Beautiful Soup parse every text and write it again, also one that holds nothing that HTML
would write otherwise: most of what noting the texts of many new pages costs. Such a text is returned as it is.

It can go when wagtail-localize does the same; the test of the two answers being the same then says nothing.
"""

import re
from typing import Any

from wagtail_localize.strings import StringValue

_original = StringValue.from_plaintext
# What is escaped, becomes an element, or is no text to a parser.
_OTHERWISE = re.compile("[&<>\"'\r\n\x00-\x08\x0b\x0c\x0e-\x1f]")


def _from_plaintext(text: Any) -> StringValue:
    # Of a text that is nothing but space, Beautiful Soup keeps one.
    if isinstance(text, str) and (not text or not text.isspace()) and not _OTHERWISE.search(text):
        return StringValue(str(text))
    return _original(text)


def apply() -> None:
    StringValue.from_plaintext = staticmethod(_from_plaintext)


def remove() -> None:
    StringValue.from_plaintext = _original
