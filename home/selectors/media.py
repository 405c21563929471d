"""Pictures, documents and stored embeds, by the ids and addresses that pages hold.

A picture or document in a private collection, or in a collection below one, is not there for the public.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, QuerySet
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import CollectionViewRestriction

from home.models import CustomDocument, CustomImage
from home.selectors.prepared import ID, TEXT, any_of, prepared

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


def _public_rows(model: type[Model], fields: Sequence[str], ids: Collection[int]) -> dict[int, dict[str, Any]]:
    statement = prepared(
        ("public_rows", model),
        lambda: _public(model._default_manager.filter(any_of("pk", "ids", ID))).order_by().values(*fields),
    )
    return {row["id"]: row for row in statement.rows({"ids": ids})}


def image_rows_public(*, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Public pictures by id: rows of ``IMAGE_FIELDS``; sizes in pixels. One statement."""
    return _public_rows(CustomImage, IMAGE_FIELDS, ids)


def document_rows_public(*, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Public documents by id: rows of ``DOCUMENT_FIELDS``; ``file_size`` in bytes or None. One statement."""
    return _public_rows(CustomDocument, DOCUMENT_FIELDS, ids)


def embed_rows_stored(*, urls: Collection[str]) -> dict[str, dict[str, Any]]:
    """What is stored of embeds, by the address that editors gave: rows of ``EMBED_FIELDS``. One statement, no fetch."""
    hashes = {get_embed_hash(url): url for url in urls}
    statement = prepared(
        "embed_rows_stored",
        lambda: Embed.objects.filter(any_of("hash", "hashes", TEXT)).values("hash", *EMBED_FIELDS),
    )
    return {hashes[row.pop("hash")]: row for row in statement.rows({"hashes": hashes})}
