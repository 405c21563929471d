"""Pictures, documents and stored embeds, by the ids and addresses that pages hold.

A picture or document in a private collection, or in a collection below one, is not there for the public.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import CollectionViewRestriction

from home.models import CustomDocument, CustomImage

IMAGE_FIELDS = (
    "id",
    "file",
    "width",
    "height",
    "focal_point_x",
    "focal_point_y",
    "focal_point_width",
    "focal_point_height",
    "credit",
)
DOCUMENT_FIELDS = ("id", "title", "file", "file_size")
EMBED_FIELDS = ("html", "title", "provider_name", "thumbnail_url", "width", "height")


def _public(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of ``queryset`` whose collection is not private, nor one above it."""
    path_within = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    private = CollectionViewRestriction.objects.annotate(path_within=path_within).filter(
        path_within__startswith=F("collection__path")
    )
    return queryset.filter(~Exists(private))


def image_rows_public(*, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Public pictures by id: rows of ``IMAGE_FIELDS``; sizes in pixels. One statement."""
    rows = _public(CustomImage.objects.filter(pk__in=ids)).order_by().values(*IMAGE_FIELDS)
    return {row["id"]: row for row in rows}


def document_rows_public(*, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Public documents by id: rows of ``DOCUMENT_FIELDS``; ``file_size`` in bytes or None. One statement."""
    rows = _public(CustomDocument.objects.filter(pk__in=ids)).order_by().values(*DOCUMENT_FIELDS)
    return {row["id"]: row for row in rows}


def embed_rows_stored(*, urls: Collection[str]) -> dict[str, dict[str, Any]]:
    """What is stored of embeds, by the address that editors gave: rows of ``EMBED_FIELDS``. One statement, no fetch."""
    hashes = {get_embed_hash(url): url for url in urls}
    rows = Embed.objects.filter(hash__in=hashes).values("hash", *EMBED_FIELDS)
    return {hashes[row.pop("hash")]: row for row in rows}
