"""Lines of vCard: what RFC 6350 says of escaping and folding. No maintained library writes vCard 4.0."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST = 75


def without_controls(text: str) -> str:
    """A text without control characters other than line breaks and tabs, which no line may have."""
    return _CONTROL.sub("", text)


def text_escaped(text: str) -> str:
    """A text as a value: backslash, comma and semicolon escaped, line breaks as ``\\n``."""
    text = without_controls(text).replace("\r\n", "\n").replace("\r", "\n")
    for character in "\\,;":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def parameter_quoted(text: str) -> str:
    """A text as the value of a parameter, in which neither quotation marks nor line breaks can stand (RFC 6868)."""
    text = without_controls(text).replace("\r", "")
    for character, written in (("^", "^^"), ("\n", "^n"), ('"', "^'")):
        text = text.replace(character, written)
    return f'"{text}"'


def uri_safe(uri: str) -> str:
    """An address without what would end its line."""
    return re.sub(r"\s", "", without_controls(uri))


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
