"""A workbook as the zip that it is. It comes from strangers: nothing of it is unpacked that would not fit in memory."""

import io
import zipfile
import zlib
from typing import Any, cast
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader

from bulk.sheets.errors import SheetError
from bulk.sheets.limits import SheetLimits

_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_MOST_PARTS = 2_000
_CHUNK = 64 * 1024
_XML = (".xml", ".rels")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# openpyxl makes a tree of most parts (styles, the list of sheets …), which takes forty times the bytes of the part.
_MOST_TREE = 2 * 1024 * 1024
# Sheets are read row by row, and texts that cells share one by one: each of them is a tree for a moment.
_MOST_UNIT = 4 * 1024 * 1024
_ROW, _TEXT = f"{_MAIN} row", f"{_MAIN} si"
# Texts that cells share all stay in memory.
_MOST_TEXT_BYTES = 32 * 1024 * 1024
_MOST_TEXTS = 500_000


def workbook_open(*, data: bytes, limits: SheetLimits) -> Workbook:
    """The workbook, its sheets yet to be read. Raise SheetError for one that is damaged, a bomb, or names files.

    What openpyxl raises for workbooks that are damaged in other ways is of any type.
    """
    _archive_check(data, limits)
    reader = _Reader(data, limits)
    reader.read()
    return cast(Workbook, reader.wb)


def _too_large() -> SheetError:
    return SheetError(_("The workbook is too large when unpacked."))


def _archive_check(data: bytes, limits: SheetLimits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_PARTS:
                raise _too_large()
            total = 0
            for info in infos:
                if info.flag_bits & 0x1:
                    raise SheetError(_("The workbook is locked by a password."))
                total += info.file_size
                # zipfile reads no more of a part than what it says of its size, and then compares a checksum.
                is_bomb = info.file_size > max(info.compress_size, 16 * 1024) * limits.ratio
                if is_bomb or total > limits.unpacked_bytes:
                    raise _too_large()
            if "[Content_Types].xml" not in archive.namelist():
                raise SheetError(_("This workbook is damaged, or no XLSX."))
            for info in infos:
                if info.filename.endswith(_XML):
                    _doctype_check(archive, info)
    except _DAMAGES as error:
        raise SheetError(_("This workbook is damaged, or no XLSX.")) from error


class _Beginning(Exception):
    """The first element was seen: a document type can no longer come."""


def _doctype_check(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Raise SheetError for XML with a document type: entities, of this file or of others, have no place in XLSX."""

    def refuse(*_args: Any) -> None:
        raise SheetError(_("The workbook holds XML with a document type, which is not accepted."))

    def stop(*_args: Any) -> None:
        raise _Beginning

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk)
    except _Beginning:
        return
    except expat.ExpatError as error:
        raise SheetError(_("This workbook is damaged, or no XLSX.")) from error


class _Reader(ExcelReader):
    """openpyxl's, with an archive that looks at large parts before they are read."""

    archive: "_Archive"

    def __init__(self, data: bytes, limits: SheetLimits) -> None:
        super().__init__(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        self.archive.close()
        self.archive = _Archive(data, limits)

    def read_strings(self) -> None:
        self.archive.unit = _TEXT
        try:
            super().read_strings()
        finally:
            self.archive.unit = _ROW


class _Archive(zipfile.ZipFile):
    """Parts too large for a tree are read piece by piece alone, and only when each piece is small.

    Looked at is what is opened and how, not what a part is called: which part is the list of sheets, and which the
    sheet, the workbook says itself.
    """

    def __init__(self, data: bytes, limits: SheetLimits) -> None:
        super().__init__(io.BytesIO(data))
        self.unit = _ROW
        self._most_elements = 4 * limits.rows * limits.columns
        self._seen: set[tuple[str, str]] = set()

    def open(self, name: Any, *args: Any, **kwargs: Any) -> Any:
        """The part as a stream. Raise SheetError for one that is too large to be read so."""
        info = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if not info.filename.endswith(_XML):
            # Nobody has looked for a document type in it.
            raise SheetError(_("This workbook is damaged, or no XLSX."))
        part: Any = super().open(info, *args, **kwargs)
        if info.file_size <= _MOST_TREE:
            return part
        if self.unit == _TEXT and info.file_size > _MOST_TEXT_BYTES:
            raise _too_large()
        if (info.filename, self.unit) not in self._seen:
            with super().open(info) as looked_at:
                _units_check(looked_at, unit=self.unit, most_elements=self._most_elements)
            self._seen.add((info.filename, self.unit))
        read = part.read

        def read_piece(size: int | None = -1) -> Any:
            if size is None or size < 0:
                raise _too_large()
            return read(size)

        part.read = read_piece
        return part


def _units_check(part: Any, *, unit: str, most_elements: int) -> None:
    """Raise SheetError for XML of which a unit (a row, a text), or what stands outside of them, is too large."""
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = elements = units = outside = last = 0

    def start(name: str, _attributes: Any) -> None:
        nonlocal depth, elements, units, outside, last
        elements += 1
        if name == unit:
            if not depth:
                place = parser.CurrentByteIndex
                outside += place - last
                last = place
            units += 1
            depth += 1

    def end(name: str) -> None:
        nonlocal depth, last
        if name == unit:
            depth -= 1
            if not depth:
                place = parser.CurrentByteIndex
                if place - last > _MOST_UNIT:
                    raise _too_large()
                last = place

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    fed = 0
    try:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk)
            fed += len(chunk)
            since = fed - last
            if since > _MOST_UNIT + _CHUNK if depth else outside + since > _MOST_TREE + _CHUNK:
                raise _too_large()
            if elements > most_elements or (unit == _TEXT and units > _MOST_TEXTS):
                raise _too_large()
    except (expat.ExpatError, *_DAMAGES) as error:
        raise SheetError(_("This workbook is damaged, or no XLSX.")) from error
