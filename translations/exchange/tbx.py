"""TBX-Basic (ISO 30042:2019, style "data category as attribute"): approved and forbidden terms.

TBX 2 (``martif``, ISO 30042:2008) and the style "data category as tag" are read as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from translations.exchange.errors import ExchangeError
from translations.exchange.inline import legal
from translations.exchange.xml import XML_LANG, XmlLimits, language_fits, local_name, plain_text, xml_events, xml_forget

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LIMITS = XmlLimits(elements=1_000_000, names_dtd=True)
_PREFERRED, _DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"
_FORBIDDEN = {_DEPRECATED, "supersededTerm-admn-sts"}
_MATCH_CASE = "match-case"


@dataclass(frozen=True, slots=True)
class TbxTerm:
    """How a term is said in another language, and how it must not be. ``kind`` is the concept's subject field."""

    source_language: str
    target_language: str
    source_term: str
    target_term: str
    forbidden: tuple[str, ...] = ()
    kind: str = ""
    match_case: bool = False
    note: str = ""


# --- Writing -------------------------------------------------------------------------------------------------------
def tbx_write(*, stream: BinaryIO, terms: Iterable[TbxTerm], title: str) -> int:
    """Write a glossary; return how many concepts it has.

    Neighbours with the same term, language, kind and capitals become one concept with several languages: sort them so.
    """
    count = 0
    start = f'<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="{NAMESPACE}">'
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{start}\n'.encode())
    stream.write(etree.tostring(_header(title), encoding="UTF-8", xml_declaration=False))
    stream.write(b"\n<text><body>\n")
    for (source, language, kind, match_case), group in groupby(terms, key=_concept):
        count += 1
        concept = _concept_write(count, source, language, kind, match_case, group)
        stream.write(etree.tostring(concept, encoding="UTF-8", xml_declaration=False) + b"\n")
    stream.write(b"</body></text>\n</tbx>\n")
    return count


def _concept(term: TbxTerm) -> tuple[str, str, str, bool]:
    return term.source_term, term.source_language, term.kind, term.match_case


def _sub(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
    element.text = None if text is None else legal(text)
    return element


def _header(title: str) -> Any:
    header = etree.Element(f"{{{NAMESPACE}}}tbxHeader", nsmap={None: NAMESPACE})
    description = _sub(header, "fileDesc")
    _sub(_sub(description, "titleStmt"), "title", title)
    _sub(_sub(description, "sourceDesc"), "p", "Diwan")
    return header


def _concept_write(
    number: int, source: str, language: str, kind: str, match_case: bool, terms: Iterable[TbxTerm]
) -> Any:
    concept = etree.Element(f"{{{NAMESPACE}}}conceptEntry", {"id": f"c{number}"}, nsmap={None: NAMESPACE})
    if kind:
        _sub(concept, "descrip", kind, type="subjectField")
    section = _language(concept, language)
    written = _term_write(section, source, _PREFERRED)
    if match_case:
        _sub(written, "admin", _MATCH_CASE, type="projectSubset")
    for term in terms:
        section = _language(concept, term.target_language)
        written = _term_write(section, term.target_term, _PREFERRED)
        if term.note:
            _sub(written, "note", term.note)
        for form in term.forbidden:
            _term_write(section, form, _DEPRECATED)
    return concept


def _language(concept: Any, language: str) -> Any:
    section = _sub(concept, "langSec")
    section.set(XML_LANG, language)
    return section


def _term_write(section: Any, text: str, status: str) -> Any:
    element = _sub(section, "termSec")
    _sub(element, "term", text)
    _sub(element, "termNote", status, type="administrativeStatus")
    return element


# --- Reading -------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Section:
    """The terms of one language of a concept."""

    approved: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    match_case: bool = False


def tbx_read(
    *, stream: BinaryIO, source_language: str, target_languages: Iterable[str], limits: XmlLimits = LIMITS
) -> Iterator[TbxTerm]:
    """The terms of a glossary from one language into others. Raise ExchangeError as ``tmx_read`` does.

    Each approved form of the source gives a term. Of several approved translations the first is taken; the others are
    named in its note.
    """
    wanted = tuple(target_languages)
    last = ""
    try:
        events = xml_events(stream, limits=limits)
        _event, root = next(events)
        if local_name(root) not in ("tbx", "martif"):
            raise ExchangeError(
                _("This is not a TBX file: its first element is <%(name)s>.") % {"name": local_name(root)}
            )
        for event, element in events:
            if event == "end" and local_name(element) in ("conceptEntry", "termEntry"):
                terms = list(_concept_read(element, source_language, wanted))
                xml_forget(element)
                last = terms[-1].source_term if terms else last
                yield from terms
    except ExchangeError as error:
        error.segment = error.segment or last
        raise


def _concept_read(concept: Any, source_language: str, targets: tuple[str, ...]) -> Iterator[TbxTerm]:
    sections: dict[str, _Section] = {}
    kind = ""
    notes: list[str] = []
    for child in concept:
        name = local_name(child)
        if name in ("langSec", "langSet"):
            language = child.get(XML_LANG) or child.get("lang") or ""
            for code in (source_language, *targets):
                if language and language_fits(language, code):
                    _section_read(child, sections.setdefault(code, _Section()))
        elif name == "subjectField" or child.get("type") == "subjectField":
            kind = plain_text(child).strip()
        elif name == "note":
            notes.append(plain_text(child).strip())
        elif name == "descripGrp":
            kind = next((plain_text(each).strip() for each in child if each.get("type") == "subjectField"), kind)
    source = sections.get(source_language, _Section())
    for code in targets:
        target = sections.get(code)
        if target is None or not target.approved:
            continue
        also = [_("Also: %(term)s") % {"term": term} for term in target.approved[1:]]
        for term in source.approved:
            yield TbxTerm(
                source_language=source_language,
                target_language=code,
                source_term=term,
                target_term=target.approved[0],
                forbidden=tuple(target.forbidden),
                kind=kind,
                match_case=source.match_case,
                note="\n".join([*target.notes, *notes, *also]),
            )


def _section_read(section: Any, found: _Section) -> None:
    for element in section.iter():
        if local_name(element) != "term":
            continue
        text = " ".join(plain_text(element).split())
        around = element.getparent()
        if local_name(around) == "termGrp":
            around = around.getparent()
        status = ""
        for each in around.iter():
            kind = each.get("type") or local_name(each)
            if kind == "administrativeStatus":
                status = plain_text(each).strip()
            elif kind == "projectSubset" and plain_text(each).strip() == _MATCH_CASE:
                found.match_case = True
            elif local_name(each) == "note":
                found.notes.append(plain_text(each).strip())
        if text:
            (found.forbidden if status in _FORBIDDEN else found.approved).append(text)
