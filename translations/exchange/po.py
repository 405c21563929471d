"""PO (GNU gettext), as wagtail-localize writes it, with the notes that translators need."""

import re
from datetime import datetime

import polib
from django.utils.translation import gettext as _

from home.localize.po import ID_HEADER, POFileError, po_parse
from translations.exchange.errors import ExchangeError
from translations.exchange.units import Document, Format, ReadDocument, ReadSegment, segment_key
from translations.exchange.xml import moment_read

_TO_THE_MINUTE = re.compile(r"\S+[ T]\d\d:\d\d(?!:)")


def po_write(document: Document) -> bytes:
    """The file of one page. Notes stand in extracted comments (``#.``)."""
    po = polib.POFile(wrapwidth=200)
    po.metadata = {
        "Project-Id-Version": f"Diwan {document.path}",
        "POT-Creation-Date": str(document.exported_at),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": document.target_language,
        ID_HEADER: document.record,
    }
    po.header = "\n".join(line for line in (document.title, document.preview_url, document.edit_url) if line)
    for segment in document.segments:
        notes = [segment.label, *segment.notes]
        if segment.max_length:
            notes.append(_("At most %(limit)d characters.") % {"limit": segment.max_length})
        po.append(
            polib.POEntry(
                msgctxt=segment.path,
                msgid=segment.source,
                msgstr=segment.target,
                comment="\n".join(" ".join(note.split()) for note in notes if note),
            )
        )
    return str(po).encode()


def po_read(data: bytes) -> ReadDocument:
    """The page of a file. Raise ExchangeError."""
    try:
        po = po_parse(data)
    except POFileError as error:
        raise ExchangeError(str(error)) from error
    record = po.metadata.get(ID_HEADER, "").strip()
    if not record:
        raise ExchangeError(
            _("The file has no header %(header)s. Download it again, and keep its first lines when you work on it.")
            % {"header": ID_HEADER}
        )
    return ReadDocument(
        record=record,
        path=po.metadata.get("Project-Id-Version", "").removeprefix("Diwan").strip(),
        source_language="",
        target_language=po.metadata.get("Language", "").strip(),
        format=Format.PO,
        exported_at=_moment(po.metadata.get("POT-Creation-Date", "")),
        segments=[
            ReadSegment(
                key=segment_key(path=entry.msgctxt or "", source=entry.msgid),
                path=entry.msgctxt or "",
                source=entry.msgid,
                target=entry.msgstr,
                is_unfinished=entry.fuzzy,
            )
            for entry in po
            if not entry.obsolete
        ],
    )


def _moment(text: str) -> datetime | None:
    """When the file was made. A tool may have cut it to the minute: then it is the end of that minute."""
    moment = moment_read(text)
    return moment.replace(second=59, microsecond=999_999) if moment and _TO_THE_MINUTE.match(text.strip()) else moment
