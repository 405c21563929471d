"""Lines of vCard and iCalendar: what RFC 6350 and RFC 5545 say of escaping and folding."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST = 75


def text_escaped(text: str) -> str:
    """A text as a value: backslash, comma and semicolon escaped, line breaks as ``\\n``."""
    text = _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    for character in "\\,;":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def parameter_quoted(text: str) -> str:
    """A text as the value of a parameter, in which neither quotation marks nor line breaks can stand (RFC 6868)."""
    text = _CONTROL.sub("", text).replace("\r", "")
    for character, written in (("^", "^^"), ("\n", "^n"), ('"', "^'")):
        text = text.replace(character, written)
    return f'"{text}"'


def uri_safe(uri: str) -> str:
    """An address without what would end its line."""
    return re.sub(r"\s", "", _CONTROL.sub("", uri))


def folded(line: str) -> str:
    """A line with its end: of more than 75 octets, cut between characters and continued after a space."""
    data = line.encode()
    if len(data) <= _LONGEST:
        return f"{line}\r\n"
    parts, current, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST:
            parts.append(current)
            # The space at the beginning of the next line counts.
            current, size = "", 1
        current += character
        size += width
    return "\r\n ".join([*parts, current]) + "\r\n"
