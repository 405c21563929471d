"""Write a page in the format asked for; read a file whatever its format is."""

import codecs
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from translations.exchange.errors import ExchangeError
from translations.exchange.po import po_read, po_write
from translations.exchange.units import Document, Format, ReadDocument
from translations.exchange.xliff12 import NAMESPACE as XLIFF12
from translations.exchange.xliff12 import xliff12_read, xliff12_write
from translations.exchange.xliff21 import NAMESPACE as XLIFF2
from translations.exchange.xliff21 import xliff21_read, xliff21_write
from translations.exchange.xml import XmlLimits, local_name, xml_events

_WRITERS = {Format.XLIFF12: xliff12_write, Format.XLIFF21: xliff21_write, Format.PO: po_write}
_ZIP = b"PK\x03\x04"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\x00", b"\x00<")


def document_write(*, document: Document, form: Format) -> bytes:
    """The file of one page."""
    return _WRITERS[form](document)


def file_name(*, document: Document, form: Format) -> str:
    """A name that tells the page and the language, and is given once: ``ar/fr-ameriques-1f2e3d4c.xlf``."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", document.path).strip("-").lower()[-80:].strip("-") or "page"
    return f"{document.target_language}/{slug}-{document.record[:8]}.{form.extension}"


def is_archive(data: bytes) -> bool:
    """Is this a zip?"""
    return data.startswith((_ZIP, b"PK\x05\x06"))


def documents_read(*, data: bytes, limits: XmlLimits) -> Iterator[ReadDocument]:
    """The pages in a file, XLIFF 1.2, XLIFF 2 or PO, told by its content. Raise ExchangeError."""
    if not _is_xml(data):
        yield po_read(data)
        return
    events = xml_events(io.BytesIO(data), limits=limits)
    _event, root = next(events)
    namespace = root.tag.rpartition("}")[0].removeprefix("{")
    if local_name(root) == "xliff" and namespace == XLIFF12:
        found = xliff12_read(events)
    elif local_name(root) == "xliff" and namespace == XLIFF2:
        found = xliff21_read(root, events)
    else:
        raise ExchangeError(
            _("This is neither XLIFF 1.2 nor XLIFF 2: its first element is <%(name)s>.") % {"name": local_name(root)}
        )
    is_empty = True
    for document in found:
        is_empty = False
        yield document
    if is_empty:
        raise ExchangeError(_("The file holds no texts."))


def _is_xml(data: bytes) -> bool:
    start = data[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
    return start.startswith(b"<") or data.startswith(_WIDE)
