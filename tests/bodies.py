"""Bodies of pages as they are stored, written past the models where they are damaged."""

import json
import uuid
from typing import Any

from django.db import connection
from wagtail.models import Collection, CollectionViewRestriction, Page

BODY = """
  body {
    __typename
    ... on Block { id }
    ... on HeadingBlock { text level }
    ... on RichTextBlock { content { html plainText } }
    ... on PictureBlock { caption image { alt credit width height } }
    ... on QuoteBlock { text attribution role }
    ... on KeyFiguresBlock { title figures { value label note } }
    ... on TimelineBlock { title events { date precision title text { plainText } } }
    ... on DocumentBlock { label document { id title url size extension contentType } }
    ... on PageLinksBlock { title links { label path url page { title locale } } }
    ... on VideoBlock { url title caption embed { html title provider thumbnailUrl width height } }
    ... on CalloutBlock { tone title content { html } }
    ... on TableBlock { title caption rows { cells { text isHeader } } }
  }
"""


def block(kind: str, value: Any, block_id: str | None = None) -> dict[str, Any]:
    """A block as it is stored."""
    return {"type": kind, "value": value, "id": block_id or str(uuid.uuid4())}


def items(*values: Any) -> list[dict[str, Any]]:
    """The values of a ListBlock as they are stored."""
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def body_store(page: Page, body: Any, *, field: str = "body") -> None:
    """Write ``body`` (a string as it is, else as JSON) into the column, whatever the model would say of it."""
    raw = body if isinstance(body, str) else json.dumps(body)
    table = page.specific_class._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET "{field}" = %s WHERE page_ptr_id = %s', [raw, page.pk])  # noqa: S608


def private_collection(name: str = "Private") -> Collection:
    """A collection below a private one."""
    parent = Collection.get_first_root_node().add_child(name=name)
    CollectionViewRestriction.objects.create(collection=parent, restriction_type="login")
    return Collection.objects.get(pk=parent.pk).add_child(name=f"{name} below")
