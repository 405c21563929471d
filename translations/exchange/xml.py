"""Read XML that strangers made: element by element, with no DTD, no entity, no network and no end of patience."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _
from lxml import etree

from translations.exchange.errors import ExchangeError

XML_NS = "http://www.w3.org/XML/1998/namespace"
XML_LANG, XML_SPACE = f"{{{XML_NS}}}lang", f"{{{XML_NS}}}space"
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """What one file may hold at most.

    ``names_dtd``: it may name a document type, as files of memories and terms do, but declare nothing in it.
    """

    elements: int = 500_000
    names_dtd: bool = False


class _RootReached(Exception):
    pass


def _dtd_refusal() -> ExchangeError:
    return ExchangeError(_("The file declares a document type (DTD): that is not accepted."))


def _prolog_check(data: bytes, limits: XmlLimits) -> None:
    """Refuse a document type before anything in it is read: it is where entities are declared."""
    parser = expat.ParserCreate()

    def refuse(_name: str, _system: str | None, _public: str | None, has_subset: bool) -> None:
        if has_subset or not limits.names_dtd:
            raise _dtd_refusal()

    def stop(*_args: Any) -> None:
        raise _RootReached

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        parser.Parse(data, False)
    except _RootReached:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ExchangeError(_("This is not XML: %(error)s.") % {"error": error}) from error
    raise ExchangeError(_("This is not XML: it has no first element."))


def xml_events(stream: BinaryIO, *, limits: XmlLimits) -> Iterator[tuple[str, Any]]:
    """("start" or "end", element) for each element of a well-formed document. Raise ExchangeError for any other.

    Whoever has read an element should :func:`xml_forget` it, so that a large file does not stay in memory.
    """
    first = stream.read(_CHUNK)
    _prolog_check(first, limits)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    count = 0
    chunk = first
    try:
        while chunk:
            parser.feed(chunk)
            for event, element in parser.read_events():
                if count == 0:
                    _root_check(element, limits)
                count += event == "start"
                if count > limits.elements:
                    raise ExchangeError(_("The file holds more than %(limit)d elements.") % {"limit": limits.elements})
                yield event, element
            chunk = stream.read(_CHUNK)
        parser.close()
        yield from parser.read_events()
    except etree.XMLSyntaxError as error:
        raise ExchangeError(_("The file is damaged or cut off: %(error)s.") % {"error": _reason(error)}) from error


def _root_check(root: Any, limits: XmlLimits) -> None:
    """What the parser made of the prolog, should it read an encoding otherwise than :func:`_prolog_check` did."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and (not limits.names_dtd or list(dtd.iterentities()) or list(dtd.iterelements())):
        raise _dtd_refusal()


def _reason(error: etree.XMLSyntaxError) -> str:
    return str(error.msg or error).rstrip(".")


def xml_forget(element: Any) -> None:
    """Free an element that has been read, and those before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local_name(element: Any) -> str:
    """The name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def plain_text(element: Any) -> str:
    """All text within."""
    return "".join(element.itertext())


def language_fits(found: str | None, wanted: str) -> bool:
    """Is ``found``, as fr or fr-FR or fr_FR, the language ``wanted``? An absent one fits."""
    if not found:
        return True
    return found.replace("_", "-").partition("-")[0].lower() == wanted.replace("_", "-").partition("-")[0].lower()


def moment_read(text: str | None) -> datetime | None:
    """A moment as ISO 8601 writes it, with its zone; None for anything else."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else None
