"""From the bytes of a saved page to its text, or a refusal that says what is wrong and how to mend it.

Old portals were saved in many encodings and a file does not say which. What can be known is known here (a byte order
mark, valid UTF-8); what is guessed between Windows-1252 and Windows-1256 is declared as an assumption in the result.
Damage is refused rather than imported: NUL bytes, replacement characters, text decoded twice.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from regions.legacy.words import words_of

# Names accepted by --encoding, each with the codec that reads it. Pages that claim ISO-8859-1 use Windows-1252's
# quotation marks, so the WHATWG Encoding Standard reads both as Windows-1252; the same is done here.
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
    "windows-1256": "cp1256",
    "iso-8859-6": "iso8859_6",
}

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or a Word document (.docx)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
)
_HTML = re.compile(r"\A\s*(?:<!doctype html|<html|<\?xml|<head|<body)", re.IGNORECASE)
# UTF-8 read as Windows-1252: a lead byte's letter, then one to three continuation bytes' characters.
_CONTINUATION = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", errors="ignore")) + "\u0080-\u009f"
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00df][{_CONTINUATION}]|[\u00e0-\u00ef][{_CONTINUATION}]{{2}}|[\u00f0-\u00f4][{_CONTINUATION}]{{3}}"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_C1 = {code: bytes([code]).decode("cp1252", errors="ignore") or None for code in range(0x80, 0xA0)}


class UnreadableFileError(Exception):
    """The file cannot be imported; the message names the reason and the cure."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a saved page may measure: bytes, lines, and characters in a line."""

    bytes: int = 2 * 1024 * 1024
    lines: int = 5_000
    line_length: int = 20_000


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a saved page, ``encoding`` as in ENCODINGS, and how it is known.

    ``assumption`` is empty when the encoding is certain. ``warnings`` tells what was mended on the way.
    """

    text: str
    encoding: str
    assumption: str
    warnings: tuple[str, ...]


def file_read(*, path: Path, limits: Limits, encoding: str | None = None) -> SourceText:
    """Read a saved page, never more than ``limits.bytes`` + 1 bytes of it.

    Raises UnreadableFileError for a file that is missing, no plain file, too large, empty, binary or damaged.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFileError(f"{path} is not a plain file.")
        with path.open("rb") as file:
            data = file.read(limits.bytes + 1)
    except FileNotFoundError:
        raise UnreadableFileError(f"{path} does not exist.") from None
    except IsADirectoryError:
        raise UnreadableFileError(f"{path} is a folder; name the file of one saved page.") from None
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > limits.bytes:
        raise UnreadableFileError(
            f"The file is larger than {limits.bytes:,} bytes, far beyond one page of text. If it is really one page, "
            "raise the setting DIWAN_IMPORT_MAX_BYTES."
        )
    source = text_decode(data=data, encoding=encoding)
    lines = lines_of(source.text)
    if len(lines) > limits.lines:
        raise UnreadableFileError(
            f"The file has {len(lines):,} lines, more than {limits.lines:,} (setting DIWAN_IMPORT_MAX_LINES)."
        )
    for number, line in enumerate(lines, start=1):
        if len(line) > limits.line_length:
            raise UnreadableFileError(
                f"Line {number} has {len(line):,} characters, more than {limits.line_length:,} "
                "(setting DIWAN_IMPORT_MAX_LINE_LENGTH)."
            )
    return source


def text_decode(*, data: bytes, encoding: str | None = None) -> SourceText:
    """The text of ``data``; ``encoding`` (a key of ENCODINGS) forces one. Raises UnreadableFileError."""
    if not data.strip():
        raise UnreadableFileError("The file is empty.")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFileError(f"The file is {what}. Save the page as plain text and import that.")
    if encoding is not None:
        name, text, assumption = encoding, _decode(data, encoding), "forced by --encoding"
    else:
        name, text, assumption = _detect(data)
    # An old DOS editor ends a file with SUB.
    text = text.removeprefix("\ufeff").removesuffix("\x1a")
    if _HTML.match(text):
        raise UnreadableFileError("The file is HTML. Save the page as plain text and import that.")
    return _mended(text, name, assumption)


def lines_of(text: str) -> list[str]:
    """The lines of ``text``, ended by LF, CR LF or CR alone; a final line end opens no further line."""
    lines = re.split(r"\r\n|\n|\r", text)
    return lines[:-1] if lines and not lines[-1] else lines


def _decode(data: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise UnreadableFileError(f"Unknown encoding {encoding!r}. Known: {', '.join(ENCODINGS)}.")
    if encoding != "utf-16" and b"\x00" in data:
        raise UnreadableFileError("The file holds NUL bytes: it is binary or damaged, not a page saved as text.")
    try:
        return data.decode(ENCODINGS[encoding])
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(
            f"The file is not {encoding}: byte 0x{data[error.start]:02X} at offset {error.start:,} (line {line}). "
            "It is damaged, or --encoding should name another encoding."
        ) from None


def _detect(data: bytes) -> tuple[str, str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not data.startswith(codecs.BOM_UTF32_LE):
        return "utf-16", _decode(data, "utf-16"), ""
    if b"\x00" in data:
        raise UnreadableFileError("The file holds NUL bytes: it is binary or damaged, not a page saved as text.")
    try:
        return "utf-8", data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        broken = error
    multibyte = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data))
    stray = len(re.findall(rb"[\x80-\xff]", data))
    if data.startswith(codecs.BOM_UTF8) or multibyte * 2 > stray * 0.8:
        line = data.count(b"\n", 0, broken.start) + 1
        raise UnreadableFileError(
            f"The file is damaged UTF-8: byte 0x{data[broken.start]:02X} at offset {broken.start:,} (line {line}) "
            "begins no character. Save it again, or name its encoding with --encoding."
        )
    candidates = {}
    for name in ("windows-1252", "windows-1256"):
        # Windows-1252 leaves five bytes undefined: a file that holds one is not in it.
        try:
            candidates[name] = data.decode(ENCODINGS[name])
        except UnicodeDecodeError:
            continue
    name = "windows-1256" if _reads_as_arabic(candidates["windows-1256"]) else "windows-1252"
    if name not in candidates or _CONTROLS.search(candidates[name]):
        raise UnreadableFileError(
            "The file is in no encoding of old pages (UTF-8, Windows-1252, Windows-1256): it is binary or damaged."
        )
    other = "windows-1252" if name == "windows-1256" else "windows-1256"
    reason = f"not UTF-8; assumed {name}, use --encoding {other} if letters look wrong"
    return name, candidates[name], reason


def _reads_as_arabic(text: str) -> bool:
    """Whether a Windows-1256 reading makes sense: Arabic words, and none that mix Latin letters into them.

    French lower-case letters with accents stand at the same bytes in both encodings; the rest of Windows-1252's
    letters become Arabic ones amid Latin words, which no Arabic page has.
    """
    arabic = mixed = 0
    for word in words_of(text):
        letters = [_is_arabic(character) for character in word.raw if character.isalpha()]
        if letters and all(letters):
            arabic += 1
        elif any(letters):
            mixed += 1
    return arabic > 0 and arabic >= 4 * mixed


def _is_arabic(character: str) -> bool:
    return "\u0600" <= character <= "\u06ff"


def _mended(text: str, name: str, assumption: str) -> SourceText:
    warnings = []
    damaged = [number for number, line in enumerate(lines_of(text), start=1) if "\ufffd" in line]
    if damaged:
        raise UnreadableFileError(
            f"The file is damaged: characters were lost (U+FFFD) in {_numbered(damaged)}. Save the page again."
        )
    mojibake = [number for number, line in enumerate(lines_of(text), start=1) if _decoded_twice(line)]
    if mojibake:
        raise UnreadableFileError(
            f'The text was decoded twice ("Ã©" instead of "é") in {_numbered(mojibake)}. Save the page again as UTF-8.'
        )
    if _CONTROLS.search(text):
        lines = [n for n, line in enumerate(lines_of(text), start=1) if _CONTROLS.search(line)]
        raise UnreadableFileError(f"The file is binary or damaged: control characters in {_numbered(lines)}.")
    if any(0x80 <= ord(character) < 0xA0 for character in text):
        text = text.translate(_C1)
        warnings.append("Windows-1252 punctuation was stored as control characters; it was read as punctuation.")
    if not any(character.isalpha() for character in text):
        raise UnreadableFileError("The file holds no letter of any script: there is no page in it.")
    return SourceText(unicodedata.normalize("NFC", text), name, assumption, tuple(warnings))


def _decoded_twice(line: str) -> bool:
    """Whether ``line`` holds UTF-8 that was read as Windows-1252 and would give a letter or sign that pages use.

    The result must be plausible: "à\u00a0«" and "OÙ\u00a0?" are good French and read as exotic characters.
    """
    for match in _MOJIBAKE.finditer(line):
        try:
            character = b"".join(_windows_1252_byte(one) for one in match.group()).decode("utf-8")
        except UnicodeError:
            continue
        code = ord(character)
        if 0xA0 <= code <= 0x17F or 0x621 <= code <= 0x64A or 0x2010 <= code <= 0x203A or code == 0x20AC:
            return True
    return False


def _windows_1252_byte(character: str) -> bytes:
    return bytes([ord(character)]) if ord(character) < 0x100 else character.encode("cp1252")


def _numbered(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:5]))
    more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
    return f"line{'s' if len(lines) > 1 else ''} {shown}{more}"
