"""The type ``Embed``."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo


class Embed(graphene.ObjectType):
    """What a video service says of a video, fetched when the page was published."""

    html = graphene.String(
        required=True,
        description="HTML of the service that shows the video, mostly an `iframe`; its own scripts included.",
    )
    title = graphene.String(required=True, description="Title given by the service; may be empty.")
    provider = graphene.String(required=True, description="Name of the service, for example `YouTube`; may be empty.")
    thumbnail_url = graphene.String(description="Address of a still picture at the service.")
    width = graphene.Int(description="Width in pixels that the service proposes.")
    height = graphene.Int(description="Height in pixels that the service proposes.")

    @staticmethod
    def resolve_provider(row: dict[str, Any], info: GraphQLResolveInfo) -> str:
        return str(row["provider_name"])

    @staticmethod
    def resolve_thumbnail_url(row: dict[str, Any], info: GraphQLResolveInfo) -> str | None:
        return row["thumbnail_url"] or None
