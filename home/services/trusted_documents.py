"""Writes the registry of trusted documents."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from home.models import TrustedDocument

_BATCH = 200


@transaction.atomic
def trusted_documents_register(
    *, client: str, texts: Mapping[str, str], shipped_at: datetime, remove: Collection[str] = ()
) -> None:
    """Register the texts under their ids as what ``client`` shipped at this time, and forget what it shipped under the
    ids in ``remove``; all of it or nothing. What other clients registered stays.
    """
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
    ids = sorted(remove)
    for start in range(0, len(ids), _BATCH):
        TrustedDocument.objects.filter(client=client, document_id__in=ids[start : start + _BATCH]).delete()
