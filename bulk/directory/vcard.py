"""Missions as cards of address books: vCard 4.0 (RFC 6350)."""

from collections.abc import Iterator, Sequence
from datetime import UTC

from django.utils.translation import get_language

from bulk.directory.lines import folded, parameter_quoted, text_escaped, uri_safe
from bulk.selectors.directory import Entry
from missions.models.choices import ContactKind, ContactPurpose, MissionKind, MissionStatus, PostKind
from missions.statuses import status_said

_SOCIAL = {
    ContactKind.FACEBOOK.value,
    ContactKind.INSTAGRAM.value,
    ContactKind.LINKEDIN.value,
    ContactKind.X.value,
    ContactKind.YOUTUBE.value,
}


def vcards(entries: Sequence[Entry]) -> bytes:
    """The file, a card for each mission.

    One that is closed, suspended or relocated has its card too, which says so: left out, it would stay in address books
    as if it were open.
    """
    return "".join(folded(line) for entry in entries for line in _card(entry)).encode()


def _card(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "KIND:org"
    yield f"UID:urn:uuid:{entry.id}"
    yield f"FN;LANGUAGE={entry.locale}:{text_escaped(entry.title)}"
    yield f"ORG:{text_escaped(entry.title)}"
    categories = [str(MissionKind(entry.kind).label)]
    if entry.status != MissionStatus.OPEN:
        categories.append(str(MissionStatus(entry.status).label))
    yield f"CATEGORIES:{','.join(map(text_escaped, categories))}"
    street, label = entry.address, entry.address_text or entry.address
    if street or entry.city or entry.country:
        # Post box, extended address, street, city, region, code, country: what is not known apart stays together.
        parts = ("", "", street, entry.city, "", "", entry.country if entry.direction == "abroad" else "")
        named = f";LABEL={parameter_quoted(label)}" if label else ""
        yield f"ADR{named}:{';'.join(map(text_escaped, parts))}"
    for kind, purpose, value in entry.contacts:
        yield _contact(kind, purpose, value)
    if entry.latitude is not None and entry.longitude is not None:
        yield f"GEO:geo:{entry.latitude},{entry.longitude}"
    if entry.time_zone:
        yield f"TZ:{text_escaped(entry.time_zone)}"
    for code in entry.languages.replace(",", " ").split():
        yield f"LANG:{text_escaped(code)}"
    if entry.status != MissionStatus.OPEN:
        yield f"NOTE;LANGUAGE={get_language()}:{text_escaped(status_said(entry.now))}"
    if entry.head:
        yield f"NOTE;LANGUAGE={entry.locale}:{text_escaped(f'{PostKind(entry.head_post).label}: {entry.head}')}"
    if entry.published_at:
        yield f"REV:{entry.published_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def _contact(kind: str, purpose: str, value: str) -> str:
    note = "" if purpose == ContactPurpose.GENERAL else f";X-PURPOSE={purpose}"
    if kind in (ContactKind.PHONE, ContactKind.FAX):
        shape = "voice" if kind == ContactKind.PHONE else "fax"
        return f'TEL;VALUE=text;TYPE="work,{shape}"{note}:{text_escaped(value)}'
    if kind == ContactKind.EMAIL:
        return f"EMAIL;TYPE=work{note}:{text_escaped(value)}"
    if kind in _SOCIAL:
        # RFC 9554; programs that do not know the property pass it over.
        return f"SOCIALPROFILE;SERVICE-TYPE={ContactKind(kind).label}{note}:{uri_safe(value)}"
    return f"URL;TYPE=work{note}:{uri_safe(value)}"
