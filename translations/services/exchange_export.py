"""Write translations as files: one page, or a selection as a zip."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from translations.exchange.archive import archive_write
from translations.exchange.errors import ExchangeError
from translations.exchange.files import document_write, file_name
from translations.exchange.units import Document, Format
from translations.selectors.exchange import NoteFinder, document_get, glossary_note_finder


def archive_fits(*, size: int, files: int) -> bool:
    """May a zip of so many bytes and files be brought in?"""
    limits: dict[str, int] = settings.DIWAN_EXCHANGE_LIMITS
    return size <= limits["upload_bytes"] and files <= limits["archive_files"]


@dataclass(frozen=True, slots=True)
class Export:
    """A file that was made, and the translations that are not in it because their page was deleted."""

    name: str
    data: bytes
    missing: tuple[Translation, ...] = ()


def exchange_export(
    *,
    records: Iterable[Translation],
    form: Format,
    as_archive: bool = False,
    follow: Callable[[Translation], None] = lambda record: None,
) -> Export:
    """Write the translations, one as a file of its own and several as a zip. Rights are the caller's to check.

    ``follow`` is told each translation after it is written. Raise ExchangeError when there is none to write.
    """
    missing: list[Translation] = []
    written = _documents(records, missing, follow)
    first = list(islice(written, 1 if as_archive else 2))
    if not first:
        raise ExchangeError(_("There is nothing to export."))
    document = first[0]
    if len(first) == 1 and not as_archive:
        name = file_name(document=document, form=form)
        return Export(name.rpartition("/")[2], document_write(document=document, form=form), tuple(missing))
    about = {
        "format": form.value,
        "source_language": document.source_language,
        "target_language": document.target_language,
    }
    # One page after the other: a site's files unpacked do not stand in memory together.
    files = (
        (file_name(document=each, form=form), document_write(document=each, form=form))
        for each in chain(first, written)
    )
    data = archive_write(files=files, made_at=document.exported_at, about=about)
    name = f"diwan-{document.target_language}-{document.exported_at:%Y%m%d-%H%M}.zip"
    return Export(name, data, tuple(missing))


def _documents(
    records: Iterable[Translation], missing: list[Translation], follow: Callable[[Translation], None]
) -> Iterator[Document]:
    """The texts of each translation; those whose page was deleted are put among the ``missing``."""
    finders: dict[tuple[int, int], NoteFinder] = {}
    for record in records:
        pair = (record.source.locale_id, record.target_locale_id)
        if pair not in finders:
            finders[pair] = glossary_note_finder(record=record)
        found = document_get(record=record, note_finder=finders[pair])
        if found is None:
            missing.append(record)
        else:
            yield found
        follow(record)
