"""TMX 1.4b (LISA OSCAR, 26 April 2005): a memory of texts and their translations.

Tags are ``<bpt>``, ``<ept>`` and ``<ph>`` around the HTML that they stand for. Of other tools' codes only those that
are HTML known here are taken; the words around the others are kept.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from bs4.dammit import EntitySubstitution
from django.utils.translation import gettext as _
from lxml import etree

from translations.exchange.errors import ExchangeError
from translations.exchange.inline import Coded, inline_encode, inline_normalise, legal
from translations.exchange.xml import XML_LANG, XmlLimits, language_fits, local_name, plain_text, xml_events, xml_forget

LIMITS = XmlLimits(elements=5_000_000, names_dtd=True)
_TYPES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}
_KNOWN = re.compile(r'</?(?:a|abbr|acronym|b|code|em|i|strong)>|<a id="[A-Za-z0-9]+">|<br\s*/?>')
_MACHINE = "x-machine"
_MOMENT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """One text and its translation, as HTML with numbered links. ``origin`` names the page or the file.

    ``is_machine``: no person has confirmed it.
    """

    source_language: str
    target_language: str
    source: str
    target: str
    origin: str = ""
    translator: str = ""
    note: str = ""
    is_machine: bool = False
    uses: int = 0
    created_at: datetime | None = None
    changed_at: datetime | None = None


# --- Writing -------------------------------------------------------------------------------------------------------
def tmx_write(*, stream: BinaryIO, units: Iterable[TmxUnit], source_language: str, version: str = "") -> int:
    """Write a memory, unit by unit; return how many there were."""
    count = 0
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            header = {
                "creationtool": "Diwan",
                "creationtoolversion": version or "1",
                "segtype": "block",
                "o-tmf": "Diwan",
                "adminlang": "en",
                "srclang": source_language,
                "datatype": "html",
            }
            file.write(etree.Element("header", header))
            with file.element("body"):
                for unit in units:
                    file.write("\n", _unit_write(unit))
                    count += 1
    return count


def _unit_write(unit: TmxUnit) -> Any:
    element = etree.Element("tu")
    for name, moment in (("creationdate", unit.created_at), ("changedate", unit.changed_at)):
        if moment:
            element.set(name, moment.astimezone(UTC).strftime(_MOMENT))
    if unit.translator:
        element.set("creationid", legal(unit.translator))
    if unit.uses:
        element.set("usagecount", str(unit.uses))
    if unit.note:
        etree.SubElement(element, "note").text = legal(unit.note)
    if unit.origin:
        etree.SubElement(element, "prop", {"type": "x-origin"}).text = legal(unit.origin)
    if unit.is_machine:
        etree.SubElement(element, "prop", {"type": _MACHINE}).text = "yes"
    source = inline_encode(unit.source)
    for language, coded in (
        (unit.source_language, source),
        (unit.target_language, inline_encode(unit.target, like=source.codes)),
    ):
        _fill(etree.SubElement(etree.SubElement(element, "tuv", {XML_LANG: language}), "seg"), coded)
    return element


def _fill(seg: Any, coded: Coded) -> None:
    last = None
    for part in coded.parts:
        if part.kind == "text":
            if last is None:
                seg.text = (seg.text or "") + part.value
            else:
                last.tail = (last.tail or "") + part.value
            continue
        code = coded.codes[part.value]
        kind = _TYPES.get(code.tag, f"x-{code.tag}")
        if part.kind == "open":
            last = etree.SubElement(seg, "bpt", {"i": code.id, "x": code.id, "type": kind})
        elif part.kind == "close":
            last = etree.SubElement(seg, "ept", {"i": code.id})
        else:
            last = etree.SubElement(seg, "ph", {"x": code.id, "type": kind})
        html = code.closing if part.kind == "close" else code.opening
        last.text = f"U+{ord(html):04X}" if code.tag == "char" else html


# --- Reading -------------------------------------------------------------------------------------------------------
def tmx_read(
    *, stream: BinaryIO, source_language: str, target_language: str, limits: XmlLimits = LIMITS
) -> Iterator[TmxUnit]:
    """The units of a memory that have both languages, one at a time; regional variants of them count.

    Raise ExchangeError, with the last text read, for what is no TMX, is cut off, or declares entities. What was yielded
    before that has been read well, but a caller that wants all or nothing must wait for the end.
    """
    last = ""
    try:
        events = xml_events(stream, limits=limits)
        _event, root = next(events)
        if local_name(root) != "tmx":
            raise ExchangeError(
                _("This is not a TMX file: its first element is <%(name)s>.") % {"name": local_name(root)}
            )
        for event, element in events:
            if event == "end" and local_name(element) == "tu":
                unit = _unit_read(element, source_language, target_language)
                xml_forget(element)
                if unit:
                    last = unit.source
                    yield unit
    except ExchangeError as error:
        error.segment = error.segment or last
        raise


def _unit_read(element: Any, source_language: str, target_language: str) -> TmxUnit | None:
    texts: dict[str, str] = {}
    note = origin = ""
    is_machine = False
    changed = element.get("changedate")
    for child in element:
        match local_name(child):
            case "note":
                note = plain_text(child).strip()
            case "prop" if child.get("type") == "x-origin":
                origin = plain_text(child).strip()
            case "prop" if child.get("type") == _MACHINE:
                is_machine = True
            case "tuv":
                language = child.get(XML_LANG) or child.get("lang") or ""
                for wanted in (source_language, target_language):
                    if language and wanted not in texts and language_fits(language, wanted):
                        texts[wanted] = _seg_read(child)
                        changed = changed or child.get("changedate")
    source, target = texts.get(source_language, "").strip(), texts.get(target_language, "").strip()
    if not source or not target:
        return None
    uses = element.get("usagecount") or ""
    return TmxUnit(
        source_language=source_language,
        target_language=target_language,
        source=source,
        target=target,
        origin=origin,
        translator=element.get("creationid") or "",
        note=note,
        is_machine=is_machine,
        uses=int(uses) if uses.isdecimal() and len(uses) < 9 else 0,
        created_at=_moment(element.get("creationdate")),
        changed_at=_moment(changed),
    )


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _seg_read(tuv: Any) -> str:
    seg = next((child for child in tuv if local_name(child) == "seg"), None)
    return inline_normalise("".join(_html(seg))) if seg is not None else ""


def _html(element: Any) -> Iterator[str]:
    """Words escaped, known tags as they are; html.parser closes what was left open."""
    yield _escaped(element.text)
    for child in element:
        if local_name(child) == "hi":
            yield from _html(child)
        elif local_name(child) in ("bpt", "ept", "ph", "it", "ut"):
            code = (child.text or "").strip()
            yield code if _KNOWN.fullmatch(code) else ""
        yield _escaped(child.tail)


def _escaped(text: str | None) -> str:
    return EntitySubstitution.substitute_xml(text or "")
