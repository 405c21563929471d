"""Read an uploaded PO file and say, before anything is written, whether all of it can be imported."""

from collections.abc import Iterable
from dataclasses import dataclass

import polib
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import StringSegment, Translation

from home.localize.texts import text_problem

ID_HEADER = "X-WagtailLocalize-TranslationID"
# A page of 60 segments makes a file of about 20 kB; a country page with long texts ten times that.
MAX_BYTES = 2 * 1024 * 1024
_SHOWN = 60


class POFileError(Exception):
    """The file cannot be imported. The message says why, in the user's language, and names the text where it can."""


@dataclass(frozen=True)
class POImport:
    """A file that can be imported whole: its finished entries, and how many were left out as fuzzy or empty."""

    file: polib.POFile
    texts: int
    fuzzy: int
    empty: int


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def po_export(*, translation: Translation) -> polib.POFile:
    """The PO file of a translation: each text once in each place, with the language in its header.

    wagtail-localize repeats an entry whose text stands twice in one place; PO tools refuse such a file.
    """
    exported = translation.export_po()
    po = polib.POFile(wrapwidth=200)
    po.metadata = {**exported.metadata, "Language": translation.target_locale.language_code}
    po.metadata["Content-Transfer-Encoding"] = "8bit"
    seen = set()
    for entry in exported:
        key = (entry.msgctxt, entry.msgid)
        if key not in seen:
            seen.add(key)
            po.append(entry)
    return po


def po_read(*, upload: UploadedFile | None, translation: Translation) -> POImport:
    """Check an uploaded file against ``translation`` and return what would be imported. Raise POFileError."""
    if upload is None:
        raise POFileError(_("Choose a PO file."))
    if upload.size is None or upload.size > MAX_BYTES:
        raise POFileError(_("The file is too large: at most %(limit)d kB.") % {"limit": MAX_BYTES // 1024})
    po = po_parse(upload.read())
    _check_header(po=po, translation=translation)
    entries = [entry for entry in po if not entry.obsolete]
    _check_entries(entries=entries, translation=translation)

    finished = polib.POFile()
    finished.metadata = po.metadata
    finished.extend(entry for entry in entries if entry.msgstr.strip() and not entry.fuzzy)
    fuzzy = sum(entry.fuzzy for entry in entries)
    return POImport(file=finished, texts=len(finished), fuzzy=fuzzy, empty=len(entries) - len(finished) - fuzzy)


class _Lines(str):
    """A text whose lines end where PO's do. Others that Python knows (U+0085, U+2028) are characters of a text."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def po_parse(data: bytes) -> polib.POFile:
    """The entries of a file in UTF-8. Raise POFileError for anything else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise POFileError(_("This is not a PO file in UTF-8.")) from error
    if not text.strip() or "\x00" in text:
        raise POFileError(_("This is not a PO file in UTF-8."))
    try:
        # polib takes a text that names a file for that file; none has a name that begins with a line break.
        return polib.pofile(_Lines(f"\n{text}"), check_for_duplicates=False)
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise POFileError(
            _("This PO file is damaged or cut off: %(error)s.") % {"error": str(error).strip() or type(error).__name__}
        ) from error


def _check_header(*, po: polib.POFile, translation: Translation) -> None:
    identifier = po.metadata.get(ID_HEADER, "").strip()
    if not identifier:
        raise POFileError(
            _("The file has no header %(header)s. Download it again, and keep its first lines when you work on it.")
            % {"header": ID_HEADER}
        )
    if identifier != str(translation.uuid):
        raise POFileError(_("This file belongs to the translation of another page or into another language."))
    language = po.metadata.get("Language", "").strip().replace("_", "-").lower()
    if language and language.partition("-")[0] != translation.target_locale.language_code.lower().partition("-")[0]:
        raise POFileError(_("The header of this file says that its language is %(language)s.") % {"language": language})


def _check_entries(*, entries: Iterable[polib.POEntry], translation: Translation) -> None:
    segments = StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    wanted = {(segment.context.path, segment.string.data) for segment in segments}
    found: dict[tuple[str, str], str] = {}
    for entry in entries:
        key = (entry.msgctxt or "", entry.msgid)
        if key in found and found[key] != entry.msgstr:
            raise POFileError(_("The file translates this text twice: “%(text)s”.") % {"text": _shown(entry.msgid)})
        found[key] = entry.msgstr
        if not entry.msgstr.strip():
            continue
        if key not in wanted:
            raise POFileError(
                _("This text is no longer on the page: “%(text)s”. Download the file again and move your work there.")
                % {"text": _shown(entry.msgid)}
            )
        problem = text_problem(source=translation.source, path=key[0], text=entry.msgstr)
        if problem:
            raise POFileError(_("“%(text)s”: %(problem)s") % {"text": _shown(entry.msgid), "problem": problem})
    missing = sorted(wanted - found.keys())
    if missing:
        raise POFileError(
            ngettext(
                "The file is cut off or out of date: it lacks %(count)d text of the page, “%(text)s”.",
                "The file is cut off or out of date: it lacks %(count)d texts of the page, among them “%(text)s”.",
                len(missing),
            )
            % {"count": len(missing), "text": _shown(missing[0][1])}
        )
