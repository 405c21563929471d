"""The memory as TMX, in and out."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from translations.checks.pair import plain_text
from translations.exchange.errors import ExchangeError, shown
from translations.exchange.inline import ILLEGAL
from translations.exchange.tmx import TmxUnit, tmx_read, tmx_write
from translations.exchange.xml import XmlLimits
from translations.models import MemoryUnit
from translations.selectors.memory import unit_list
from translations.services.memory import MemoryText, Stored, memory_store

# What is longer is no text of a page.
_LONGEST = 100_000
_IN_MEMORY = 2 * 1024 * 1024


def memory_import(
    *,
    name: str,
    data: bytes,
    source_locale: Locale,
    target_locale: Locale,
    user_id: int | None,
    dry_run: bool = False,
) -> Stored:
    """Take a memory in, all of it or nothing; with ``dry_run`` nothing, and the same numbers.

    Raise ExchangeError for what is damaged, too large, or has no pair.
    """
    limits = XmlLimits(elements=settings.DIWAN_EXCHANGE_LIMITS["elements"], names_dtd=True)
    units = tmx_read(
        stream=BytesIO(data),
        source_language=source_locale.language_code,
        target_language=target_locale.language_code,
        limits=limits,
    )
    with transaction.atomic():
        counted = _Counted(units)
        stored = memory_store(
            texts=(
                MemoryText(
                    source_locale=source_locale.pk,
                    target_locale=target_locale.pk,
                    source=unit.source,
                    target=unit.target,
                    # Taken out and brought in again, a machine's text is still nobody's.
                    origin=MemoryUnit.Origin.MACHINE if unit.is_machine else MemoryUnit.Origin.IMPORT,
                    origin_name=unit.origin or name,
                    translator=user_id,
                    uses=min(unit.uses, 1_000_000),
                    used_at=unit.changed_at or unit.created_at,
                )
                for unit in counted
            )
        )
        if not counted.count:
            raise ExchangeError(
                _("The file has no text in both languages, %(source)s and %(target)s.")
                % {"source": source_locale.language_code, "target": target_locale.language_code}
            )
        if dry_run:
            transaction.set_rollback(True)
    return stored


class _Counted:
    """The units that can be stored, counted as they go by."""

    def __init__(self, units: Iterator[TmxUnit]) -> None:
        self.units, self.count = units, 0

    def __iter__(self) -> Iterator[TmxUnit]:
        for unit in self.units:
            for text in (unit.source, unit.target):
                if len(text) > _LONGEST:
                    raise ExchangeError(
                        _("A text is longer than %(limit)d characters.") % {"limit": _LONGEST}, segment=shown(text)
                    )
                if ILLEGAL.search(text) or ILLEGAL.search(plain_text(text)):
                    raise ExchangeError(_("A text holds control characters."), segment=shown(ILLEGAL.sub("�", text)))
            self.count += 1
            yield unit


def memory_export(*, source_locale: Locale, target_locale: Locale) -> IO[bytes]:
    """The memory between two languages as a TMX file, which goes to the disk when it grows."""
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    units = unit_list(source_locale=source_locale, target_locale=target_locale).order_by("pk")
    source, target = source_locale.language_code, target_locale.language_code
    tmx_write(
        stream=stream,  # type: ignore[arg-type] # binary as well
        units=(
            TmxUnit(
                source_language=source,
                target_language=target,
                source=unit.source_text,
                target=unit.target_text,
                origin=unit.origin_name,
                is_machine=unit.origin == MemoryUnit.Origin.MACHINE,
                uses=unit.uses,
                created_at=unit.created_at,
                changed_at=unit.used_at,
            )
            for unit in units.iterator(chunk_size=1_000)
        ),
        source_language=source,
    )
    stream.seek(0)
    return stream
