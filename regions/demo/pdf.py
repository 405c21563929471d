"""A small PDF of plain text, written by hand: PDF 1.4, one standard font, no compression (ISO 32000-1)."""

from collections.abc import Sequence

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 64
_LINE_WIDTH = 84


def _wrap(text: str) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + 1 + len(word) > _LINE_WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _string(text: str) -> bytes:
    encoded = text.encode("cp1252")
    return b"(" + encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def pdf_make(*, title: str, paragraphs: Sequence[str]) -> bytes:
    """One A4 page with a title and paragraphs in Western European letters; UnicodeEncodeError for any others."""
    drawn = [b"BT", b"/F2 20 Tf", b"%d %d Td" % (_MARGIN, _HEIGHT - _MARGIN - 20), _string(title) + b" Tj"]
    drawn += [b"/F1 11 Tf", b"0 -34 Td", b"16 TL"]
    for paragraph in paragraphs:
        for line in _wrap(paragraph):
            drawn += [_string(line) + b" Tj", b"T*"]
        drawn.append(b"T*")
    drawn.append(b"ET")
    stream = b"\n".join(drawn)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>" % (_WIDTH, _HEIGHT),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
        b"<< /Title %s /Producer (Diwan) >>" % _string(title),
    ]
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
