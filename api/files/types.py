"""The type ``Document``."""

import mimetypes
from pathlib import PurePosixPath
from typing import Any

import graphene
from django.http import HttpRequest
from django.urls import reverse
from graphql import GRAPHQL_MAX_INT, GraphQLResolveInfo


def document_url(row: dict[str, Any], request: HttpRequest) -> str:
    """The absolute address of a document's row; it asks again who may read the file."""
    path = reverse("wagtaildocs_serve", args=(row["id"], PurePosixPath(row["file"]).name))
    return f"{request.scheme}://{request.get_host()}{path}"


class Document(graphene.ObjectType):
    """A file to download."""

    id = graphene.ID(required=True, description="Identifies the document.")
    title = graphene.String(required=True, description="Title of the document.")
    url = graphene.String(required=True, description="Absolute address of the file.")
    size = graphene.Int(description="Size in bytes; null where it is not known.")
    extension = graphene.String(
        required=True, description="Extension of the file's name in lower case, for example `pdf`; may be empty."
    )
    content_type = graphene.String(required=True, description="Media type, for example `application/pdf`.")

    @staticmethod
    def resolve_url(row: dict[str, Any], info: GraphQLResolveInfo) -> str:
        return document_url(row, info.context.request)

    @staticmethod
    def resolve_size(row: dict[str, Any], info: GraphQLResolveInfo) -> int | None:
        size = row["file_size"]
        return size if size is not None and size <= GRAPHQL_MAX_INT else None

    @staticmethod
    def resolve_extension(row: dict[str, Any], info: GraphQLResolveInfo) -> str:
        return PurePosixPath(row["file"]).suffix[1:].lower()

    @staticmethod
    def resolve_content_type(row: dict[str, Any], info: GraphQLResolveInfo) -> str:
        return mimetypes.guess_type(row["file"])[0] or "application/octet-stream"
