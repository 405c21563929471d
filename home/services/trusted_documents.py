"""Writes the registry of trusted documents."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from home.models import TrustedDocument

_BATCH = 200


@transaction.atomic
def trusted_documents_register(*, client: str, texts: Mapping[str, str], shipped_at: datetime) -> None:
    """Register the texts under their ids as what ``client`` shipped at this time; all of them or none."""
    rows = [
        TrustedDocument(document_id=document_id, client=client, text=text, shipped_at=shipped_at)
        for document_id, text in texts.items()
    ]
    TrustedDocument.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["document_id", "client"],
        update_fields=["text", "shipped_at"],
    )


def trusted_documents_remove(*, client: str, document_ids: Iterable[str]) -> int:
    """Remove what ``client`` registered under these ids; what others registered stays. Returns how many went."""
    removed = 0
    ids = sorted(document_ids)
    with transaction.atomic():
        for start in range(0, len(ids), _BATCH):
            rows = TrustedDocument.objects.filter(client=client, document_id__in=ids[start : start + _BATCH])
            removed += rows.delete()[0]
    return removed
