"""Reads the documents that a frontend's build wrote into a folder, and trusts none of it.

- relay-compiler (``persistConfig.file``): a JSON object of texts by bare MD5, SHA-1 or SHA-256.
- graphql-codegen (``persistedDocuments``): the same with ``sha256:`` before the hash.
- Apollo (``apollo-persisted-query-manifest``, version 1): a list of operations with ``id`` and ``body``.
- An object of texts by names of the client's own.
- Files ``*.graphql`` and ``*.gql``: each is one document under its SHA-256.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import md5, sha1, sha256
from pathlib import Path
from typing import Any

from api.persisted.ids import canonical_id, text_id

_JSON, _TEXT = {".json"}, {".graphql", ".gql"}
# Thousands of documents are a few megabytes.
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_FILES = 5_000
MAX_DOCUMENTS = 10_000
_APOLLO = "apollo-persisted-query-manifest"
# By the number of hex digits. Not for security: only a check that the id belongs to the text.
_DIGESTS = {32: md5, 40: sha1, 64: sha256}


@dataclass(frozen=True, slots=True)
class Shipped:
    """A document as it was found: its canonical id, its text, and the file (relative to the folder)."""

    document_id: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, or with one document of it."""

    source: str
    message: str
    document_id: str = ""


@dataclass(slots=True)
class Found:
    """What a folder holds."""

    documents: dict[str, Shipped] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0

    def add(self, shipped: Shipped) -> None:
        """Add a document; one that stands in several files is one document."""
        other = self.documents.setdefault(shipped.document_id, shipped)
        if other.text != shipped.text:
            message = f"stands in {other.source} with another text"
            self.problems.append(Problem(shipped.source, message, shipped.document_id))


class UnreadableError(Exception):
    """A file is not what it should be; the message says why, for whoever runs the command."""


def documents_found(folder: Path) -> Found:
    """Every document below ``folder``. Files that cannot be read are among the problems, and stop no other file."""
    found = Found()

    def unlisted(error: OSError) -> None:
        source = Path(error.filename).relative_to(folder).as_posix()
        found.problems.append(Problem(source, f"cannot be listed ({error.strerror})"))

    for path in _files(folder, unlisted):
        source = path.relative_to(folder).as_posix()
        found.files += 1
        if found.files > MAX_FILES:
            found.problems.append(Problem(source, f"is one of more than {MAX_FILES:,} files: name the folder closer"))
            break
        try:
            for document_id, text in _pairs(path, folder):
                if len(found.documents) >= MAX_DOCUMENTS:
                    raise UnreadableError(f"there are more than {MAX_DOCUMENTS:,} documents")
                try:
                    found.add(_shipped(document_id, text, source))
                except UnreadableError as error:
                    found.problems.append(Problem(source, str(error), str(document_id)[:80]))
        except UnreadableError as error:
            found.problems.append(Problem(source, str(error)))
    return found


def _files(folder: Path, unlisted: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=unlisted):
        # Sorted, so that each run says the same. Folders behind links are not entered.
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and path.suffix.lower() in _JSON | _TEXT:
                yield path


def _pairs(path: Path, folder: Path) -> Iterator[tuple[Any, Any]]:
    """Ids and texts of one file; the id is None where it follows from the text. Raises UnreadableError."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UnreadableError("is a link that leads out of the folder")
        if not path.exists():
            raise UnreadableError("cannot be read (No such file or directory)")
        if not path.is_file():
            # A pipe would never end, or never begin.
            raise UnreadableError("is no file")
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror})") from None
    except RuntimeError:
        raise UnreadableError("cannot be read (links in a circle)") from None
    if len(raw) > MAX_FILE_BYTES:
        raise UnreadableError(f"is larger than {MAX_FILE_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not UTF-8 (byte {error.start})") from None
    if path.suffix.lower() in _TEXT:
        yield None, text
    else:
        yield from _manifest(text)


def _manifest(text: str) -> Iterator[tuple[Any, Any]]:
    try:
        # Pairs, because an object would hide that a key stands twice.
        value = json.loads(text, object_pairs_hook=_Pairs)
    except RecursionError:
        raise UnreadableError("is nested too deep") from None
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableError(f"is not JSON{where}") from None
    if not isinstance(value, _Pairs):
        raise UnreadableError("is no manifest: a JSON object of documents by their ids")
    members = dict(value)
    if members.get("format") != _APOLLO:
        yield from value
        return
    operations = members.get("operations")
    if members.get("version") != 1 or not isinstance(operations, list):
        raise UnreadableError(f"is no {_APOLLO} of version 1")
    for operation in operations:
        entry = dict(operation) if isinstance(operation, _Pairs) else {}
        yield entry.get("id", ""), entry.get("body")


class _Pairs(list[tuple[str, Any]]):
    """A JSON object, each of its members."""


def _shipped(raw_id: Any, text: Any, source: str) -> Shipped:
    if not isinstance(text, str) or not text.strip():
        raise UnreadableError("is no text of a document")
    if "\0" in text:
        raise UnreadableError("holds NUL")
    try:
        actual = text_id(text)
    except UnicodeEncodeError:
        raise UnreadableError("holds characters that no text has") from None
    if raw_id is None:
        return Shipped(actual, text, source)
    document_id = canonical_id(raw_id) if isinstance(raw_id, str) else None
    if document_id is None:
        raise UnreadableError("is no id: a hash, sha256:<64 hex digits>, or up to 200 letters, digits and . _ : / -")
    _check_hash(document_id, text)
    return Shipped(document_id, text, source)


def _check_hash(document_id: str, text: str) -> None:
    digits = document_id.removeprefix("sha256:")
    digest = _DIGESTS.get(len(digits))
    if digest is None or not set(digits) <= set("0123456789abcdefABCDEF"):
        return  # a name
    if digest(text.encode(), usedforsecurity=False).hexdigest() != digits.lower():
        raise UnreadableError("is not the hash of its text")
