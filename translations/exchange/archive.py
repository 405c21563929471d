"""A selection of pages as one zip: a file for each page, and a list of them."""

import io
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from translations.exchange.errors import ExchangeError

MANIFEST = "manifest.json"
_EXTENSIONS = {".xlf", ".xliff", ".po", ".xml"}
# What zipfile raises for damaged archives, by what is damaged: a header, a name, an offset, the data of each method.
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
# What systems and tools leave beside the files.
_PASSED_OVER = ("__MACOSX/",)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What one archive may hold at most. ``ratio``: how often a file may be larger than it is packed."""

    entries: int = 5_000
    file_bytes: int = 20 * 1024 * 1024
    total_bytes: int = 200 * 1024 * 1024
    ratio: int = 200


def archive_write(*, files: Iterable[tuple[str, bytes]], made_at: datetime, about: dict[str, Any]) -> bytes:
    """A zip of ``files``, name and content, with a manifest that says ``about`` and lists the names."""
    buffer = io.BytesIO()
    moment = made_at.timetuple()[:6]
    names = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name, date_time=moment)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
            names.append(name)
        manifest = json.dumps(
            {**about, "exported_at": made_at.isoformat(), "files": names}, ensure_ascii=False, indent=1
        )
        archive.writestr(zipfile.ZipInfo(MANIFEST, date_time=moment), manifest)
    return buffer.getvalue()


def archive_read(*, data: bytes, limits: ArchiveLimits) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of translations in a zip. Raise ExchangeError for an archive that is not safe.

    Nothing is written to disk, so names are only looked at; one that would leave its folder tells that the archive was
    not made by a tool of translation.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGES as error:
        raise ExchangeError(_("This zip file is damaged or cut off.")) from error
    with archive:
        entries = [info for info in archive.infolist() if not info.is_dir()]
        if len(entries) > limits.entries:
            raise ExchangeError(_("The zip file holds more than %(limit)d files.") % {"limit": limits.entries})
        left = limits.total_bytes
        wanted = [info for info in entries if _is_wanted(info)]
        if not wanted:
            raise ExchangeError(_("The zip file holds no XLIFF and no PO file."))
        for info in wanted:
            content = _entry_read(archive, info, limits, left)
            left -= len(content)
            yield info.filename, content


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in info.filename or "\x00" in info.filename:
        raise ExchangeError(
            _("The zip file holds a file with the name “%(name)s”, which is not accepted.") % {"name": info.filename}
        )
    if info.flag_bits & 0x1:
        raise ExchangeError(_("The zip file is locked by a password."))
    if info.filename.startswith(_PASSED_OVER) or path.name.startswith("."):
        return False
    return path.suffix.lower() in _EXTENSIONS


def _entry_read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: ArchiveLimits, left: int) -> bytes:
    """Read one entry, never believing what the archive says of its size."""
    most = min(limits.file_bytes, left, max(info.compress_size, 1024) * limits.ratio)
    if info.file_size > most:
        raise ExchangeError(_("“%(name)s” in the zip file is too large when unpacked.") % {"name": info.filename})
    try:
        with archive.open(info) as file:
            content = file.read(most + 1)
    except _DAMAGES as error:
        raise ExchangeError(_("This zip file is damaged or cut off.")) from error
    if len(content) > most:
        raise ExchangeError(_("“%(name)s” in the zip file is too large when unpacked.") % {"name": info.filename})
    return content
