"""Reads the registry of trusted documents."""

from collections.abc import Sequence
from datetime import datetime

from home.models import TrustedDocument

# SQLite takes at most so many parameters in a statement, and some to spare.
_BATCH = 500


def trusted_document_text(document_id: str) -> str | None:
    """The text registered under an id, in one statement; None for an id that nobody registered."""
    return TrustedDocument.objects.filter(document_id=document_id).values_list("text", flat=True).first()


def trusted_documents_registered(document_ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """Id, client and text of what is registered under these ids."""
    found: list[tuple[str, str, str]] = []
    for start in range(0, len(document_ids), _BATCH):
        rows = TrustedDocument.objects.filter(document_id__in=document_ids[start : start + _BATCH])
        found.extend(rows.values_list("document_id", "client", "text"))
    return found


def trusted_document_ids_of(client: str, *, shipped_before: datetime | None = None) -> set[str]:
    """The ids that a client registered; with ``shipped_before`` those that it has not shipped since."""
    rows = TrustedDocument.objects.filter(client=client)
    if shipped_before is not None:
        rows = rows.filter(shipped_at__lt=shipped_before)
    return set(rows.values_list("document_id", flat=True))
