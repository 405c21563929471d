"""XLIFF 2.1 (OASIS Standard, 13 February 2018), core only: tags are ``<pc>`` and ``<ph>`` with their original data.

Of what other tools write, 2.0 is read as well, ``<sc>`` and ``<ec>`` are understood, and ``<mrk>``, ``<sm>``, ``<em>``
are looked through. A unit that a tool has cut into segments is put together again.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from translations.exchange.errors import ExchangeError
from translations.exchange.inline import Code, Coded, Part, inline_encode, legal
from translations.exchange.units import Document, Format, ReadDocument, ReadSegment, Segment
from translations.exchange.xliff12 import parts_join
from translations.exchange.xml import XML_SPACE, local_name, moment_read, plain_text, xml_forget

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_FORMATS = {"b": "xlf:b", "strong": "xlf:b", "i": "xlf:i", "em": "xlf:i", "br": "xlf:lb"}
_EXPORTED = "diwan-exported-at"
IN_REVIEW = "diwan:in-review"


# --- Writing -------------------------------------------------------------------------------------------------------
def _sub(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    kept = {key: legal(value) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", kept)
    element.text, element.tail = None if text is None else legal(text), "\n"
    return element


def xliff21_write(document: Document) -> bytes:
    """The file of one page, valid against the core schema."""
    root = etree.Element(
        f"{{{NAMESPACE}}}xliff",
        {"version": "2.1", "srcLang": document.source_language, "trgLang": document.target_language},
        nsmap={None: NAMESPACE},
    )
    root.text = "\n"
    file = _sub(
        root,
        "file",
        "\n",
        id=f"f-{document.record}",
        original=document.path,
        canResegment="no",
        srcDir=document.source_direction,
        trgDir=document.target_direction,
    )
    notes = _sub(file, "notes", "\n")
    _sub(notes, "note", document.title, category="title")
    _sub(notes, "note", document.exported_at.isoformat(), category=_EXPORTED)
    for name, url in (("preview", document.preview_url), ("editor", document.edit_url)):
        if url:
            _sub(notes, "note", url, category=name)
    for segment in document.segments:
        _unit_write(file, segment)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def _unit_write(file: Any, segment: Segment) -> None:
    unit = _sub(file, "unit", "\n", id=segment.key, name=segment.path)
    notes = [("field", segment.label)] if segment.label else []
    notes += [("note", note) for note in segment.notes]
    if segment.max_length:
        notes.append(("max-length", str(segment.max_length)))
    if notes:
        holder = _sub(unit, "notes", "\n")
        for category, text in notes:
            _sub(holder, "note", text, category=category)
    source = inline_encode(segment.source)
    target = inline_encode(segment.target, like=source.codes) if segment.target else None
    codes = {**source.codes, **(target.codes if target else {})}
    data = _data_write(unit, codes, dict(segment.links))
    inner = _sub(unit, "segment", "\n", state=segment.state.value)
    if segment.in_review:
        inner.set("subState", IN_REVIEW)
    for name, coded in (("source", source), ("target", target)):
        if coded:
            element = _sub(inner, name)
            element.set(XML_SPACE, "preserve")
            _fill(element, coded, data)


def _data_write(unit: Any, codes: dict[str, Code], links: dict[str, str]) -> dict[str, str]:
    """Write what the tags are in HTML, each once; return the id of each. A link shows where it leads."""
    if not codes:
        return {}
    data: dict[str, str] = {}
    holder = _sub(unit, "originalData", "\n")
    for code in codes.values():
        for html in (code.opening, code.closing):
            if html and html not in data:
                data[html] = f"d{len(data) + 1}"
                shown = f"U+{ord(html):04X}" if code.tag == "char" else links.get(html, html)
                _sub(holder, "data", shown, id=data[html])
    return data


def _fill(element: Any, coded: Coded, data: dict[str, str]) -> None:
    current, last = element, None
    for part in coded.parts:
        if part.kind == "text":
            if last is None:
                current.text = (current.text or "") + part.value
            else:
                last.tail = (last.tail or "") + part.value
        elif part.kind == "close":
            last, current = current, current.getparent()
        else:
            code = coded.codes[part.value]
            child = etree.SubElement(
                current, f"{{{NAMESPACE}}}{'pc' if code.is_pair else 'ph'}", _attributes(code, data)
            )
            current, last = (child, None) if part.kind == "open" else (current, child)


def _attributes(code: Code, data: dict[str, str]) -> dict[str, str]:
    found = {"id": code.id}
    if code.is_pair:
        found |= {"dataRefStart": data[code.opening], "dataRefEnd": data[code.closing]}
    else:
        found["dataRef"] = data[code.opening]
    if code.tag in _FORMATS:
        return {**found, "type": "fmt", "subType": _FORMATS[code.tag]}
    return {**found, "type": "link" if code.tag == "a" else "other"}


# --- Reading -------------------------------------------------------------------------------------------------------
def xliff21_read(root: Any, events: Iterator[tuple[str, Any]]) -> Iterator[ReadDocument]:
    """The pages of a file, from its root and the events after it. Raise ExchangeError, which names the last text."""
    document: ReadDocument | None = None
    segment = ""
    try:
        for event, element in events:
            name = local_name(element)
            if event == "start":
                if name == "file":
                    document = ReadDocument(
                        record=(element.get("id") or "").removeprefix("f-"),
                        path=element.get("original") or "",
                        source_language=root.get("srcLang") or "",
                        target_language=root.get("trgLang") or "",
                        format=Format.XLIFF21,
                    )
                continue
            if document is None:
                continue
            if name == "note" and element.get("category") == _EXPORTED:
                document.exported_at = moment_read(element.text)
            elif name == "unit":
                read = _unit_read(element)
                document.segments.append(read)
                segment = read.text
                xml_forget(element)
            elif name == "file":
                yield document
                document = None
                xml_forget(element)
    except ExchangeError as error:
        error.segment = error.segment or segment
        raise


def _unit_read(unit: Any) -> ReadSegment:
    source: list[Part] = []
    target: list[Part] = []
    has_target, states = False, []
    for piece in unit:
        name = local_name(piece)
        if name not in ("segment", "ignorable"):
            continue
        inner = {local_name(child): child for child in piece}
        words = list(_walk(inner["source"])) if "source" in inner else []
        source += words
        if "target" in inner:
            has_target = True
            target += _walk(inner["target"])
        elif name == "ignorable":
            target += words
        if name == "segment":
            states.append((piece.get("state") or "initial", "target" in inner))
    read = ReadSegment(
        key=unit.get("id") or "",
        path=unit.get("name") or "",
        source=parts_join(iter(source)),
        target=parts_join(iter(target)) if has_target else None,
    )
    # A tool that fills in a text copies the source first; a state that it did not raise says that this is all.
    is_copy = any(state == "initial" for state, _with in states) and read.target == read.source
    is_part = any(not with_target for _state, with_target in states)
    if has_target and (is_copy or is_part):
        return ReadSegment(read.key, read.path, read.source, read.target, is_unfinished=True)
    return read


def _walk(element: Any) -> Iterator[Part]:
    if element.text:
        yield Part("text", element.text)
    for child in element:
        number = child.get("id") or ""
        match local_name(child):
            case "pc":
                yield Part("open", number)
                yield from _walk(child)
                yield Part("close", number)
            case "ph":
                yield Part("point", number)
            case "sc":
                yield Part("open", number)
            case "ec":
                yield Part("close", child.get("startRef") or number)
            case "mrk":
                yield from _walk(child)
            case "sm" | "em":
                pass
            case "cp":
                raise ExchangeError(_("The text holds control characters."), segment=plain_text(element))
            case other:
                raise ExchangeError(
                    _("The text holds <%(name)s>, which is not known here.") % {"name": other},
                    segment=plain_text(element),
                )
        if child.tail:
            yield Part("text", child.tail)
