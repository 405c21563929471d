"""XLIFF 1.2 (OASIS Standard, 1 February 2008): tags are ``<g>`` and ``<x/>``.

Of what other tools write, ``<bx/>``, ``<ex/>``, ``<bpt>``, ``<ept>``, ``<it>`` and ``<ph>`` are understood, and
``<mrk>`` is looked through.
"""

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from translations.exchange.errors import ExchangeError
from translations.exchange.inline import Code, Coded, Part, Parts, inline_encode, legal
from translations.exchange.units import Document, Format, ReadDocument, ReadSegment, Segment, State
from translations.exchange.xml import XML_LANG, XML_SPACE, local_name, moment_read, plain_text, xml_forget

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_CTYPES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}
_STATES = {State.TRANSLATED: "translated", State.REVIEWED: "signed-off", State.FINAL: "final"}
_UNFINISHED = {"new", "needs-translation", "needs-adaptation", "needs-l10n"}
_SUGGESTIONS = {"fuzzy-match", "mt-suggestion", "tm-suggestion"}
_RECORD = re.compile(r"#([0-9a-f-]{36})$")


# --- Writing -------------------------------------------------------------------------------------------------------
def _sub(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    kept = {key: legal(value) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", kept)
    element.text, element.tail = None if text is None else legal(text), "\n"
    return element


def _fill(element: Any, coded: Coded) -> None:
    """Put words and codes into ``<source>`` or ``<target>``."""
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
                current, f"{{{NAMESPACE}}}{'g' if code.is_pair else 'x'}", {"id": code.id, "ctype": _ctype(code)}
            )
            current, last = (child, None) if part.kind == "open" else (current, child)


def _ctype(code: Code) -> str:
    return _CTYPES.get(code.tag) or f"x-html-{re.sub(r'[^A-Za-z0-9]', '', code.tag) or 'other'}"


def xliff12_write(document: Document) -> bytes:
    """The file of one page, valid against the strict schema."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
    root.text = "\n"
    file = _sub(
        root,
        "file",
        "\n",
        **{
            "original": document.original,
            "datatype": "html",
            "source-language": document.source_language,
            "target-language": document.target_language,
            "date": document.exported_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "product-name": "Diwan",
            "build-num": document.exported_at.isoformat(),
        },
    )
    header = _sub(file, "header", "\n")
    _sub(header, "note", document.title)
    for name, url in (("preview", document.preview_url), ("editor", document.edit_url)):
        if url:
            _sub(_sub(header, "reference", "\n"), "external-file", href=url, uid=name)
    body = _sub(file, "body", "\n")
    for segment in document.segments:
        _unit_write(body, segment, document)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def _unit_write(body: Any, segment: Segment, document: Document) -> None:
    unit = _sub(body, "trans-unit", "\n", id=segment.key, resname=segment.path)
    unit.set(XML_SPACE, "preserve")
    if segment.state is State.FINAL:
        unit.set("approved", "yes")
    if segment.max_length:
        unit.set("maxwidth", str(segment.max_length))
        unit.set("size-unit", "char")
    source = _sub(unit, "source")
    source.set(XML_LANG, document.source_language)
    coded = inline_encode(segment.source)
    _fill(source, coded)
    if segment.target:
        target = _sub(unit, "target")
        target.set(XML_LANG, document.target_language)
        target.set("state", "needs-review-translation" if segment.in_review else _STATES[segment.state])
        _fill(target, inline_encode(segment.target, like=coded.codes))
    context = _sub(unit, "context-group", "\n", purpose="information")
    _sub(context, "context", segment.path, **{"context-type": "x-path"})
    if segment.label:
        _sub(context, "context", segment.label, **{"context-type": "x-field"})
    for note in segment.notes:
        _sub(unit, "note", note)


# --- Reading -------------------------------------------------------------------------------------------------------
def xliff12_read(events: Iterator[tuple[str, Any]]) -> Iterator[ReadDocument]:
    """The pages of a file, from its events after the first. Raise ExchangeError, which names the last text read."""
    document: ReadDocument | None = None
    segment = ""
    try:
        for event, element in events:
            name = local_name(element)
            if event == "start":
                if name == "file":
                    document = _file_read(element)
                continue
            if name == "trans-unit" and document is not None:
                read = _unit_read(element)
                document.segments.append(read)
                segment = read.text
                xml_forget(element)
            elif name == "file" and document is not None:
                yield document
                document = None
                xml_forget(element)
    except ExchangeError as error:
        error.segment = error.segment or segment
        raise


def _file_read(file: Any) -> ReadDocument:
    original = file.get("original") or ""
    match = _RECORD.search(original)
    return ReadDocument(
        record=match[1] if match else "",
        path=original[: match.start()] if match else original,
        source_language=file.get("source-language") or "",
        target_language=file.get("target-language") or "",
        format=Format.XLIFF12,
        exported_at=moment_read(file.get("build-num")),
    )


def _unit_read(unit: Any) -> ReadSegment:
    source = target = None
    for child in unit:
        name = local_name(child)
        if name == "source":
            source = child
        elif name == "target":
            target = child
    coded = _parts(source) if source is not None else ()
    state = target.get("state") if target is not None else None
    suggested = target is not None and target.get("state-qualifier") in _SUGGESTIONS
    return ReadSegment(
        key=unit.get("id") or "",
        path=unit.get("resname") or "",
        source=coded,
        target=_parts(target) if target is not None else None,
        is_unfinished=suggested or state in _UNFINISHED,
    )


def _parts(element: Any) -> Parts:
    return parts_join(_walk(element))


def parts_join(parts: Iterator[Part]) -> Parts:
    """Parts with neighbouring words as one."""
    joined: list[Part] = []
    for part in parts:
        if part.kind == "text" and joined and joined[-1].kind == "text":
            joined[-1] = Part("text", joined[-1].value + part.value)
        elif part.kind != "text" or part.value:
            joined.append(part)
    return tuple(joined)


def _walk(element: Any) -> Iterator[Part]:
    if element.text:
        yield Part("text", element.text)
    for child in element:
        number = child.get("id") or ""
        match local_name(child):
            case "g":
                yield Part("open", number)
                yield from _walk(child)
                yield Part("close", number)
            case "x" | "ph":
                yield Part("point", number)
            case "bx" | "bpt":
                yield Part("open", child.get("rid") or number)
            case "ex" | "ept":
                yield Part("close", child.get("rid") or number)
            case "it":
                yield Part("open" if child.get("pos") == "open" else "close", child.get("rid") or number)
            case "mrk":
                yield from _walk(child)
            case other:
                raise ExchangeError(
                    _("The text holds <%(name)s>, which is not known here.") % {"name": other},
                    segment=plain_text(element),
                )
        if child.tail:
            yield Part("text", child.tail)
